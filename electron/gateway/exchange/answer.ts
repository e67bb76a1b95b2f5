import type { ModelInfo } from '../../../shared/model.ts';
import { ChatError, toChatError } from '../chat/errors.ts';
import { type ChatEvent, isContent } from '../chat/events.ts';
import type { ChatRequest } from '../chat/request.ts';
import type { Reshape } from '../chat/reshape.ts';
import { nativeCalls } from '../chat/tools/native-calls.ts';
import type { Gate } from '../pool/gate.ts';
import type { LeaseWish } from '../pool/lease.ts';
import type { Pool } from '../pool/pool.ts';
import { pour } from '../providers/pour.ts';
import type { ChatEvents, Original, Provider, TakeEvents } from '../providers/provider.ts';
import type { ExchangeRecorder } from './recorder.ts';
import { type Attempt, cancelled, Way } from './way.ts';

/** A provider together with the pool it draws from; `pool` is null when it needs no credential. */
export interface Source {
  readonly provider: Provider;
  readonly pool: Pool | null;
  /** Keeps requests away while the provider fails; the models of this gateway itself need none. */
  readonly gate?: Gate;
}

/** What a provider is asked, and what its answer then needs. */
export interface Prepared {
  readonly request: ChatRequest;
  /** The client's own body, while a provider of its dialect may have it. */
  readonly original?: Original | undefined;
  /** Makes what changes the batches of one attempt; without it they are handed on as they are. */
  readonly reshape?: (() => Reshape) | undefined;
}

/** One way to answer a request: a model of one provider. */
export interface Route {
  readonly source: Source;
  readonly model: ModelInfo;
  /** The request for this model; called when its turn has come. */
  readonly prepare: () => Prepared;
}
export type Routes = readonly [Route, ...Route[]];

export interface AnswerRequest {
  readonly delivery: 'stream' | 'whole';
  readonly signal: AbortSignal;
  readonly recorder: ExchangeRecorder;
  readonly via?: string | undefined;
  /** At the most; 3 without. */
  readonly attempts?: number | undefined;
  /** Which credentials will do; any without. */
  readonly lease?: LeaseWish | undefined;
  /** Names the conversation this request belongs to; asked for only where conversations stay with their token. */
  readonly conversation?: (() => string) | undefined;
}

/**
 * The canonical answer to a request: leases, opens, fails over while nothing has been shown, to another credential and then
 * to the next route, and hands the provider's batches to `take`, in the same turn of the event loop in which their bytes
 * arrive. Throws ChatError; a stream that ends without `finish` is one. What `take` throws closes the upstream and gives the
 * credential back.
 */
export async function answer(routes: Routes, asked: AnswerRequest, take: TakeEvents): Promise<void> {
  const way = new Way(routes, asked);
  for (;;) {
    const attempt = await way.next();
    const progress = new Progress(attempt);
    try {
      const prepared = attempt.route.prepare();
      await pour(await open(attempt, prepared, asked), deliver(prepared, asked, progress, take));
      if (!progress.finished) throw new ChatError('upstream_truncated', 'The answer ended without its end mark.');
      attempt.succeed();
      return;
    } catch (thrown) {
      const error = asked.signal.aborted ? cancelled(asked.signal) : explained(toChatError(thrown), attempt);
      attempt.fail(error);
      const { again, code } = way.after(error, attempt, progress.shown);
      asked.recorder.attemptFailed(error, code);
      if (!again) throw error;
    } finally {
      // An attempt that has ended ignores this.
      attempt.release();
    }
  }
}

/** The way of one attempt's batches to the client. */
function deliver(prepared: Prepared, asked: AnswerRequest, progress: Progress, take: TakeEvents): TakeEvents {
  const { recorder, delivery } = asked;
  const calls = nativeCalls(delivery, (notice) => recorder.warn(notice));
  const change = prepared.reshape?.();
  return (batch) => {
    const tidy = calls(batch);
    const ready = progress.take(change ? change(tidy) : tidy);
    recorder.firstEvent();
    if (!ready) return undefined;
    recorder.events(ready);
    return take(ready);
  };
}

/**
 * How far one attempt has come. What arrives before the first content (usage, citations) is held back with it, so that a
 * failed attempt leaves no trace in the answer.
 */
class Progress {
  shown = false;
  finished = false;
  readonly #attempt: Attempt;
  #held: ChatEvent[] | null = [];

  constructor(attempt: Attempt) {
    this.#attempt = attempt;
  }

  /** What may go to the client now, or null. Throws the error that an attempt ends with. */
  take(batch: readonly ChatEvent[]): readonly ChatEvent[] | null {
    for (const event of batch) {
      if (event.type === 'error') throw event.error;
      if (event.type === 'finish') this.finished = true;
      else this.shown ||= isContent(event);
    }
    if (!this.#held) return batch.length > 0 ? batch : null;
    this.#held.push(...batch);
    if (!this.shown && !this.finished) return null;
    const ready = this.#held;
    this.#held = null;
    this.#attempt.answered();
    return ready;
  }
}

function open({ route, credential }: Attempt, prepared: Prepared, asked: AnswerRequest): Promise<ChatEvents> {
  const { provider } = route.source;
  const { delivery, signal, recorder, via } = asked;
  recorder.resolved(route.model);
  const trace = recorder.attempt(provider.id, credential);
  const { request, original } = prepared;
  return provider.open({ request, original, model: route.model, credential, delivery, signal, trace, via });
}

/** Nobody can replace the token of a guest session. */
function explained(error: ChatError, { route, credential }: Attempt): ChatError {
  const general = new ChatError('upstream_auth_failed', '').hint;
  if (credential?.kind !== 'guest' || error.code !== 'upstream_auth_failed' || error.hint !== general) return error;
  const { name } = route.source.provider;
  return new ChatError(error.code, `${name} no longer accepts this guest session.`, {
    hint: 'Try again with a new one, or add a token of your own in Traygate.',
    ...(error.upstream && { upstream: error.upstream }),
    cause: error,
  });
}
