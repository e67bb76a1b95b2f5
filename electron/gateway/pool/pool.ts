import { ChatError, toChatError } from '../chat/errors.ts';
import type { ProviderId } from '../../../shared/provider.ts';
import type { Credential } from '../providers/provider.ts';
import type { GuestPool } from './guests.ts';
import { fitness, fresh, type HealthEvent, nextHealth, type Policy } from './health.ts';
import type { StoredToken } from './token-store.ts';

/** What a request asks of its credentials. */
export interface LeaseWish {
  /** Only credentials of this kind; any without. */
  readonly kind?: Credential['kind'];
  /** False: its outcome is health, but no traffic of the user's, so the token's counters stay. */
  readonly counted?: boolean;
}

/** A credential for one attempt. Exactly one of `succeed`, `fail` and `release` ends it; further calls do nothing. */
export interface Lease {
  readonly credential: Credential;
  succeed(): void;
  /** Tells the pool why the attempt failed; whether that touches the credential is decided by the blame. */
  fail(error: ChatError): void;
  /** Gives it back without a verdict (the client left). */
  release(): void;
}

export interface PoolOptions {
  readonly provider: ProviderId;
  /** The provider's, for messages. */
  readonly name: string;
  readonly clock: () => number;
  readonly policy: () => Policy;
  /** Null where the provider has none. */
  readonly guests: GuestPool | null;
  readonly guestMode: () => boolean;
  /** A token's health, counters or place has changed. */
  readonly changed: (token: StoredToken) => void;
}

interface Entry {
  readonly token: StoredToken;
  inFlight: number;
  /** Position in the order of use: the lowest was used longest ago. */
  turn: number;
  probing: boolean;
}

/** The credentials of one provider and the rule that picks one: least recently used, healthy before degraded, users before guests. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #entries = new Map<string, Entry>();
  #turn = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  add(token: StoredToken): void {
    this.#entries.set(token.id, { token, inFlight: 0, turn: 0, probing: false });
  }

  /** Requests that run on it go on; it takes no new one. */
  remove(id: string): StoredToken | undefined {
    const token = this.#entries.get(id)?.token;
    this.#entries.delete(id);
    return token;
  }

  get(id: string): StoredToken | undefined {
    return this.#entries.get(id)?.token;
  }

  tokens(): StoredToken[] {
    return [...this.#entries.values()].map(({ token }) => token);
  }

  inFlight(id: string): number {
    return this.#entries.get(id)?.inFlight ?? 0;
  }

  probing(id: string): boolean {
    return this.#entries.get(id)?.probing ?? false;
  }

  /** The secret of a token that may be used now, for a question that is no request (the list of models). */
  get anySecret(): string | undefined {
    return this.#pick(new Set())?.token.secret ?? undefined;
  }

  /** Whether a request may be answered with a guest session. */
  get offersGuests(): boolean {
    return this.#options.guests !== null && this.#options.guestMode();
  }

  get guestCount(): number {
    return this.#options.guests?.count ?? 0;
  }

  /** Whether there is anything to answer with, now or after a rest. */
  get stocked(): boolean {
    if (this.#options.guests && this.#options.guestMode()) return true;
    for (const { token } of this.#entries.values()) if (isCandidate(token)) return true;
    return false;
  }

  /** How many tokens could answer now, and when the first resting one returns. */
  outlook(): { usable: number; total: number; until: number | null } {
    const now = this.#options.clock();
    const enabled = this.tokens().filter(isCandidate);
    const usable = enabled.filter(({ health }) => fitness(health, now) !== 'unfit').length;
    const ends = enabled.flatMap(({ health }) =>
      fitness(health, now) === 'unfit' && health.until !== null ? [health.until] : [],
    );
    return { usable, total: enabled.length, until: ends.length > 0 ? Math.min(...ends) : null };
  }

  /**
   * A credential that is not in `excluded` (those this request has tried). Throws ChatError `no_token_configured`,
   * `no_token_available` (with the time until the first returns), or what the creation of a guest session threw.
   */
  async lease(excluded: ReadonlySet<string>, signal: AbortSignal, wish: LeaseWish = {}): Promise<Lease> {
    const entry = wish.kind === 'guest' ? undefined : this.#pick(excluded);
    if (entry) return this.#leaseToken(entry, wish.counted ?? true);
    if (this.#options.guests && wish.kind !== 'user' && this.#options.guestMode())
      return this.#leaseGuest(this.#options.guests, excluded, signal);
    throw this.#nothing(excluded);
  }

  /** What a check or the user found out about a token. */
  report(id: string, event: HealthEvent): void {
    const entry = this.#entries.get(id);
    if (entry) this.#apply(entry, event);
  }

  /** Forgets what was found out: the tokens are asked about elsewhere from now on. */
  renew(): void {
    for (const { token } of this.#entries.values()) {
      if (token.health === fresh) continue;
      token.health = fresh;
      this.#options.changed(token);
    }
  }

  #pick(excluded: ReadonlySet<string>): Entry | undefined {
    const now = this.#options.clock();
    let best: { entry: Entry; rank: number } | undefined;
    for (const entry of this.#entries.values()) {
      if (excluded.has(entry.token.id) || !isCandidate(entry.token)) continue;
      const fit = fitness(entry.token.health, now);
      if (fit === 'unfit' || entry.probing) continue;
      const rank = fit === 'probe' ? 2 : entry.token.health.state === 'degraded' ? 1 : 0;
      if (!best || rank < best.rank || (rank === best.rank && entry.turn < best.entry.turn)) best = { entry, rank };
    }
    return best?.entry;
  }

  #leaseToken(entry: Entry, counted: boolean): Lease {
    const { token } = entry;
    const now = this.#options.clock();
    entry.inFlight++;
    entry.turn = ++this.#turn;
    entry.probing = fitness(token.health, now) === 'probe';
    token.lastUsedAt = now;
    this.#options.changed(token);
    const end = once((event: HealthEvent | null) => {
      entry.inFlight--;
      entry.probing = false;
      if (counted && event?.type === 'success') token.ok++;
      if (counted && event?.type === 'failure') token.failed++;
      if (event) this.#apply(entry, event);
      else this.#options.changed(token);
    });
    return {
      credential: {
        id: token.id,
        kind: 'user',
        alias: token.alias,
        secret: token.secret ?? '',
        ...(token.userId !== null && { userId: token.userId }),
      },
      succeed: () => end({ type: 'success' }),
      fail: (error) => end(this.#failure(token, error)),
      release: () => end(null),
    };
  }

  async #leaseGuest(guests: GuestPool, excluded: ReadonlySet<string>, signal: AbortSignal): Promise<Lease> {
    const lease = await guests.lease(excluded, signal).catch((error: unknown) => {
      throw signal.aborted ? new ChatError('client_closed', 'The request was cancelled.') : toChatError(error);
    });
    const { secret, userId } = lease.session;
    return {
      credential: { id: lease.id, kind: 'guest', alias: 'Guest', secret, userId },
      succeed: () => lease.release(false),
      fail: (error) => lease.release(error.blame === 'credential' || error.blame === 'rate' || error.blame === 'quota'),
      release: () => lease.release(false),
    };
  }

  #failure(token: StoredToken, error: ChatError): HealthEvent {
    const now = this.#options.clock();
    const others = this.tokens().filter(
      (other) => other !== token && isCandidate(other) && fitness(other.health, now) === 'fit',
    );
    return {
      type: 'failure',
      blame: error.blame,
      code: error.code,
      message: error.message,
      retryAfterMs: error.retryAfterMs ?? null,
      lastUsable: others.length === 0,
    };
  }

  #apply(entry: Entry, event: HealthEvent): void {
    entry.token.health = nextHealth(entry.token.health, event, this.#options.clock(), this.#options.policy());
    this.#options.changed(entry.token);
  }

  #nothing(excluded: ReadonlySet<string>): ChatError {
    const { name } = this.#options;
    const { total, until } = this.outlook();
    if (total === 0)
      return new ChatError('no_token_configured', `No token for ${name} is configured, and guest mode is off.`);
    if (until === null)
      return new ChatError(
        'no_token_available',
        excluded.size > 0 ? `No other token for ${name} is left to try.` : `No token for ${name} is usable.`,
      );
    const wait = Math.max(1_000, until - this.#options.clock());
    return new ChatError(
      'no_token_available',
      `All tokens for ${name} are resting; the first returns in ${Math.ceil(wait / 1000)} s.`,
      { retryAfterMs: wait },
    );
  }
}

function isCandidate(token: StoredToken): boolean {
  return token.enabled && token.secret !== null && token.health.state !== 'guest' && token.health.state !== 'invalid';
}

function once<A>(run: (argument: A) => void): (argument: A) => void {
  let done = false;
  return (argument) => {
    if (done) return;
    done = true;
    run(argument);
  };
}
