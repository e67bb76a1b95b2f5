import { setTimeout as sleep } from 'node:timers/promises';
import type { DecisionCode } from '../../../shared/notice.ts';
import { ChatError, type ErrorCode } from '../chat/errors.ts';
import type { Credential } from '../providers/provider.ts';
import type { AnswerRequest, Route, Routes } from './answer.ts';

const usualAttempts = 3;
/** Of a request whose attempts run into a limit of time on the way to the provider: each costs the whole of it. */
const maxWaits = 2;
/** Credentials of one provider that one request may use up while another provider is left. */
const mostOfOne = 2;
/** Credentials that one request may put to rest: what more of them say alike is rather its own fault, or the provider's. */
const mostPunished = 2;
/** Failures that say nothing against the credential and pass quickly: it may be asked again. */
const passing: ReadonlySet<ErrorCode> = new Set(['upstream_error', 'upstream_unreachable', 'upstream_disconnect']);

/** One try at a route, with whatever it takes up. Ends with `succeed`, `fail` or `release`; what comes later does nothing. */
export interface Attempt {
  readonly route: Route;
  readonly credential: Credential | null;
  /** The first of the answer is on its way to the client. */
  answered(): void;
  succeed(): void;
  fail(error: ChatError): void;
  release(): void;
}

/** Whether and why another attempt is made. */
export interface Decision {
  readonly again: boolean;
  readonly code: DecisionCode;
}

const goOn = (code: DecisionCode): Decision => ({ again: true, code });
const stop = (code: DecisionCode): Decision => ({ again: false, code });

/** Which provider and credential the attempts of one request use, in their order. */
export class Way {
  readonly #routes: readonly Route[];
  readonly #first: Route;
  readonly #asked: AnswerRequest;
  /** Credentials that have failed, and those of them that are not asked again. */
  readonly #tried = new Set<string>();
  readonly #spent = new Set<string>();
  #punished = 0;
  #attempts = 0;
  #at = 0;
  /** Attempts on the current route. */
  #here = 0;
  #pauseMs = 0;
  /** Why no route before had a credential; told when no attempt could be made at all. */
  #unable: ChatError | null = null;

  constructor(routes: Routes, asked: AnswerRequest) {
    // Who has no credential at all is not "another provider left to try", only the reason if nobody has any.
    const stocked = routes.filter(({ source }) => source.pool?.stocked ?? true);
    this.#routes = stocked.length > 0 ? stocked : routes;
    [this.#first] = routes;
    this.#asked = asked;
  }

  /** The next attempt. Routes without a credential are passed over. Throws ChatError when there is none left. */
  async next(): Promise<Attempt> {
    const { signal, recorder } = this.#asked;
    if (this.#pauseMs > 0) await sleep(this.#pauseMs, undefined, { signal }).catch(() => {});
    for (;;) {
      if (signal.aborted) throw cancelled(signal);
      try {
        return await this.#enter(this.#routes[this.#at] ?? this.#first);
      } catch (error) {
        if (signal.aborted) throw cancelled(signal);
        if (!(error instanceof ChatError)) throw error;
        this.#unable = worse(this.#unable, error);
        if (!this.#another) throw this.#gaveUp(this.#unable);
        if (this.#here > 0) recorder.decided('next_provider');
        this.#move();
      }
    }
  }

  /** What is done after a failure; `shown`: the client has seen a part of the answer. */
  after(error: ChatError, { route, credential }: Attempt, shown: boolean): Decision {
    if (error.code === 'client_closed') return stop('client_left');
    if (shown) return stop('answer_begun');
    if (this.#asked.signal.aborted) return stop('same_failure');
    const maxAttempts = this.#asked.attempts ?? usualAttempts;
    const most =
      error.code === 'upstream_timeout' && error.blame === 'network' ? Math.min(maxWaits, maxAttempts) : maxAttempts;
    if (this.#here >= most && !this.#another) return stop('attempts_used');
    if (this.#attempts >= maxAttempts) return stop(error.failover ? 'attempts_used' : 'same_failure');
    if (credential) this.#tried.add(credential.id);
    if (credential && !passing.has(error.code)) this.#spent.add(credential.id);
    const stays = credential !== null && error.failover && !(this.#another && this.#here >= mostOfOne);
    if (stays && (route.source.gate?.retry() ?? true)) {
      const brief = error.blame === 'network' || error.blame === 'provider';
      this.#pauseMs = brief ? (route.source.gate?.pauseMs(this.#here) ?? 0) : 0;
      return goOn('next_credential');
    }
    if (!this.#another || !error.elsewhere) return stop(stays ? 'retries_spent' : 'same_failure');
    this.#move();
    return goOn('next_provider');
  }

  get #another(): boolean {
    return this.#at + 1 < this.#routes.length;
  }

  #move(): void {
    this.#at++;
    this.#here = 0;
    this.#pauseMs = 0;
  }

  async #enter(route: Route): Promise<Attempt> {
    const { pool, gate } = route.source;
    gate?.check();
    const lease = pool ? await pool.lease(...this.#wish(route)) : null;
    try {
      const passage = gate?.pass(this.#here > 0);
      if (lease && this.#tried.has(lease.credential.id)) this.#asked.recorder.decided('same_credential');
      this.#here++;
      this.#attempts++;
      return {
        route,
        credential: lease?.credential ?? null,
        answered() {
          passage?.answered();
          lease?.answered();
        },
        succeed() {
          passage?.answered();
          lease?.succeed();
        },
        fail: (error) => {
          passage?.fail(error);
          if (lease?.fail(error, this.#punished >= mostPunished)) this.#punished++;
        },
        release() {
          passage?.release();
          lease?.release();
        },
      };
    } catch (error) {
      lease?.release();
      throw error;
    }
  }

  /** The same credential is asked again only where no other provider is left. */
  #wish({ source, model }: Route) {
    const { signal, lease, conversation } = this.#asked;
    const another = this.#another;
    const limit = source.provider.concurrency?.(model);
    const wish = {
      ...lease,
      conversation,
      slot: limit === undefined ? undefined : { name: model.upstreamId, limit },
      wait: !this.#routes.slice(this.#at + 1).some(canAnswer),
      ...(!another && { avoid: this.#tried }),
    };
    return [another ? this.#tried : this.#spent, signal, wish] as const;
  }

  /** The client should hear why the attempt failed, not that nothing else was left to try. */
  #gaveUp(unable: ChatError): ChatError {
    const { recorder } = this.#asked;
    const last = recorder.lastFailure;
    if (last) recorder.decided(unable.code === 'provider_unavailable' ? 'retries_spent' : 'no_credential_left');
    return last ?? unable;
  }
}

function canAnswer({ source: { pool, gate } }: Route): boolean {
  return (gate?.open ?? true) && (pool?.ready ?? true);
}

/** Of two reasons why nothing could be tried, the one that says more: that nothing is set up is only true if it is so everywhere. */
function worse(one: ChatError | null, other: ChatError): ChatError {
  return one === null || one.code === 'no_token_configured' ? other : one;
}

export function cancelled(signal: AbortSignal): ChatError {
  return signal.reason instanceof ChatError
    ? signal.reason
    : new ChatError('client_closed', 'The client closed the connection.');
}
