import type { DecisionCode } from '../../../shared/notice.ts';
import { ChatError } from '../chat/errors.ts';
import type { Lease } from '../pool/pool.ts';
import type { AnswerRequest, Route, Routes } from './answer.ts';

/** Credentials of one provider that one request may use up while another provider is left. */
const mostOfOne = 2;

/** Which provider and credential the attempts of one request use, in their order. */
export class Way {
  readonly #routes: Routes;
  readonly #asked: AnswerRequest;
  readonly #tried = new Set<string>();
  #at = 0;
  /** Attempts on the current route. */
  #here = 0;
  /** Why no route before had a credential; told when no attempt could be made at all. */
  #unable: ChatError | null = null;

  constructor(routes: Routes, asked: AnswerRequest) {
    this.#routes = routes;
    this.#asked = asked;
  }

  /** The next attempt's. Routes without a credential are passed over. Throws ChatError when there is none left. */
  async next(): Promise<{ readonly route: Route; readonly lease: Lease | null }> {
    for (;;) {
      const route = this.#routes[this.#at] ?? this.#routes[0];
      try {
        const lease = route.source.pool
          ? await route.source.pool.lease(this.#tried, this.#asked.signal, this.#asked.lease)
          : null;
        this.#here++;
        return { route, lease };
      } catch (error) {
        if (this.#asked.signal.aborted || !(error instanceof ChatError)) throw error;
        this.#unable = worse(this.#unable, error);
        if (this.#at + 1 >= this.#routes.length) throw this.#gaveUp(this.#unable);
        if (this.#here > 0) this.#asked.recorder.decided('next_provider');
        this.#move();
      }
    }
  }

  /** What is tried after a failure that the client has not seen; null when a repeat would not help. */
  after(error: ChatError, lease: Lease | null): DecisionCode | null {
    if (lease) this.#tried.add(lease.credential.id);
    const another = this.#at + 1 < this.#routes.length;
    if (lease && error.failover && !(another && this.#here >= mostOfOne)) return 'next_credential';
    if (!another || !error.elsewhere) return null;
    this.#move();
    return 'next_provider';
  }

  #move(): void {
    this.#at++;
    this.#here = 0;
  }

  /** The client should hear why the attempt failed, not that nothing else was left to try. */
  #gaveUp(unable: ChatError): ChatError {
    const last = this.#asked.recorder.lastFailure;
    if (last) this.#asked.recorder.decided('no_credential_left');
    return last ?? unable;
  }
}

/** Of two reasons why nothing could be tried, the one that says more: that nothing is set up is only true if it is so everywhere. */
function worse(one: ChatError | null, other: ChatError): ChatError {
  return one === null || one.code === 'no_token_configured' ? other : one;
}
