import { existsSync } from 'node:fs';
import os from 'node:os';
import type {
  ClientActivity,
  ClientChoice,
  ClientPreview,
  ClientSheet,
  ClientsOverview,
  ClientStatus,
  HostForm,
  UndoResult,
} from '../../../shared/clients.ts';
import { clients, commandShells, hostForms } from '../../../shared/clients.ts';
import { Refusal } from '../control/dispatch.ts';
import { Activity } from './activity.ts';
import { AppliedRecords, type Memory } from './applied.ts';
import { apply, plan, type Planned, stateOf, undo } from './apply.ts';
import { catalog, clientOf } from './catalog/catalog.ts';
import type { Client, SettingsFile } from './catalog/client.ts';
import { readClientFile, versionOf } from './client-file.ts';
import { commandLine } from './command.ts';
import { parse, Unparsable } from './edit/change.ts';
import { read } from './edit/path.ts';
import { dockerHost, type Fill, openAiUrl, rootFor, smallFor } from './fill.ts';
import type { FreshKeys } from './fresh-keys.ts';
import { firstThere, isInstalled, type Places, placesOf } from './places.ts';
import { maskKey, showDiff } from './show-diff.ts';
import { mend, type Stray, strays } from './stray.ts';

export interface ClientsOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly kind: 'desktop' | 'headless';
  readonly dataDir: string;
  readonly memory: Memory;
  /** Without /v1. */
  readonly baseUrl: () => string;
  readonly port: () => number;
  /** Whether only this computer can reach the gateway. */
  readonly isHere: () => boolean;
  readonly allowedHosts: () => readonly string[];
  readonly lan: () => string | null;
  readonly keyRequired: () => boolean;
  readonly fresh: Pick<FreshKeys, 'valueOf' | 'isKey' | 'list' | 'make'>;
  /** Names that are answered, the ready ones first. */
  readonly models: () => readonly string[];
  readonly canShowFiles: boolean;
  readonly clock: () => number;
  readonly changed: (activity: ClientActivity) => void;
}

/** For a client that insists on a key where none is needed. */
const noKey = 'none-needed';

/** Which part of a client's page is asked for, with the key in it. */
export type Part = 'openai' | 'root' | 'key' | 'model' | 'command' | 'snippet' | 'link';

/** The programs that can be pointed at Traygate: what is there, what to put where, and who has called. */
export class Clients {
  readonly activity: Activity;
  readonly fresh: ClientsOptions['fresh'];
  readonly #options: ClientsOptions;
  readonly #records: AppliedRecords;
  readonly #places: Places;

  constructor(options: ClientsOptions) {
    this.#options = options;
    this.fresh = options.fresh;
    this.#records = new AppliedRecords(options.memory, options.dataDir);
    this.#places = placesOf(options.environment);
    this.activity = new Activity(options);
  }

  async overview(): Promise<ClientsOverview> {
    const files = this.#files();
    return {
      clients: catalog.map((client) => this.#status(client)),
      strays: (await this.#strays()).map(({ client, file, place, address, why }) => ({
        client,
        file,
        place,
        address,
        why,
      })),
      files,
      canShowFiles: this.#options.canShowFiles && files.allowed,
      hosts: hostForms.map((form) => ({ form, root: this.#root(form), problem: this.#problem(form) })),
      models: [...this.#options.models()],
    };
  }

  /** What a page shows: everything filled in but the key. */
  sheet(choice: ClientChoice): ClientSheet {
    const client = this.#client(choice.client);
    const key = this.#options.keyRequired() ? maskKey(this.#options.fresh.valueOf(choice.key)) : null;
    const fill = this.#fill(choice, key ?? noKey);
    return {
      root: fill.root,
      openAi: openAiUrl(fill),
      key,
      model: fill.model,
      commands: client.launch
        ? {
            sh: commandLine('sh', client.launch(fill)),
            fish: commandLine('fish', client.launch(fill)),
            powershell: commandLine('powershell', client.launch(fill)),
            cmd: commandLine('cmd', client.launch(fill)),
          }
        : null,
      links: (client.links ?? []).map(({ id, title }) => ({ id, title })),
      snippets: (client.snippets ?? []).map(({ id, title, text }) => ({ id, title, text: text(fill) })),
      canTest: clients[client.id].speaks !== 'none',
    };
  }

  /** A part with its key, to be copied or opened. Throws Refusal. */
  part(choice: ClientChoice, part: Part, id: string | null): string {
    const client = this.#client(choice.client);
    const fill = this.#filled(choice);
    const shell = commandShells.find((one) => one === id);
    const launch = client.launch?.(fill);
    const found = {
      openai: () => openAiUrl(fill),
      root: () => fill.root,
      key: () => fill.key,
      model: () => fill.model,
      command: () => (shell && launch ? commandLine(shell, launch) : undefined),
      snippet: () => client.snippets?.find((one) => one.id === id)?.text(fill),
      link: () => client.links?.find((one) => one.id === id)?.url(fill),
    }[part]();
    if (found === undefined) throw new Refusal('There is nothing of this name.', 'gone');
    return found;
  }

  /** What would be changed in a client's file. Nothing is written. Throws Refusal. */
  async preview(choice: ClientChoice, fix: string | null): Promise<ClientPreview> {
    const { at, planned } = await this.#plan(choice, fix);
    if (planned.edits.length === 0) throw new Refusal('The file says so already.', 'client_nothing_to_do');
    return {
      file: at,
      exists: planned.file.exists,
      lines: showDiff(planned.file.text, planned.after, planned.secrets),
      keys: planned.edits.map(({ path }) => path.map((step) => (typeof step === 'string' ? step : step.is)).join('.')),
      version: versionOf(planned.file.text),
    };
  }

  /** Changes a client's file as it was previewed. Throws Refusal. */
  async apply(choice: ClientChoice, fix: string | null, version: string): Promise<void> {
    const { at, client, file, planned } = await this.#plan(choice, fix);
    if (versionOf(planned.file.text) !== version)
      throw new Refusal('The file has changed since it was looked at.', 'client_file_busy');
    if (planned.edits.length === 0) throw new Refusal('The file says so already.', 'client_nothing_to_do');
    const ours = fix === null && this.#pointsHere(file, planned);
    apply(client.id, at, file, planned, { records: this.#records, now: this.#options.clock(), ours });
  }

  undo(id: Client['id']): UndoResult {
    this.#checkFiles();
    return undo(this.#client(id), this.#records);
  }

  /** A client's settings file, for the shell to show. Throws Refusal. */
  fileOf(id: Client['id']): string {
    this.#checkFiles();
    const { file } = this.#client(id);
    const at = file && this.#at(this.#client(id), file);
    if (at === undefined || !existsSync(at)) throw new Refusal('There is no such file.', 'client_file_no_file');
    return at;
  }

  /** What a test in the name of a client sends. */
  request({ client, model }: ClientChoice) {
    const { agent } = this.#client(client);
    const messages = [{ role: 'user', content: 'Say hello.' }];
    const { speaks } = clients[client];
    const responses = client === 'codex';
    return {
      agent,
      dialect: speaks === 'anthropic' ? 'anthropic-messages' : responses ? 'openai-responses' : 'openai-chat',
      body: {
        model,
        ...(responses ? { input: messages } : { messages }),
        ...(speaks === 'anthropic' && { max_tokens: 256 }),
      },
    } as const;
  }

  async #plan(choice: ClientChoice, fix: string | null) {
    this.#checkFiles();
    const client = this.#client(choice.client);
    const { file } = client;
    if (!file) throw new Refusal('This client has no file that can be changed.', 'client_file_no_file');
    const at = this.#at(client, file);
    const fill = this.#filled(choice);
    if (fix === null) return { at, client, file, planned: plan(at, file, file.edits(fill)) };
    const stray = (await this.#straysOf(client)).find(({ place }) => place === fix);
    if (!stray) throw new Refusal('This address is no longer astray.', 'gone');
    const document = parse(file.format, readClientFile(at).text);
    return { at, client, file, planned: plan(at, file, mend(document, stray.pointer, fill.root, fill.key)) };
  }

  #client(id: Client['id']): Client {
    const client = clientOf(id);
    if (!client) throw new Refusal('There is no such client.', 'gone');
    return client;
  }

  #fill({ host, model }: ClientChoice, key: string): Fill {
    return { root: this.#root(host), key, model, small: smallFor(model, this.#options.models()) };
  }

  #filled(choice: ClientChoice): Fill {
    return this.#fill(choice, this.#options.keyRequired() ? this.#options.fresh.valueOf(choice.key) : noKey);
  }

  #root(form: HostForm): string {
    return rootFor(this.#options.baseUrl(), form, this.#options.lan());
  }

  #problem(form: HostForm): ClientsOverview['hosts'][number]['problem'] {
    const { isHere, allowedHosts, lan } = this.#options;
    if (form === 'lan') return isHere() || lan() === null ? 'loopback-only' : null;
    if (form === 'docker') return allowedHosts().includes(dockerHost) ? null : 'not-allowed';
    return null;
  }

  /** The file that was changed stays the one, should another appear. */
  #at({ id }: Client, file: SettingsFile): string {
    const applied = this.#records.get(id);
    const places = file.at(this.#places);
    return applied && places.includes(applied.file) && existsSync(applied.file) ? applied.file : firstThere(places);
  }

  #status(client: Client): ClientStatus {
    const { id, programs = [], signs, file } = client;
    const at = file ? this.#at(client, file) : null;
    const exists = at !== null && existsSync(at);
    const found =
      exists ||
      isInstalled(programs, this.#places) ||
      (signs?.(this.#places) ?? []).some((folder) => existsSync(folder));
    const applied = this.#records.get(id);
    const document = file && at !== null ? this.#read(file, at) : undefined;
    const problem = document === 'unparsable' || document === 'unreadable' ? document : null;
    return {
      id,
      found,
      file: at,
      exists,
      problem,
      applied: file && applied ? (problem === null && exists ? stateOf(file, applied, document) : 'gone') : 'none',
      appliedAt: applied?.at ?? null,
      backup: applied?.backup == null ? null : this.#records.fileOf(applied.backup),
    };
  }

  #read(file: SettingsFile, at: string): unknown {
    try {
      return parse(file.format, readClientFile(at).text);
    } catch (error) {
      return error instanceof Unparsable || (error instanceof Refusal && error.reason === 'client_file_unparsable')
        ? 'unparsable'
        : 'unreadable';
    }
  }

  async #strays(): Promise<Stray[]> {
    if (!this.#files().allowed) return [];
    return (await Promise.all(catalog.map((client) => this.#straysOf(client)))).flat();
  }

  async #straysOf(client: Client): Promise<Stray[]> {
    const { port, fresh, keyRequired } = this.#options;
    if (!client.file) return [];
    const at = this.#at(client, client.file);
    const document = existsSync(at) ? this.#read(client.file, at) : undefined;
    return strays(client, at, document, {
      port: port(),
      isKey: (value) => fresh.isKey(value),
      keyRequired: keyRequired(),
    });
  }

  /** Whether a file pointed at this gateway before it was touched: what it said then is no state to go back to. */
  #pointsHere(file: SettingsFile, { document }: Planned): boolean {
    return file.pointers(document).some(({ url }) => {
      const text = read(document, url);
      const address = typeof text === 'string' ? URL.parse(text) : null;
      return (
        address !== null &&
        ['127.0.0.1', 'localhost', '[::1]'].includes(address.hostname) &&
        Number(address.port || 80) === this.#options.port()
      );
    });
  }

  /** Whose files these are, and whether they may be changed from here (docs/decisions.md). */
  #files(): ClientsOverview['files'] {
    const { kind, isHere } = this.#options;
    const why = kind === 'desktop' || isHere() ? null : 'reachable';
    return { allowed: why === null, why, user: os.userInfo().username, home: this.#places.home };
  }

  #checkFiles(): void {
    if (!this.#files().allowed)
      throw new Refusal('Files of clients cannot be changed from this window.', 'client_file_remote');
  }
}
