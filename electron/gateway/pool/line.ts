import { ChatError } from '../chat/errors.ts';

export interface LineOptions {
  readonly clock: () => number;
  /** How many may wait, and how long each. */
  readonly length: () => number;
  readonly waitMs: () => number;
}

/** A place in the order of coming, which one who has left the line in vain comes back to. */
export interface Ticket {
  readonly number: number;
  readonly deadline: number;
  waited: boolean;
}

interface Waiter {
  readonly ticket: Ticket;
  /** True when it has got what it waited for, or will never get it. */
  readonly attempt: () => boolean;
  readonly refuse: (error: ChatError) => void;
}

/** Requests that wait for a credential: first come, first served, each with a deadline, and one timer for all. */
export class Line {
  readonly #options: LineOptions;
  readonly #waiting = new Set<Waiter>();
  #next = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: LineOptions) {
    this.#options = options;
  }

  get length(): number {
    return this.#waiting.size;
  }

  /**
   * What `find` gives as soon as it gives something; it is asked again at each `serve`. Throws what `find` throws, and
   * ChatError `queue_full`, `queue_timeout` or, when the signal is aborted, `client_closed`.
   */
  join<T>(find: () => T | undefined, signal: AbortSignal, ticket = this.ticket()): Promise<Awaited<T>> {
    if (signal.aborted) return Promise.reject(left());
    if (!ticket.waited && this.#waiting.size >= this.#options.length()) {
      const message = `${this.#waiting.size} requests are waiting for a token; this one was refused.`;
      return Promise.reject(new ChatError('queue_full', message));
    }
    return new Promise((resolve, reject) => {
      const leave = () => waiter.refuse(left());
      const end = () => {
        this.#waiting.delete(waiter);
        signal.removeEventListener('abort', leave);
        this.#arm();
      };
      const waiter: Waiter = {
        ticket,
        attempt() {
          try {
            const found = find();
            if (found === undefined) return false;
            end();
            // Takes on a promise as well: the creation of a guest session.
            Promise.resolve(found).then(resolve, reject);
          } catch (error) {
            end();
            reject(error instanceof Error ? error : new Error(String(error)));
          }
          return true;
        },
        refuse(error) {
          end();
          reject(error);
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.add(waiter);
      if (ticket.waited) this.#sort(ticket.number);
      ticket.waited = true;
      this.#arm();
    });
  }

  /** For one who comes now. */
  ticket(): Ticket {
    const { clock, waitMs } = this.#options;
    return { number: this.#next++, deadline: clock() + waitMs(), waited: false };
  }

  /** Something has become free, or will not: everybody is asked again, in the order of their coming. */
  serve(): void {
    for (const waiter of this.#waiting) waiter.attempt();
  }

  /** Who came later stands behind again. */
  #sort(number: number): void {
    for (const waiter of [...this.#waiting].filter(({ ticket }) => ticket.number > number)) {
      this.#waiting.delete(waiter);
      this.#waiting.add(waiter);
    }
  }

  /** The first one's deadline is the next one to end, because all wait equally long. */
  #arm(): void {
    const [first] = this.#waiting;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (!first) return;
    const wait = Math.max(0, first.ticket.deadline - this.#options.clock());
    this.#timer = setTimeout(() => this.#expire(), wait);
  }

  #expire(): void {
    const now = this.#options.clock();
    const seconds = Math.round(this.#options.waitMs() / 1000);
    for (const waiter of this.#waiting) {
      if (waiter.ticket.deadline > now) break;
      waiter.refuse(new ChatError('queue_timeout', `No token became free within ${seconds} s.`));
    }
    this.#arm();
  }
}

const left = (): ChatError => new ChatError('client_closed', 'The request was cancelled.');
