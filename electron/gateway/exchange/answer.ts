import type { ModelInfo } from '../../../shared/model.ts';
import { ChatError, toChatError } from '../chat/errors.ts';
import { type ChatEvent, isContent } from '../chat/events.ts';
import type { ChatRequest } from '../chat/request.ts';
import type { Lease, Pool } from '../pool/pool.ts';
import type { Provider } from '../providers/provider.ts';
import type { ExchangeRecorder } from './recorder.ts';

/** A provider together with the pool it draws from; `pool` is null when it needs no credential. */
export interface Source {
  readonly provider: Provider;
  readonly pool: Pool | null;
}

export interface AnswerRequest {
  readonly request: ChatRequest;
  readonly model: ModelInfo;
  readonly delivery: 'stream' | 'whole';
  readonly signal: AbortSignal;
  readonly recorder: ExchangeRecorder;
}

const maxAttempts = 3;

/**
 * The canonical answer to a request: leases, opens, fails over while nothing has been shown, and then hands on the
 * provider's batches as they are. Throws ChatError; a stream that ends without `finish` is one. Leaving it early closes
 * the upstream and gives the credential back.
 */
export async function* answer(
  source: Source,
  asked: AnswerRequest,
): AsyncGenerator<readonly ChatEvent[], void, undefined> {
  const tried = new Set<string>();
  for (let attempt = 1; ; attempt++) {
    const lease = source.pool ? await leaseFrom(source.pool, tried, asked, attempt) : null;
    let shown = false;
    let finished = false;
    try {
      for await (const batch of open(source.provider, asked, lease)) {
        shown ||= batch.some(isContent);
        finished ||= batch.some((event) => event.type === 'finish');
        const failed = batch.find((event) => event.type === 'error');
        if (failed) throw failed.error;
        asked.recorder.events(batch);
        yield batch;
      }
      if (!finished) throw new ChatError('upstream_truncated', 'The answer ended without its end mark.');
      lease?.succeed();
      return;
    } catch (thrown) {
      const error = asked.signal.aborted ? cancelled(asked.signal) : toChatError(thrown);
      lease?.fail(error);
      if (lease) tried.add(lease.credential.id);
      const again = !shown && error.failover && source.pool !== null && attempt < maxAttempts;
      asked.recorder.attemptFailed(error, decision(again, shown, error, attempt));
      if (!again) throw error;
    } finally {
      // Reached without a verdict when the consumer leaves; a lease that has ended ignores this.
      lease?.release();
    }
  }
}

/**
 * One attempt's batches. What comes before the first content (usage, citations) is held back with it, so that a failed
 * attempt leaves no trace in the answer.
 */
async function* open(
  provider: Provider,
  asked: AnswerRequest,
  lease: Lease | null,
): AsyncGenerator<readonly ChatEvent[], void, undefined> {
  const { request, model, delivery, signal, recorder } = asked;
  const trace = recorder.attempt(provider.id, lease?.credential ?? null);
  const events = await provider.open({
    request,
    model,
    credential: lease?.credential ?? null,
    delivery,
    signal,
    trace,
  });
  let held: ChatEvent[] | null = [];
  for await (const batch of events) {
    if (batch.length === 0) continue;
    recorder.firstEvent();
    if (held) {
      held.push(...batch);
      if (!batch.some((event) => isContent(event) || event.type === 'finish' || event.type === 'error')) continue;
      yield held;
      held = null;
    } else {
      yield batch;
    }
  }
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
    asked.recorder.decided('Not repeated: no other credential was left to try.');
    throw last;
  }
}

function cancelled(signal: AbortSignal): ChatError {
  return signal.reason instanceof ChatError
    ? signal.reason
    : new ChatError('client_closed', 'The client closed the connection.');
}

function decision(again: boolean, shown: boolean, error: ChatError, attempt: number): string {
  if (again) return 'Tried the next credential: nothing had been sent to the client.';
  if (error.code === 'client_closed') return 'Stopped: the client left.';
  if (shown) return 'Not repeated: part of the answer had been sent to the client.';
  if (error.failover && attempt >= maxAttempts) return `Not repeated: ${maxAttempts} attempts were made.`;
  return 'Not repeated: another credential would fail in the same way.';
}
