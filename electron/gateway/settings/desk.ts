import type { SettingsView } from '../../../shared/settings.ts';
import { Refusal } from '../control/dispatch.ts';
import { CertificateRefused, readCertificates } from '../network/extra-ca.ts';
import { defaults, isSettingPath, type SettingPath, settingSchemas, type SettingValue } from './schema.ts';
import type { Settings } from './settings.ts';

export interface DeskOptions {
  readonly settings: Settings;
  /** Throws when these two would let other computers in without a key, or with a weak one. */
  readonly checkReach: (host: string, keyRequired: boolean) => void;
  /** Listens elsewhere; the old address is given up only when the new one is had. Throws StartError with all as it was. */
  readonly move: (to: { readonly host: string; readonly port: number }) => Promise<void>;
  /** From now on requests to providers go out as the settings say. */
  readonly renewNetwork: () => void;
  readonly changed: (change: { path: string; by: string | null }) => void;
}

/** Not here: what has calls of its own, or holds keys. */
const elsewhere = /^(providers|radar)\./;
const paths = Object.keys(settingSchemas)
  .filter(isSettingPath)
  .filter((path) => !elsewhere.test(path));
const outgoing: ReadonlySet<SettingPath> = new Set([
  'network.proxy',
  'network.connectSeconds',
  'network.ipVersion',
  'network.caFile',
]);

/** The settings as the window changes them: one at a time, checked, applied to what runs, and only then saved. */
export class SettingsDesk {
  readonly #options: DeskOptions;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  view(): SettingsView {
    const { settings } = this.#options;
    return {
      values: Object.fromEntries(paths.map((path) => [path, masked(path, settings.get(path))])),
      defaults: Object.fromEntries(paths.map((path) => [path, defaults[path]])),
      locked: settings.locked(),
    };
  }

  set(path: string, value: unknown, by: string | null): Promise<SettingsView> {
    return this.#inTurn(async () => {
      const { settings } = this.#options;
      if (!isSettingPath(path) || elsewhere.test(path))
        throw new Refusal('There is no such setting.', 'setting_unknown');
      settings.checkFree(path);
      const schema: (typeof settingSchemas)[SettingPath] = settingSchemas[path];
      const parsed = schema.safeParse(unmasked(path, value, settings.get(path)));
      if (!parsed.success)
        throw new Refusal(parsed.error.issues[0]?.message ?? 'This value is not allowed.', 'setting_invalid');
      if (path === 'network.caFile' && typeof parsed.data === 'string') checkCertificates(parsed.data);
      await this.#apply(path, parsed.data);
      this.#options.changed({ path, by });
      return this.view();
    });
  }

  reset(path: string, by: string | null): Promise<SettingsView> {
    return this.set(path, isSettingPath(path) ? defaults[path] : null, by);
  }

  /** As at the first start: not where and for whom the gateway listens, or who asks would be cut off, and not the providers. */
  resetAll(): void {
    const { settings, renewNetwork } = this.#options;
    const wanted = paths.filter((path) => !path.startsWith('server.'));
    settings.setAll(new Map(wanted.map((path) => [path, defaults[path]])));
    renewNetwork();
  }

  /** Saves what has been checked. What cannot be saved is taken back. */
  async #apply(path: SettingPath, value: SettingValue<SettingPath>): Promise<void> {
    const { settings, move, checkReach, renewNetwork } = this.#options;
    const at = { host: settings.get('server.host'), port: settings.get('server.port') };
    const next = new Map<SettingPath, unknown>([[path, value]]);
    const wanted = <P extends SettingPath>(name: P): SettingValue<P> =>
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of the same path, and parsed by its schema
      (next.has(name) ? next.get(name) : settings.get(name)) as SettingValue<P>;
    checkReach(wanted('server.host'), wanted('server.keyRequired'));
    const to = { host: wanted('server.host'), port: wanted('server.port') };
    const moves = to.host !== at.host || to.port !== at.port;
    if (moves) await move(to);
    try {
      settings.setAll(next);
    } catch (error) {
      if (moves) await move(at);
      throw error;
    }
    if (outgoing.has(path)) renewNetwork();
  }

  /** One after the other: a change is checked against what the one before it has left. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }
}

/** Before the setting is saved, so that a typing error is not found by the next request. */
function checkCertificates(file: string): void {
  try {
    readCertificates(file);
  } catch (error) {
    if (!(error instanceof CertificateRefused)) throw error;
    throw new Refusal(error.message, error.problem);
  }
}

const hidden = '••••';

/** An address with the password hidden. */
export function masked<T>(path: SettingPath, value: T): T | string {
  if (path !== 'network.proxy' || typeof value !== 'string' || !URL.canParse(value)) return value;
  const { password } = new URL(value);
  return password === '' ? value : value.replace(`:${password}@`, `:${hidden}@`);
}

/** A hidden password that comes back stands for the saved one. */
function unmasked(path: SettingPath, value: unknown, saved: unknown): unknown {
  if (path !== 'network.proxy' || typeof value !== 'string' || typeof saved !== 'string') return value;
  return value.includes(`:${hidden}@`) && URL.canParse(saved) ? value.replace(hidden, new URL(saved).password) : value;
}
