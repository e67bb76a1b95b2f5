import { type FSWatcher, readdirSync, readFileSync, statSync, watch } from 'node:fs';
import path from 'node:path';
import type { Logger } from 'pino';
import { readPaste } from '../../../shared/paste.ts';
import type { ProviderId } from '../../../shared/provider.ts';
import { judge } from '../doctor/judge.ts';
import type { Hosts } from '../doctor/services.ts';

export interface TokenFolderOptions {
  /** Null: none is watched. */
  readonly folder: () => string | null;
  readonly hosts: () => Hosts;
  /** Those that take tokens, longest id first. */
  readonly providers: () => readonly ProviderId[];
  readonly sync: (provider: ProviderId, secrets: readonly string[], origin: string) => { added: number; gone: number };
  readonly log: Logger;
}

const wanted = /^tokens[\w.-]{0,100}\.(?:txt|json|har)$/i;
const maxFiles = 100;
const megabyte = 1024 * 1024;
const maxBytes = 50 * megabyte;
const maxTokens = 10_000;
/** A file is read when it has been left alone for so long: whoever writes it may need a moment. */
const calmMs = 500;
/** Not every file system tells of its changes. */
const pollMs = 30_000;

/**
 * Takes in the tokens of every `tokens*.txt`, `.json` or `.har` in a folder, and follows their changes. A file that cannot be
 * read, or is gone, changes nothing: a share that is off for a while must not empty a pool.
 */
export class TokenFolder {
  readonly #options: TokenFolderOptions;
  /** What each file was like when it was last read, and whose tokens it held. */
  readonly #known = new Map<string, { readonly mark: string; readonly providers: readonly ProviderId[] }>();
  #watcher: FSWatcher | null = null;
  #timer: NodeJS.Timeout | null = null;
  #told: string | null = null;

  constructor(options: TokenFolderOptions) {
    this.#options = options;
  }

  /** Begins, also anew after the setting has changed. Reads at once what is there. */
  start(): void {
    this.stop();
    const folder = this.#options.folder();
    if (folder === null) return;
    try {
      this.#watcher = watch(folder, { persistent: false }, () => this.#soon(calmMs));
      this.#watcher.on('error', () => this.#unwatch());
    } catch {
      // Not there yet, or a file system that cannot be watched: looking every now and then has to do.
    }
    this.scan();
    this.#soon(pollMs);
  }

  stop(): void {
    this.#unwatch();
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** Reads every file that is new or has changed and is calm. */
  scan(): void {
    const folder = this.#options.folder();
    if (folder === null) return;
    let names: string[];
    try {
      names = readdirSync(folder)
        .filter((name) => wanted.test(name))
        .toSorted();
      this.#told = null;
    } catch (error) {
      this.#tellOnce(error, 'the folder of tokens cannot be read');
      return;
    }
    if (names.length > maxFiles) this.#options.log.warn(`more than ${maxFiles} files of tokens; the rest is left out`);
    for (const name of names.slice(0, maxFiles)) this.#take(path.join(folder, name), name);
  }

  #take(file: string, name: string): void {
    try {
      const { size, mtimeMs, ino } = statSync(file);
      const mark = `${size} ${mtimeMs} ${ino}`;
      const known = this.#known.get(file);
      if (known?.mark === mark) return;
      const age = Date.now() - Math.floor(mtimeMs);
      // A file of the future is one of another clock.
      if (age >= 0 && age < calmMs) return this.#soon(calmMs);
      if (size > maxBytes) {
        this.#known.set(file, { mark, providers: known?.providers ?? [] });
        this.#options.log.warn(
          { file: name },
          `a file of tokens is larger than ${maxBytes / megabyte} MB and is left out`,
        );
        return;
      }
      const found = this.#read(readFileSync(file, 'utf8'), name);
      // An empty file is one that is being written, or a mistake.
      if (found.size === 0) return;
      for (const provider of new Set([...found.keys(), ...(known?.providers ?? [])])) {
        const result = this.#options.sync(provider, found.get(provider) ?? [], `file ${name}`);
        this.#options.log.info({ file: name, provider, ...result }, 'tokens read from a watched folder');
        // What one file no longer holds another may: they are read again.
        if (result.gone > 0) this.#forgetOthers(file);
      }
      this.#known.set(file, { mark, providers: [...found.keys()] });
    } catch (error) {
      this.#tellOnce(error, 'a file of tokens cannot be read');
    }
  }

  #forgetOthers(file: string): void {
    for (const [other, { providers }] of this.#known)
      if (other !== file) this.#known.set(other, { mark: '', providers });
    this.#soon(calmMs);
  }

  #read(text: string, name: string): Map<ProviderId, string[]> {
    const ids = this.#options.providers();
    // `tokens-longcat.txt`; without a name in it a file is Z.AI's, as AUTH_TOKENS_FILE is.
    const named = ids.find((id) => name.toLowerCase().includes(id));
    const provider = named ?? 'zai';
    const around = { provider, hosts: this.#options.hosts(), now: Date.now(), trusting: named !== undefined };
    const found = new Map<ProviderId, string[]>();
    for (const item of readPaste(text).items.slice(0, maxTokens)) {
      const { problem, provider: owner } = judge(item, around);
      const home = owner ?? provider;
      if (problem !== null || !ids.includes(home)) continue;
      const values = found.get(home);
      if (values) values.push(item.value);
      else found.set(home, [item.value]);
    }
    return found;
  }

  #tellOnce(error: unknown, message: string): void {
    const text = error instanceof Error ? error.message : String(error);
    if (this.#told !== text) this.#options.log.warn({ err: error }, message);
    this.#told = text;
  }

  #soon(ms: number): void {
    if (ms === pollMs && this.#timer) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.scan();
      this.#soon(pollMs);
    }, ms).unref();
  }

  #unwatch(): void {
    this.#watcher?.close();
    this.#watcher = null;
  }
}
