import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ImportPreview } from '../../../shared/backup.ts';
import { AddedProvider, type ProviderId } from '../../../shared/provider.ts';
import { Refusal } from '../control/dispatch.ts';
import { fresh } from '../pool/health.ts';
import { hashOf, type StoredToken, type TokenStore } from '../pool/token-store.ts';
import { readSaved } from '../settings/saved-values.ts';
import { isSettingPath, type SettingPath, settingSchemas } from '../settings/schema.ts';
import type { Settings } from '../settings/settings.ts';
import { lockText, parseJson, unlockText } from './locked-file.ts';
import { settingsFile } from './recover-settings.ts';

export interface TransferOptions {
  readonly dataDir: string;
  readonly version: string;
  readonly settings: Settings;
  readonly store: TokenStore;
  /** Providers that take tokens, as of now. */
  readonly keepers: () => readonly ProviderId[];
  /** Throws when the address is no place to send a key to. */
  readonly checkAddress: (baseUrl: string) => Promise<void>;
  /** Makes a backup of what is about to change. */
  readonly safety: () => void;
  /** The tokens and settings that are saved are others now. */
  readonly replaced: () => void;
}

const Content = z.object({
  tokens: z
    .array(
      z.object({
        provider: z.string().max(100),
        alias: z.string().trim().min(1).max(40),
        secret: z.string().regex(/^[\x21-\x7e]{1,20000}$/),
        role: z.enum(['user', 'guest', 'unknown']),
        account: z.string().max(200).nullable(),
        userId: z.string().max(200).nullable(),
        enabled: z.boolean(),
        weight: z.number().int().min(1).max(100),
        priority: z.number().int().min(1).max(9),
        createdAt: z.number().int(),
      }),
    )
    .max(20_000),
  settings: z.array(z.tuple([z.string().max(100), z.unknown()])).max(1_000),
});
type Content = z.infer<typeof Content>;

/** What belongs to one computer, and addresses of the product's own providers: a file must not send tokens elsewhere. */
const staysHere = /^(server|network)\.|^providers\.[\w-]+\.(baseUrl|completionUrl|base)$/;

interface Plan {
  readonly preview: ImportPreview;
  readonly tokens: readonly StoredToken[];
  readonly providers: readonly AddedProvider[];
  readonly settings: ReadonlyMap<SettingPath, unknown>;
}

/** Tokens and settings as one encrypted file, and such a file back in. */
export class Transfer {
  readonly #options: TransferOptions;

  constructor(options: TransferOptions) {
    this.#options = options;
  }

  async export(passphrase: string): Promise<{ name: string; text: string; tokens: number; leftOut: number }> {
    const { store, version } = this.#options;
    const saved = store.load();
    const tokens = saved.flatMap(({ secret, ...token }) => (secret === null ? [] : [{ ...token, secret }]));
    const settings = [...this.#saved()].filter(([path]) => !staysHere.test(path));
    const content = Content.parse({ tokens, settings });
    const madeAt = Date.now();
    const text = await lockText(JSON.stringify(content), passphrase, { madeAt, by: version });
    const day = new Date(madeAt).toISOString().slice(0, 10);
    return { name: `traygate-${day}.json`, text, tokens: tokens.length, leftOut: saved.length - tokens.length };
  }

  async preview(text: string, passphrase: string): Promise<ImportPreview> {
    return (await this.#plan(text, passphrase)).preview;
  }

  /** All or nothing. */
  async import(text: string, passphrase: string, withSettings: boolean): Promise<ImportPreview> {
    const { settings, store, checkAddress } = this.#options;
    const plan = await this.#plan(text, passphrase);
    const values = new Map(withSettings ? plan.settings : []);
    if (plan.providers.length > 0) {
      settings.checkFree('providers.added');
      for (const { baseUrl } of plan.providers) await checkAddress(baseUrl);
      values.set('providers.added', [...settings.get('providers.added'), ...plan.providers]);
    }
    this.#options.safety();
    store.insert(plan.tokens);
    try {
      settings.setAll(values);
    } catch (error) {
      for (const { id } of plan.tokens) store.remove(id);
      throw error;
    }
    this.#options.replaced();
    return plan.preview;
  }

  #saved(): ReadonlyMap<SettingPath, unknown> {
    const file = settingsFile(this.#options.dataDir);
    try {
      return readSaved(readFileSync(file, 'utf8'), file).values;
    } catch {
      return new Map();
    }
  }

  async #plan(file: string, passphrase: string): Promise<Plan> {
    const { text, made } = await unlockText(file, passphrase);
    const content = readContent(text);
    const { settings, store } = this.#options;
    const allowed = allowedSettings(content);
    const theirs = z.array(AddedProvider).catch([]).parse(allowed.get('providers.added'));
    allowed.delete('providers.added');
    const mine = new Map(settings.get('providers.added').map((added) => [added.id, added]));
    const taken = new Set<string>([...this.#options.keepers(), ...mine.keys()]);
    const providers = theirs.filter(({ id }) => !taken.has(id));
    // The same name at another address: its keys are not for the one that is here.
    const others = new Set(
      theirs.filter(({ id, baseUrl }) => taken.has(id) && mine.get(id)?.baseUrl !== baseUrl).map(({ id }) => id),
    );
    const keepers = new Map<string, ProviderId>(
      [...this.#options.keepers(), ...providers.map(({ id }) => id)]
        .filter((id) => !others.has(id))
        .map((id) => [id, id]),
    );
    const known = new Set(store.load().map(({ provider, hash }) => `${provider} ${hash}`));
    const counts = { added: 0, known: 0, strange: 0 };
    const tokens: StoredToken[] = [];
    for (const token of content.tokens) {
      const provider = keepers.get(token.provider);
      const hash = hashOf(token.secret);
      if (provider === undefined) counts.strange++;
      else if (known.has(`${provider} ${hash}`)) counts.known++;
      else {
        known.add(`${provider} ${hash}`);
        counts.added++;
        const counters = { health: fresh, ok: 0, failed: 0, lastUsedAt: null, origin: null };
        tokens.push({ ...token, ...counters, id: randomUUID(), provider, hash });
      }
    }
    const preview: ImportPreview = {
      madeAt: made.madeAt,
      version: made.by,
      tokens: counts,
      providers: providers.map(({ name }) => name),
      settings: settings.differing(allowed),
    };
    return { preview, tokens, providers, settings: allowed };
  }
}

function readContent(text: string): Content {
  const content = Content.safeParse(parseJson(text));
  if (!content.success) throw new Refusal('This file holds what Traygate does not know.', 'export_damaged');
  return content.data;
}

/** Those this version knows, with values that are allowed. */
function allowedSettings({ settings }: Content): Map<SettingPath, unknown> {
  const allowed = new Map<SettingPath, unknown>();
  for (const [path, value] of settings) {
    if (!isSettingPath(path) || staysHere.test(path)) continue;
    const checked = settingSchemas[path].safeParse(value);
    if (checked.success) allowed.set(path, checked.data);
  }
  return allowed;
}
