import type { ModelInfo } from '../../../shared/model.ts';
import type { DecisionCode } from '../../../shared/notice.ts';
import { ChatError, toChatError } from '../chat/errors.ts';
import { type ChatEvent, isContent } from '../chat/events.ts';
import type { ChatRequest } from '../chat/request.ts';
import type { Reshape } from '../chat/reshape.ts';
import { nativeCalls } from '../chat/tools/native-calls.ts';
import type { Lease, Pool } from '../pool/pool.ts';
import { pour } from '../providers/pour.ts';
import type { ChatEvents, Original, Provider, TakeEvents } from '../providers/provider.ts';
import type { ExchangeRecorder } from './recorder.ts';

/** A provider together with the pool it draws from; `pool` is null when it needs no credential. */
export interface Source {
  readonly provider: Provider;
  readonly pool: Pool | null;
}

export interface AnswerRequest {
  readonly request: ChatRequest;
  /** The client's own body, while a provider of its dialect may have it. */
  readonly original?: Original | undefined;
  readonly model: ModelInfo;
  readonly delivery: 'stream' | 'whole';
  readonly signal: AbortSignal;
  readonly recorder: ExchangeRecorder;
  /** Makes what changes the batches of one attempt; without it they are handed on as they are. */
  readonly reshape?: (() => Reshape) | undefined;
}

const maxAttempts = 3;

/**
 * The canonical answer to a request: leases, opens, fails over while nothing has been shown, and hands the provider's
 * batches to `take`, in the same turn of the event loop in which their bytes arrive. Throws ChatError; a stream that ends
 * without `finish` is one. What `take` throws closes the upstream and gives the credential back.
 */
export async function answer(source: Source, asked: AnswerRequest, take: TakeEvents): Promise<void> {
  const tried = new Set<string>();
  for (let attempt = 1; ; attempt++) {
    const lease = source.pool ? await leaseFrom(source.pool, tried, asked, attempt) : null;
    const progress = new Progress();
    try {
      await pour(await open(source.provider, asked, lease), deliver(asked, progress, take));
      if (!progress.finished) throw new ChatError('upstream_truncated', 'The answer ended without its end mark.');
      lease?.succeed();
      return;
    } catch (thrown) {
      const error = asked.signal.aborted ? cancelled(asked.signal) : toChatError(thrown);
      lease?.fail(error);
      if (lease) tried.add(lease.credential.id);
      const again = !progress.shown && error.failover && source.pool !== null && attempt < maxAttempts;
      asked.recorder.attemptFailed(error, decision(again, progress.shown, error, attempt));
      if (!again) throw error;
    } finally {
      // A lease that has ended ignores this.
      lease?.release();
    }
  }
}

/** The way of one attempt's batches to the client. */
function deliver(asked: AnswerRequest, progress: Progress, take: TakeEvents): TakeEvents {
  const { recorder, delivery, reshape } = asked;
  const calls = nativeCalls(delivery, (notice) => recorder.warn(notice));
  const change = reshape?.();
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

function open(provider: Provider, asked: AnswerRequest, lease: Lease | null): Promise<ChatEvents> {
  const { request, original, model, delivery, signal, recorder } = asked;
  const credential = lease?.credential ?? null;
  const trace = recorder.attempt(provider.id, credential);
  return provider.open({ request, original, model, credential, delivery, signal, trace });
}

async function leaseFrom(
  pool: Pool,
  tried: ReadonlySet<string>,
  asked: AnswerRequest,
  attempt: number,
): Promise<Lease> {
  try {
    return await pool.lease(tried, asked.signal);
  } catch (error) {
    const last = asked.recorder.lastFailure;
    if (attempt === 1 || !last || asked.signal.aborted) throw error;
    // The client should hear why the attempt failed, not that nothing else was left to try.
    asked.recorder.decided('no_credential_left');
    throw last;
  }
}

function cancelled(signal: AbortSignal): ChatError {
  return signal.reason instanceof ChatError
    ? signal.reason
    : new ChatError('client_closed', 'The client closed the connection.');
}

function decision(again: boolean, shown: boolean, error: ChatError, attempt: number): DecisionCode {
  if (again) return 'next_credential';
  if (error.code === 'client_closed') return 'client_left';
  if (shown) return 'answer_begun';
  if (error.failover && attempt >= maxAttempts) return 'attempts_used';
  return 'same_failure';
}
