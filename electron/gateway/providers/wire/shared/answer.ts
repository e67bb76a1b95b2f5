import type { ChatError } from '../../../chat/errors.ts';
import type { ChatEvent } from '../../../chat/events.ts';
import { toBodyError } from '../../../network/errors.ts';
import type { NetworkResponse } from '../../../network/network.ts';
import type { StreamParser } from '../../provider.ts';
import { cancelled, discard, drain } from './transport.ts';

/** A parser that knows when its answer is over and what to make of a body that breaks. */
export interface AnswerParser extends StreamParser {
  /** Whether the last event, finish or error, has been handed out. */
  readonly over: boolean;
  /** The body broke: what was held back, and how the answer ends with that. */
  fail(error: ChatError): ChatEvent[];
}

/**
 * The batches of an answer, one per chunk of its body. Throws the ChatError it ends with; leaving the loop closes the
 * upstream, and a complete answer leaves its connection to the next request.
 */
export async function* answerOf(
  response: NetworkResponse,
  parser: AnswerParser,
  host: string,
  signal: AbortSignal,
): AsyncGenerator<readonly ChatEvent[], void, undefined> {
  let complete = false;
  try {
    for await (const batch of batchesOf(response, parser, host, signal)) {
      const last = batch.at(-1);
      complete = last?.type === 'finish';
      const events = last?.type === 'error' ? batch.slice(0, -1) : batch;
      if (events.length > 0) yield events;
      if (last?.type === 'error') throw last.error;
      if (complete) return;
    }
  } finally {
    if (complete) drain(response.body);
    else discard(response.body);
  }
}

async function* batchesOf(
  { body }: NetworkResponse,
  parser: AnswerParser,
  host: string,
  signal: AbortSignal,
): AsyncGenerator<readonly ChatEvent[], void, undefined> {
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      const events = parser.push(chunk);
      if (events.length > 0) yield events;
      if (parser.over) return;
    }
  } catch (error) {
    if (signal.aborted) throw cancelled();
    yield parser.fail(toBodyError(error, host));
    return;
  }
  yield parser.end();
}
