import { ChatError, toChatError } from '../chat/errors.ts';
import { Affinity } from './affinity.ts';
import { Entry } from './entry.ts';
import { Outcomes } from './evidence.ts';
import { nothingLeft } from './explain.ts';
import type { GuestLease } from './guests.ts';
import { fitness, fresh, type HealthEvent, isNews, isResting, nextHealth } from './health.ts';
import type { Lease, LeaseWish } from './lease.ts';
import { Line } from './line.ts';
import { type PoolOptions, plainSharing, type Sharing } from './options.ts';
import { goesBefore } from './select.ts';
import { placeNames, placesOf } from './shared.ts';
import type { StoredToken } from './token-store.ts';

/** Whom a request may have: somebody now, or nobody, and what it could wait for. */
interface Choice {
  readonly entry: Entry | undefined;
  readonly busy: boolean;
  readonly probing: boolean;
}

const nobody: ReadonlySet<string> = new Set();
const clockErrorMs = 5 * 60_000;

/** The credentials of one provider: who gets which, who waits, and what the outcome says about them. Users before guests. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #line: Line;
  readonly #affinity = new Affinity();
  readonly #outcomes = new Outcomes();
  #turn = 0;
  /** How far the weighted shares have come: who was away does not catch up. */
  #share = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#line = new Line({
      clock: options.clock,
      length: () => this.#sharing().queueLength,
      waitMs: () => this.#sharing().queueMs,
    });
  }

  add(token: StoredToken): void {
    const end = token.secret === null ? null : this.#options.endOf?.(token.secret);
    this.#entries.set(token.id, new Entry(token, end));
    this.#options.shared?.joined(token, this);
    this.#line.serve();
  }

  /** Requests that run on it go on; it takes no new one. */
  remove(id: string): StoredToken | undefined {
    const token = this.#entries.get(id)?.token;
    this.#entries.delete(id);
    if (token) this.#options.shared?.left(token);
    this.#line.serve();
    return token;
  }

  /** A token has been changed from outside: switched on or off, tuned. */
  refresh(): void {
    this.#line.serve();
  }

  /** What says that it has ended is not asked about. A clock may be wrong by minutes. */
  #retire(entry: Entry, now: number): boolean {
    if (entry.endsAt + clockErrorMs > now) return false;
    const ended = new Date(entry.endsAt).toISOString().slice(0, 10);
    entry.endsAt = Number.POSITIVE_INFINITY;
    this.#apply(entry, {
      type: 'verified',
      outcome: 'invalid',
      code: 'token_expired',
      message: `This token says that it ended on ${ended}.`,
    });
    return true;
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
    return this.#choose(nobody, {}).entry?.token.secret ?? undefined;
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
    if (this.offersGuests) return true;
    for (const entry of this.#entries.values()) if (entry.isCandidate) return true;
    return false;
  }

  /** Whether a request would get a credential without waiting. */
  get ready(): boolean {
    return this.#choose(nobody, {}).entry !== undefined || this.offersGuests;
  }

  /** Requests that wait for a credential. */
  get waiting(): number {
    return this.#line.length;
  }

  /** How many tokens could answer now, and when the first resting one returns. */
  outlook(): { usable: number; total: number; until: number | null } {
    const now = this.#options.clock();
    let [usable, total, until] = [0, 0, Number.POSITIVE_INFINITY];
    for (const entry of this.#entries.values()) {
      if (!entry.isCandidate) continue;
      total++;
      const { health } = entry.token;
      if (fitness(health, now) !== 'unfit') usable++;
      else if (health.until !== null) until = Math.min(until, health.until);
    }
    return { usable, total, until: Number.isFinite(until) ? this.shown(until) : null };
  }

  /** By the clock of this pool. */
  get now(): number {
    return this.#options.clock();
  }

  /** A time of health as the clock of the computer has it. */
  shown(at: number): number;
  shown(at: number | null): number | null;
  shown(at: number | null): number | null {
    return at === null ? null : at + (this.#options.ahead?.() ?? 0);
  }

  /**
   * A credential that is not in `excluded` (those this request has used up). Waits while all are busy, or while one is being
   * probed and nobody else could answer. Throws ChatError: `no_token_configured`, `no_token_available` (with the time until
   * the first returns), `queue_full`, `queue_timeout`, or what the creation of a guest session threw.
   */
  async lease(excluded: ReadonlySet<string>, signal: AbortSignal, wish: LeaseWish = {}): Promise<Lease> {
    const find = () => this.#find(excluded, wish, signal);
    const ticket = this.#line.ticket();
    for (;;) {
      const found = find();
      if (!found && wish.wait === false)
        throw new ChatError('no_token_available', `All tokens for ${this.#options.name} are busy.`, {
          retryAfterMs: 1_000,
        });
      const lease = await (found ?? this.#line.join(find, signal, ticket));
      if (lease) return lease;
    }
  }

  /** What a check or the user found out about a token. */
  report(id: string, event: HealthEvent): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#apply(entry, event);
    this.#line.serve();
  }

  /** Other gateways may have given back what they held of a token. */
  reopen(id: string): void {
    const closed = this.#entries.get(id)?.closed;
    if (!closed?.size) return;
    closed.clear();
    this.#line.serve();
  }

  /** Forgets what was found out: the tokens are asked about elsewhere from now on. */
  renew(): void {
    for (const { token } of this.#entries.values()) {
      if (token.health === fresh) continue;
      token.health = fresh;
      this.#options.changed(token);
    }
    this.#line.serve();
  }

  /** Keeps guest sessions warm while only guests can answer. To be called every now and then. */
  tend(): void {
    const now = this.#options.clock();
    for (const entry of this.#entries.values()) if (entry.isCandidate) this.#retire(entry, now);
    this.#options.guests?.tend(this.offersGuests && this.outlook().usable === 0);
  }

  #sharing(): Sharing {
    return this.#options.sharing?.() ?? plainSharing;
  }

  /** A lease, or undefined for one who has to wait; null when another gateway was quicker. Throws when waiting would not help. */
  #find(
    excluded: ReadonlySet<string>,
    wish: LeaseWish,
    signal: AbortSignal,
  ): Lease | Promise<Lease | null> | undefined {
    const { guests, name } = this.#options;
    const own = wish.kind === 'guest' ? null : this.#choose(excluded, wish);
    if (own?.entry) return this.#leaseToken(own.entry, wish);
    if (own?.busy) return undefined;
    if (guests && wish.kind !== 'user' && this.offersGuests) {
      return guests.find(excluded, wish.avoid ?? nobody, signal)?.then(
        (lease) => this.#leaseGuest(lease),
        (error: unknown) => {
          throw toChatError(error);
        },
      );
    }
    if (own?.probing) return undefined;
    const asked = this.tokens().filter(({ id }) => wish.token === undefined || id === wish.token);
    throw nothingLeft(name, asked, excluded.size > 0, this.#options.clock());
  }

  #choose(excluded: ReadonlySet<string>, wish: LeaseWish): Choice {
    const now = this.#options.clock();
    const { strategy, concurrency, sticky } = this.#sharing();
    const { avoid = nobody, slot } = wish;
    const key = sticky ? wish.conversation?.() : undefined;
    const faithful = key === undefined ? undefined : this.#affinity.recall(key, now);
    let best: Entry | undefined;
    let second: Entry | undefined;
    let due: Entry | undefined;
    let [busy, probing] = [false, false];
    for (const entry of this.#entries.values()) {
      const { id, health } = entry.token;
      if (!entry.isCandidate || excluded.has(id) || (wish.token !== undefined && wish.token !== id)) continue;
      if (this.#retire(entry, now)) continue;
      const fit = fitness(health, now);
      if (fit === 'unfit') continue;
      if (entry.probing || (fit === 'probe' && entry.closed.has(placeNames.probe))) probing = true;
      else if (fit === 'probe') due ??= entry;
      else if (entry.isFull(concurrency, slot)) busy = true;
      else if (avoid.has(id)) {
        if (!second || goesBefore(strategy, entry, second)) second = entry;
      } else if (id === faithful) return { entry, busy, probing };
      else {
        if (entry.share < this.#share) entry.share = this.#share;
        if (!best || goesBefore(strategy, entry, best)) best = entry;
      }
    }
    // A first attempt finds out whether one has recovered: if not, another answers. One at a time, so that it costs little.
    if (due && !probing && excluded.size === 0 && avoid.size === 0) return { entry: due, busy, probing };
    return { entry: best ?? due ?? second, busy, probing };
  }

  #leaseToken(entry: Entry, wish: LeaseWish): Lease | Promise<Lease | null> {
    const { token } = entry;
    const { clock, changed, shared } = this.#options;
    const begun = clock();
    const usedBefore = token.lastUsedAt;
    const counted = wish.counted ?? true;
    const probe = fitness(token.health, begun) === 'probe';
    const giveBack = entry.take(wish.slot);
    entry.turn = ++this.#turn;
    this.#share = entry.share;
    entry.share += 1 / token.weight;
    if (probe) entry.probing = true;
    if (counted) token.lastUsedAt = begun;
    changed(token);
    let open = true;
    let giveBackShared: (() => void) | undefined;
    const end = (event: HealthEvent | null, ok: boolean | null) => {
      if (!open) return;
      open = false;
      giveBack();
      if (probe) entry.probing = false;
      if (counted && ok !== null) token[ok ? 'ok' : 'failed']++;
      if (event) this.#apply(entry, event);
      // After the news: who gets the place must know it. Before anybody here asks for it.
      giveBackShared?.();
      changed(token);
      this.#line.serve();
    };
    const lease: Lease = {
      credential: {
        id: token.id,
        kind: 'user',
        alias: token.alias,
        secret: token.secret ?? '',
        ...(token.userId !== null && { userId: token.userId }),
      },
      answered: () => {
        if (!open) return;
        this.#outcomes.note(token.id, null, clock());
        this.#apply(entry, { type: 'answered', begun });
        if (!probe) return;
        entry.probing = false;
        this.#line.serve();
      },
      succeed: () => {
        if (!open) return;
        this.#outcomes.note(token.id, null, clock());
        const key = this.#sharing().sticky ? wish.conversation?.() : undefined;
        if (key !== undefined) this.#affinity.remember(key, token.id, clock());
        end({ type: 'success', begun }, true);
      },
      fail: (error, spare = false) => {
        if (!open) return false;
        const before = token.health;
        // That a client left is no failure of its token.
        end(spare ? null : this.#failure(token, error, begun), error.blame === 'client' ? null : false);
        return token.health !== before && (token.health.until !== null || token.health.state === 'invalid');
      },
      release: () => end(null, null),
    };
    const places = shared ? placesOf(this.#sharing().concurrency, wish.slot, probe) : [];
    if (!shared || places.length === 0) return lease;
    return shared.claim(token, places).then((claim) => {
      if (claim.granted) {
        giveBackShared = claim.release;
        return lease;
      }
      entry.closed.add(claim.full);
      if (token.lastUsedAt === begun) token.lastUsedAt = usedBefore;
      lease.release();
      return null;
    });
  }

  #leaseGuest(lease: GuestLease): Lease {
    const { secret, userId } = lease.session;
    const end = (error: ChatError | null) => {
      lease.release(error);
      this.#line.serve();
    };
    return {
      credential: { id: lease.id, kind: 'guest', alias: 'Guest', secret, userId },
      answered: () => {},
      succeed: () => end(null),
      fail: (error, spare = false) => {
        end(spare ? null : error);
        return !spare && (error.blame === 'credential' || error.blame === 'rate' || error.blame === 'quota');
      },
      release: () => end(null),
    };
  }

  #failure(token: StoredToken, error: ChatError, begun: number): HealthEvent {
    const now = this.#options.clock();
    const { blame, code, message, retryAfterMs = null } = error;
    const evidence = this.#outcomes.weigh(token.id, code, now);
    if (blame !== 'client' && blame !== 'network') this.#outcomes.note(token.id, code, now);
    const others = this.#entries.values().some((other) => {
      return other.token !== token && other.isCandidate && fitness(other.token.health, now) === 'fit';
    });
    return { type: 'failure', begun, blame, code, message, retryAfterMs, evidence, lastUsable: !others };
  }

  #apply(entry: Entry, event: HealthEvent): void {
    const { clock, random, policy, changed, shared } = this.#options;
    const { token } = entry;
    const before = token.health;
    token.health = nextHealth(before, event, { now: clock(), random: random?.() ?? 0 }, policy());
    if (token.health === before) return;
    changed(token);
    if (!isNews(event) && (isResting(before) || isResting(token.health))) shared?.changed(token, before);
  }
}
