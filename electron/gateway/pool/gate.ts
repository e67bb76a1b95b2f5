import { ChatError } from '../chat/errors.ts';
import { type Breaker, type BreakerEvent, closed, enter, nextBreaker } from './breaker.ts';
import { RetryBudget } from './retry-budget.ts';

export interface GateOptions {
  /** The provider's, for messages. */
  readonly name: string;
  readonly clock: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  /** How long to wait before the first repeat, in milliseconds; 100 without. */
  readonly pauseMs?: number;
  /** Retries as a share of requests, 0 to 1; a fifth without. */
  readonly budget?: (() => number) | undefined;
}

/** One attempt at a provider. What is called after its end does nothing. */
export interface Passage {
  /** The first of an answer has come: the provider works. */
  answered(): void;
  fail(error: ChatError): void;
  /** Ends it without a verdict. */
  release(): void;
}

/** Protects a provider that fails from all who would try again: a circuit breaker and a budget of retries. */
export class Gate {
  readonly #options: GateOptions;
  readonly #budget: RetryBudget;
  #breaker: Breaker = closed;
  /** What opened it, for those who are turned away. */
  #why = '';

  constructor(options: GateOptions) {
    this.#options = options;
    this.#budget = new RetryBudget(options.clock, options.budget);
  }

  /** Whether a request would be let through. */
  get open(): boolean {
    return enter(this.#breaker, this.#options.clock()).may;
  }

  /** Throws ChatError `provider_unavailable` where `pass` would. */
  check(): void {
    if (!this.open) throw this.#refusal(this.#options.clock());
  }

  /** Whether one more attempt of the same request is within the budget; if so, it counts. */
  retry(): boolean {
    return this.#budget.retry();
  }

  /** How long to wait before another attempt after `attempts` of the same request: twice as long each time, and not all at once. */
  pauseMs(attempts: number): number {
    const { pauseMs = 100, random } = this.#options;
    return pauseMs * 2 ** (attempts - 1) * (0.5 + random() / 2);
  }

  /** Throws ChatError `provider_unavailable`, with the time after which asking again makes sense. */
  pass(isRetry: boolean): Passage {
    const begun = this.#options.clock();
    const { may, next } = enter(this.#breaker, begun);
    if (!may) throw this.#refusal(begun);
    this.#breaker = next;
    if (!isRetry) this.#budget.request();
    let over = false;
    const tell = (event: BreakerEvent) => {
      if (over) return;
      over = true;
      const { clock, random } = this.#options;
      this.#breaker = nextBreaker(this.#breaker, event, clock(), random());
    };
    return {
      answered: () => tell({ type: 'answered', begun }),
      fail: (error) => {
        if (over) return;
        if (error.blame === 'provider' || error.blame === 'network') this.#why = error.message;
        tell(verdict(error, begun));
      },
      release: () => tell({ type: 'left' }),
    };
  }

  #refusal(now: number): ChatError {
    const wait = this.#breaker.state === 'open' ? this.#breaker.until - now : 1_000;
    const message = `${this.#options.name} has failed several times in a row and is left alone for a moment. ${this.#why}`;
    return new ChatError('provider_unavailable', message.trim(), { retryAfterMs: Math.max(1, wait) });
  }
}

function verdict({ blame }: ChatError, begun: number): BreakerEvent {
  if (blame === 'client' || blame === 'gateway') return { type: 'left' };
  // A refusal of the token, the quota or the request is an answer: somebody is there.
  return { type: blame === 'provider' || blame === 'network' ? 'failed' : 'answered', begun };
}
