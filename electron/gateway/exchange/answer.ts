import type { ModelInfo } from '../../../shared/model.ts';
import type { DecisionCode } from '../../../shared/notice.ts';
import { ChatError, toChatError } from '../chat/errors.ts';
import { type ChatEvent, isContent } from '../chat/events.ts';
import type { ChatRequest } from '../chat/request.ts';
import type { Reshape } from '../chat/reshape.ts';
import { nativeCalls } from '../chat/tools/native-calls.ts';
import type { Lease, LeaseWish, Pool } from '../pool/pool.ts';
import { pour } from '../providers/pour.ts';
import type { ChatEvents, Original, Provider, TakeEvents } from '../providers/provider.ts';
import type { ExchangeRecorder } from './recorder.ts';
import { Way } from './way.ts';

/** A provider together with the pool it draws from; `pool` is null when it needs no credential. */
export interface Source {
  readonly provider: Provider;
  readonly pool: Pool | null;
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
  /** Which credentials will do; any without. */
  readonly lease?: LeaseWish | undefined;
}

const maxAttempts = 3;

/**
 * The canonical answer to a request: leases, opens, fails over while nothing has been shown, to another credential and then
 * to the next route, and hands the provider's batches to `take`, in the same turn of the event loop in which their bytes
 * arrive. Throws ChatError; a stream that ends without `finish` is one. What `take` throws closes the upstream and gives the
 * credential back.
 */
export async function answer(routes: Routes, asked: AnswerRequest, take: TakeEvents): Promise<void> {
  const way = new Way(routes, asked);
  for (let attempt = 1; ; attempt++) {
    const { route, lease } = await way.next();
    const prepared = route.prepare();
    const progress = new Progress();
    try {
      await pour(await open(route, prepared, asked, lease), deliver(prepared, asked, progress, take));
      if (!progress.finished) throw new ChatError('upstream_truncated', 'The answer ended without its end mark.');
      lease?.succeed();
      return;
    } catch (thrown) {
      const error = asked.signal.aborted ? cancelled(asked.signal) : toChatError(thrown);
      lease?.fail(error);
      const decision =
        progress.shown || asked.signal.aborted || attempt >= maxAttempts ? null : way.after(error, lease);
      asked.recorder.attemptFailed(error, decision ?? whyNot(progress.shown, error, attempt));
      if (!decision) throw error;
    } finally {
      // A lease that has ended ignores this.
      lease?.release();
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
  #held: ChatEvent[] | null = [];

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
    return ready;
  }
}

function open(route: Route, prepared: Prepared, asked: AnswerRequest, lease: Lease | null): Promise<ChatEvents> {
  const { provider } = route.source;
  const { delivery, signal, recorder, via } = asked;
  const credential = lease?.credential ?? null;
  recorder.resolved(route.model);
  const trace = recorder.attempt(provider.id, credential);
  const { request, original } = prepared;
  return provider.open({ request, original, model: route.model, credential, delivery, signal, trace, via });
}

function cancelled(signal: AbortSignal): ChatError {
  return signal.reason instanceof ChatError
    ? signal.reason
    : new ChatError('client_closed', 'The client closed the connection.');
}

function whyNot(shown: boolean, error: ChatError, attempt: number): DecisionCode {
  if (error.code === 'client_closed') return 'client_left';
  if (shown) return 'answer_begun';
  if (error.failover && attempt >= maxAttempts) return 'attempts_used';
  return 'same_failure';
}
