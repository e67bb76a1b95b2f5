import type { GuestSession, Provider } from '../providers/provider.ts';

export interface GuestOptions {
  /** How many sessions are kept (GUEST_POOL_SIZE). */
  readonly size: () => number;
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
  /** `failed`: the provider rejected this session. */
  release(failed: boolean): void;
}

/** As the Python server kept them: 480 s, give or take 60. */
const lifetimeMs = 480_000;
const spreadMs = 60_000;
const disposeTimeoutMs = 10_000;

/** Anonymous sessions of one provider: made when first needed, shared by the least busy, replaced before they grow old. */
export class GuestPool {
  readonly #make: NonNullable<Provider['guests']>;
  readonly #options: GuestOptions;
  #guests: Guest[] = [];
  #creating: Promise<Guest> | null = null;
  #made = 0;

  constructor(make: NonNullable<Provider['guests']>, options: GuestOptions) {
    this.#make = make;
    this.#options = options;
  }

  get count(): number {
    return this.#usable(new Set()).length;
  }

  /**
   * The least busy session that is not excluded; a new one while the pool is not full. Concurrent callers share one
   * creation. Throws the provider's ChatError when none can be made and none is left.
   */
  async lease(excluded: ReadonlySet<string>, signal: AbortSignal): Promise<GuestLease> {
    const usable = this.#usable(excluded);
    const best = usable.toSorted((a, b) => a.inFlight - b.inFlight)[0];
    const room = usable.length < this.#options.size();
    const guest = best && (best.inFlight === 0 || !room) ? best : await this.#grow(best, signal);
    signal.throwIfAborted();
    guest.inFlight++;
    let open = true;
    return {
      id: guest.id,
      session: guest.session,
      release: (failed) => {
        if (!open) return;
        open = false;
        guest.inFlight--;
        if (failed) guest.draining = true;
        this.#sweep();
      },
    };
  }

  /** Disposes of every session; called once, at the end. */
  async close(): Promise<void> {
    const guests = this.#guests.splice(0);
    await Promise.all(guests.map((guest) => this.#dispose(guest)));
  }

  #usable(excluded: ReadonlySet<string>): Guest[] {
    const now = this.#options.clock();
    return this.#guests.filter((guest) => !guest.draining && guest.expiresAt > now && !excluded.has(guest.id));
  }

  async #grow(fallback: Guest | undefined, signal: AbortSignal): Promise<Guest> {
    // Nobody's own signal: the session serves whoever waits, and a caller that leaves must not fail the others.
    this.#creating ??= this.#create().finally(() => {
      this.#creating = null;
    });
    const aborted = Promise.withResolvers<never>();
    const leave = () => aborted.reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([this.#creating, aborted.promise]);
    } catch (error) {
      if (fallback && !signal.aborted) return fallback;
      throw error;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  async #create(): Promise<Guest> {
    this.#sweep();
    const session = await this.#make.create(AbortSignal.timeout(30_000));
    const lifetime = lifetimeMs + (this.#options.random() * 2 - 1) * spreadMs;
    const guest = {
      id: `guest:${++this.#made}`,
      session,
      expiresAt: this.#options.clock() + lifetime,
      inFlight: 0,
      draining: false,
    };
    this.#guests.push(guest);
    return guest;
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
