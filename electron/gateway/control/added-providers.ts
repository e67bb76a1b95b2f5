import { splitPasted } from '../../../shared/paste.ts';
import { AddedProvider, type ProviderId } from '../../../shared/provider.ts';
import type { Source } from '../exchange/answer.ts';
import type { Provider, Verification } from '../providers/provider.ts';
import type { Settings } from '../settings/settings.ts';
import type { Sources } from '../sources.ts';
import { Refusal } from './dispatch.ts';
import type { TokenKeeper } from './tokens.ts';

export interface AddedProvidersOptions {
  readonly settings: Settings;
  readonly sources: Sources;
  readonly tokens: TokenKeeper;
  readonly make: (added: AddedProvider) => Provider;
  /** Throws ChatError when the address is no place to send a key to. */
  readonly checkAddress: (baseUrl: string) => Promise<void>;
  readonly refreshModels: (source: Source) => void;
  readonly signal: AbortSignal;
}

const verifyTimeoutMs = 30_000;

type Wanted = Omit<AddedProvider, 'id'>;

/** Adds, changes, removes and restores services by their address: what the window's "Add provider" can do. */
export class AddedProviders {
  readonly #options: AddedProvidersOptions;
  /** What was removed since the start, with the ids of its tokens. */
  readonly #removed = new Map<ProviderId, { readonly added: AddedProvider; readonly tokens: readonly string[] }>();

  constructor(options: AddedProvidersOptions) {
    this.#options = options;
  }

  list(): readonly AddedProvider[] {
    return this.#options.settings.get('providers.added');
  }

  /** Saves a service and its first keys. Throws ChatError for an address that is not allowed. */
  async add(wanted: Wanted, keys: string | null): Promise<AddedProvider> {
    await this.#options.checkAddress(wanted.baseUrl);
    const added = AddedProvider.parse({ ...wanted, id: this.#newId(wanted.name) });
    this.#save([...this.list(), added]);
    const source = this.#options.sources.get(added.id);
    if (keys !== null && !added.keyless) {
      await this.#options.tokens.add(added.id, keys, { check: false, trusting: true });
      if (source) this.#options.refreshModels(source);
    }
    return added;
  }

  async change(changed: AddedProvider): Promise<void> {
    await this.#options.checkAddress(changed.baseUrl);
    this.#find(changed.id);
    this.#save(this.list().map((added) => (added.id === changed.id ? changed : added)));
  }

  /** Its tokens go with it. Until the gateway stops both can be restored. */
  remove(id: ProviderId): void {
    const added = this.#find(id);
    // Its tokens go first: they are found through their provider.
    this.#options.settings.checkFree('providers.added');
    const tokens = this.#options.tokens.list(id).map((token) => token.id);
    if (tokens.length > 0) this.#options.tokens.remove(tokens);
    this.#removed.set(id, { added, tokens });
    this.#save(this.list().filter((other) => other.id !== id));
  }

  restore(id: ProviderId): void {
    const removed = this.#removed.get(id);
    if (!removed || this.list().some((added) => added.id === id))
      throw new Refusal('There is nothing to restore.', 'nothing_to_restore');
    this.#save([...this.list(), removed.added]);
    if (removed.tokens.length > 0) this.#options.tokens.restore(removed.tokens);
    this.#removed.delete(id);
  }

  /** One tiny real call, before anything is saved: with the first of the keys, else with one saved for `savedAs`. */
  async verify(
    wanted: Wanted,
    keys: string | null,
    savedAs: ProviderId | null,
  ): Promise<Verification & { readonly models: number }> {
    await this.#options.checkAddress(wanted.baseUrl);
    const provider = this.#options.make({ ...wanted, id: 'not-saved' });
    const signal = AbortSignal.any([this.#options.signal, AbortSignal.timeout(verifyTimeoutMs)]);
    const pool = savedAs === null ? null : this.#options.sources.get(savedAs)?.pool;
    const saved = pool?.anySecret ?? pool?.tokens().find(({ secret }) => secret !== null)?.secret;
    const key = splitPasted(keys ?? '')[0]?.value ?? saved ?? '';
    const verification = (await provider.verify?.(key, signal)) ?? { outcome: 'user' };
    return { ...verification, models: provider.models().length };
  }

  #find(id: ProviderId): AddedProvider {
    const added = this.list().find((other) => other.id === id);
    if (!added) throw new Refusal('This provider is no longer there.', 'gone');
    return added;
  }

  #save(all: readonly AddedProvider[]): void {
    this.#options.settings.set('providers.added', [...all]);
    const fresh = this.#options.sources.sync();
    this.#options.tokens.load(fresh.map(({ provider }) => provider.id));
    for (const source of fresh) this.#options.refreshModels(source);
  }

  #newId(name: string): ProviderId {
    const taken = new Set([
      ...this.#options.sources.list().map(({ provider }) => provider.id),
      ...this.#removed.keys(),
    ]);
    const base =
      name
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, '-')
        .replaceAll(/^-+|-+$/g, '')
        .slice(0, 32) || 'provider';
    for (let number = 1; ; number++) {
      const id = number === 1 ? base : `${base}-${number}`;
      if (!taken.has(id)) return id;
    }
  }
}
