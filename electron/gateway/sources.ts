import { type AddedProvider, builtIns, isBuiltIn, type ProviderId } from '../../shared/provider.ts';
import type { Source } from './exchange/answer.ts';
import { endOf } from './doctor/claims.ts';
import { Gate } from './pool/gate.ts';
import { GuestPool } from './pool/guests.ts';
import { Pool } from './pool/pool.ts';
import type { StoredToken, TokenStore } from './pool/token-store.ts';
import type { Provider } from './providers/provider.ts';
import type { Replicas } from './replicas/replicas.ts';
import { guestPath, isEnabled } from './settings/providers.ts';
import type { Settings } from './settings/settings.ts';
import type { SteadyClock } from './steady-clock.ts';

export interface SourcesOptions {
  readonly settings: Settings;
  readonly store: TokenStore;
  readonly clock: Pick<SteadyClock, 'now' | 'ahead'>;
  /** Makes the provider for one that the user has added. */
  readonly make: (added: AddedProvider) => Provider;
  readonly changed: (provider: ProviderId) => void;
  /** Other gateways with the same tokens; null: there are none. */
  readonly replicas?: Replicas | null;
  /** Health and counters could not be saved; they are tried again with the next change. */
  readonly unsaved: (error: unknown) => void;
}

const saveDelayMs = 500;
const tendMs = 15_000;

/**
 * The providers with their pools: those of the product for its whole life, and those of the settings, which come, change
 * and go while it runs. Health and counters are saved half a second after they change.
 */
export class Sources {
  readonly #options: SourcesOptions;
  readonly #dirty = new Set<StoredToken>();
  readonly #guests: GuestPool[] = [];
  readonly #builtIn: readonly Source[];
  #added: readonly { readonly from: AddedProvider; readonly source: Source }[] = [];
  #timer: NodeJS.Timeout | null = null;
  #tending: NodeJS.Timeout | null = null;

  constructor(builtIn: readonly Provider[], options: SourcesOptions) {
    this.#options = options;
    this.#builtIn = builtIn.map((provider) => this.#source(provider));
    this.sync();
  }

  /** In the order that decides when two offer the same model: the user's, then the product's, `local` last. */
  list(): readonly Source[] {
    const wanted = this.#options.settings.get('providers.order');
    const all = [...this.#builtIn, ...this.#added.map(({ source }) => source)];
    const place = ({ provider }: Source) => {
      const at = wanted.indexOf(provider.id);
      return at === -1 ? wanted.length + (provider.id === 'local' ? 1 : 0) : at;
    };
    return all.toSorted((a, b) => place(a) - place(b));
  }

  get(id: ProviderId): Source | undefined {
    return this.list().find(({ provider }) => provider.id === id);
  }

  /** Those that need tokens, with what the keeping of tokens wants to know. */
  keeping(): ReadonlyMap<ProviderId, { readonly provider: Provider; readonly pool: Pool; readonly letter: string }> {
    return new Map(
      this.list().flatMap(({ provider, pool }) =>
        pool ? [[provider.id, { provider, pool, letter: letterOf(provider) }] as const] : [],
      ),
    );
  }

  isEnabled(id: ProviderId): boolean {
    return isEnabled(this.#options.settings, id);
  }

  /** Follows the settings. Returns what is new or has another address. A provider that has changed keeps its pool. */
  sync(): readonly Source[] {
    const fresh: Source[] = [];
    const before = new Map(this.#added.map((entry) => [entry.from.id, entry]));
    this.#added = this.#options.settings.get('providers.added').map((from) => {
      const known = before.get(from.id);
      if (known && sameService(known.from, from)) return { from, source: known.source };
      const provider = this.#options.make(from);
      const source = { ...this.#source(provider), ...(known && { pool: known.source.pool }) };
      fresh.push(source);
      return { from, source };
    });
    return fresh;
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const told = new Set([...this.#dirty].map(({ provider }) => provider));
    try {
      for (const token of this.#dirty) {
        if (token.origin === null) this.#options.store.update(token);
        this.#dirty.delete(token);
      }
    } catch (error) {
      this.#options.unsaved(error);
    }
    for (const provider of told) this.#options.changed(provider);
  }

  /** Makes guest sessions ahead of the first request, and looks after them from now on. Does not wait for any. */
  warm(): void {
    const tend = () => {
      for (const { provider, pool } of this.list()) if (this.isEnabled(provider.id)) pool?.tend();
    };
    tend();
    this.#tending ??= setInterval(tend, tendMs).unref();
  }

  async close(): Promise<void> {
    this.flush();
    if (this.#tending) clearInterval(this.#tending);
    await Promise.all([...this.#guests.map((guests) => guests.close()), this.#options.replicas?.close()]);
  }

  #source(provider: Provider): Source {
    const pool = this.#poolFor(provider);
    // Nothing stands between this gateway and its own models.
    if (provider.id === 'local') return { provider, pool };
    return {
      provider,
      pool,
      gate: new Gate({
        name: provider.name,
        clock: this.#options.clock.now,
        random: Math.random,
        budget: () => this.#options.settings.get('retry.budgetPercent') / 100,
      }),
    };
  }

  #poolFor(provider: Provider): Pool | null {
    if (!provider.needsCredential) return null;
    const { settings } = this.#options;
    const guests = this.#guestsFor(provider);
    return new Pool({
      provider: provider.id,
      name: provider.name,
      clock: this.#options.clock.now,
      ahead: this.#options.clock.ahead,
      random: Math.random,
      sharing: () => ({
        strategy: settings.get('pool.strategy'),
        sticky: settings.get('pool.sticky'),
        concurrency: settings.get('pool.concurrency'),
        queueLength: settings.get('pool.queueLength'),
        queueMs: settings.get('pool.queueSeconds') * 1_000,
      }),
      policy: () => ({
        failureThreshold: settings.get('pool.failureThreshold'),
        recoveryMs: settings.get('pool.recoverySeconds') * 1_000,
        rate: {
          first: settings.get('retry.cooldownSeconds') * 1_000,
          most: settings.get('retry.cooldownMinutes') * 60_000,
        },
      }),
      guests,
      guestMode: () => {
        const path = guestPath(provider.id, 'guestMode');
        return path !== null && settings.get(path);
      },
      endOf,
      shared: this.#options.replicas ?? undefined,
      changed: (token) => {
        this.#dirty.add(token);
        this.#timer ??= setTimeout(() => this.flush(), saveDelayMs).unref();
      },
    });
  }

  #guestsFor({ id, guests }: Provider): GuestPool | null {
    const path = guestPath(id, 'guestPoolSize');
    if (!guests || path === null) return null;
    const { settings } = this.#options;
    const pool = new GuestPool(guests, {
      size: () => settings.get(path),
      concurrency: () => settings.get('pool.concurrency'),
      clock: this.#options.clock.now,
      random: Math.random,
    });
    this.#guests.push(pool);
    return pool;
  }
}

/** Whether a change is only of what the settings say about it, such as the switch. */
function sameService(a: AddedProvider, b: AddedProvider): boolean {
  return JSON.stringify({ ...a, enabled: true }) === JSON.stringify({ ...b, enabled: true });
}

/** How the default aliases of a provider's tokens begin. */
function letterOf({ id, name }: Provider): string {
  if (isBuiltIn(id)) return builtIns[id].letter;
  return /\p{L}/u.exec(name)?.[0].toUpperCase() ?? 'T';
}
