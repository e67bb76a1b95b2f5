import { ChatError } from '../chat/errors.ts';

export interface LineOptions {
  readonly clock: () => number;
  /** How many may wait, and how long each. */
  readonly length: () => number;
  readonly waitMs: () => number;
}

interface Waiter {
  readonly deadline: number;
  /** True when it has got what it waited for, or will never get it. */
  readonly attempt: () => boolean;
  readonly refuse: (error: ChatError) => void;
}

/** Requests that wait for a credential: first come, first served, each with a deadline, and one timer for all. */
export class Line {
  readonly #options: LineOptions;
  readonly #waiting = new Set<Waiter>();
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
  join<T>(find: () => T | undefined, signal: AbortSignal): Promise<Awaited<T>> {
    const { clock, length, waitMs } = this.#options;
    if (signal.aborted) return Promise.reject(left());
    if (this.#waiting.size >= length()) {
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
        deadline: clock() + waitMs(),
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
      this.#arm();
    });
  }

  /** Something has become free, or will not: everybody is asked again, in the order of their coming. */
  serve(): void {
    for (const waiter of this.#waiting) waiter.attempt();
  }

  /** The first one's deadline is the next one to end, because all wait equally long. */
  #arm(): void {
    const [first] = this.#waiting;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (!first) return;
    const wait = Math.max(0, first.deadline - this.#options.clock());
    this.#timer = setTimeout(() => this.#expire(), wait);
  }

  #expire(): void {
    const now = this.#options.clock();
    const seconds = Math.round(this.#options.waitMs() / 1000);
    for (const waiter of this.#waiting) {
      if (waiter.deadline > now) break;
      waiter.refuse(new ChatError('queue_timeout', `No token became free within ${seconds} s.`));
    }
    this.#arm();
  }
}

const left = (): ChatError => new ChatError('client_closed', 'The request was cancelled.');
