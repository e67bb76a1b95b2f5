import { ChatError, toChatError } from '../chat/errors.ts';
import type { GuestSession, Provider } from '../providers/provider.ts';
import { backOffMs } from './back-off.ts';

export interface GuestOptions {
  /** How many sessions are kept (GUEST_POOL_SIZE). */
  readonly size: () => number;
  /** How many requests one session takes at once; 0: as many as come. */
  readonly concurrency?: () => number;
  readonly clock: () => number;
  /** 0 to 1, for the spread of lifetimes. */
  readonly random: () => number;
}

interface Guest {
  readonly id: string;
  readonly session: GuestSession;
  readonly expiresAt: number;
  inFlight: number;
  /** Failed or expired: takes no new request and is disposed of when idle, so that running answers are not cut. */
  draining: boolean;
}

export interface GuestLease {
  readonly id: string;
  readonly session: GuestSession;
  /** `error`: what the provider said against this session, if anything. */
  release(error: ChatError | null): void;
}

/** As the Python server kept them: 480 s, give or take 60. */
const lifetimeMs = 480_000;
const spreadMs = 60_000;
const createTimeoutMs = 30_000;
const disposeTimeoutMs = 10_000;
/** Not used for so long, the pool runs dry instead of making sessions for nobody. */
const idleMs = lifetimeMs + spreadMs;

/**
 * Anonymous sessions of one provider: kept warm while they are used, shared by the least busy, replaced before they grow old.
 * One is made at a time, and none for a while after the provider has refused.
 */
export class GuestPool {
  readonly #make: NonNullable<Provider['guests']>;
  readonly #options: GuestOptions;
  #guests: Guest[] = [];
  #creating: Promise<Guest> | null = null;
  #made = 0;
  #usedAt: number;
  #refusals = 0;
  #refused: { readonly error: ChatError; readonly until: number } | null = null;
  #closed = false;

  constructor(make: NonNullable<Provider['guests']>, options: GuestOptions) {
    this.#make = make;
    this.#options = options;
    this.#usedAt = options.clock();
  }

  get count(): number {
    return this.#usable().length;
  }

  /**
   * The least busy session that is not excluded (one to avoid only if there is no other), or a new one while the pool is not
   * full; concurrent callers share one creation. Undefined when all are busy. Rejects with the provider's ChatError when none can be made and none is left.
   */
  find(
    excluded: ReadonlySet<string>,
    avoid: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<GuestLease> | undefined {
    this.#usedAt = this.#options.clock();
    const concurrency = this.#options.concurrency?.() ?? 0;
    const usable = this.#usable();
    const room = usable.length < this.#options.size();
    const [best] = usable
      .filter((guest) => !excluded.has(guest.id) && (concurrency === 0 || guest.inFlight < concurrency))
      .toSorted((a, b) => Number(avoid.has(a.id)) - Number(avoid.has(b.id)) || a.inFlight - b.inFlight);
    if (best && !(avoid.has(best.id) && room)) {
      if (best.inFlight > 0 && room) this.#growLater();
      return Promise.resolve(this.#lease(best));
    }
    if (room) return this.#next(signal).then((guest) => this.#lease(guest));
    if (usable.some((guest) => !excluded.has(guest.id))) return undefined;
    return Promise.reject(new ChatError('no_token_available', 'No other guest session is left to try.'));
  }

  /** Disposes of what is old, and with `wanted` makes what is missing, one after the other and in the background. */
  tend(wanted: boolean): void {
    this.#sweep();
    const idle = this.#options.clock() - this.#usedAt > idleMs;
    if (wanted && !idle && this.count < this.#options.size()) this.#growLater();
  }

  /** Disposes of every session; called once, at the end. */
  async close(): Promise<void> {
    this.#closed = true;
    const guests = this.#guests.splice(0);
    await Promise.all(guests.map((guest) => this.#dispose(guest)));
  }

  #usable(): Guest[] {
    const now = this.#options.clock();
    return this.#guests.filter((guest) => !guest.draining && guest.expiresAt > now);
  }

  #lease(guest: Guest): GuestLease {
    guest.inFlight++;
    let open = true;
    return {
      id: guest.id,
      session: guest.session,
      release: (error) => {
        if (!open) return;
        open = false;
        guest.inFlight--;
        if (error?.blame === 'credential') guest.draining = true;
        if (error?.blame === 'rate' || error?.blame === 'quota') {
          // A new session must not be a way around a limit.
          guest.draining = true;
          this.#backOff(error);
        }
        this.#sweep();
      },
    };
  }

  /** A failure is kept for whoever asks next (`#refused`). */
  #growLater(): void {
    if (this.#creating || this.#closed || this.#refusedUntil() !== null) return;
    const more = () => this.count < this.#options.size() && this.#growLater();
    this.#grow().then(more, () => {});
  }

  #grow(): Promise<Guest> {
    // Nobody's own signal: the session serves whoever waits, and a caller that leaves must not fail the others.
    this.#creating ??= this.#create().finally(() => {
      this.#creating = null;
    });
    return this.#creating;
  }

  async #next(signal: AbortSignal): Promise<Guest> {
    const until = this.#refusedUntil();
    if (this.#refused && until !== null) throw afterRefusal(this.#refused.error, until - this.#options.clock());
    const aborted = Promise.withResolvers<never>();
    const leave = () => aborted.reject(new ChatError('client_closed', 'The request was cancelled.'));
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([this.#grow(), aborted.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  async #create(): Promise<Guest> {
    this.#sweep();
    let session: GuestSession;
    try {
      session = await this.#make.create(AbortSignal.timeout(createTimeoutMs));
    } catch (thrown) {
      const error = toChatError(thrown);
      this.#backOff(error);
      throw error;
    }
    this.#refusals = 0;
    this.#refused = null;
    const lifetime = lifetimeMs + (this.#options.random() * 2 - 1) * spreadMs;
    const guest = {
      id: `guest:${++this.#made}`,
      session,
      expiresAt: this.#options.clock() + lifetime,
      inFlight: 0,
      draining: this.#closed,
    };
    this.#guests.push(guest);
    if (!this.#closed) return guest;
    this.#sweep();
    throw new ChatError('shutting_down', 'Traygate is stopping.');
  }

  #backOff(error: ChatError): void {
    const { clock, random } = this.#options;
    this.#refused = { error, until: clock() + backOffMs(error, this.#refusals, random()) };
    this.#refusals++;
  }

  #refusedUntil(): number | null {
    return this.#refused && this.#refused.until > this.#options.clock() ? this.#refused.until : null;
  }

  #sweep(): void {
    const now = this.#options.clock();
    const done = this.#guests.filter((guest) => guest.inFlight === 0 && (guest.draining || guest.expiresAt <= now));
    if (done.length === 0) return;
    this.#guests = this.#guests.filter((guest) => !done.includes(guest));
    for (const guest of done) void this.#dispose(guest);
  }

  /** Tidying up at the provider; its failure concerns nobody. */
  async #dispose(guest: Guest): Promise<void> {
    try {
      await this.#make.dispose(guest.session, AbortSignal.timeout(disposeTimeoutMs));
    } catch {
      // The provider forgets idle guests by itself.
    }
  }
}

/** What the provider said last, and when it will be asked again. */
function afterRefusal(error: ChatError, retryAfterMs: number): ChatError {
  const { code, message, hint, upstream } = error;
  return new ChatError(code, message, { hint, retryAfterMs, ...(upstream && { upstream }), cause: error });
}
