import type { ChatError } from '../../../chat/errors.ts';
import type { ChatEvent } from '../../../chat/events.ts';
import type { NetworkResponse } from '../../../network/network.ts';
import { poured } from '../../pour.ts';
import type { ChatEvents, StreamParser, TakeEvents } from '../../provider.ts';
import { cancelled } from './transport.ts';

/** A parser that knows when its answer is over and what to make of a body that breaks. */
export interface AnswerParser extends StreamParser {
  /** Whether the last event, finish or error, has been handed out. */
  readonly over: boolean;
  /** The body broke: what was held back, and how the answer ends with that. */
  fail(error: ChatError): ChatEvent[];
}

/**
 * The batches of an answer, one per read of its body. Ends with the ChatError the parser ends with; what breaks the pouring
 * off closes the upstream, and a complete answer leaves its connection to the next request.
 */
export function answerOf(response: NetworkResponse, parser: AnswerParser, signal: AbortSignal): ChatEvents {
  return poured(async (take) => {
    let complete = false;
    try {
      const error = await readAnswer(response, parser, take, signal);
      if (error) throw error;
      complete = true;
    } finally {
      if (complete) response.drain();
      else response.close();
    }
  });
}

/** One body through a parser; the error it ends with, or undefined when it finished. Leaves the connection open. */
export async function readAnswer(
  response: NetworkResponse,
  parser: AnswerParser,
  take: TakeEvents,
  signal: AbortSignal,
): Promise<ChatError | undefined> {
  let error: ChatError | undefined;
  const hand: TakeEvents = (batch) => {
    const last = batch.at(-1);
    if (last?.type === 'error') error = last.error;
    const events = last?.type === 'error' ? batch.slice(0, -1) : batch;
    return events.length > 0 ? take(events) : undefined;
  };
  const broken = await response.read((bytes) => {
    const room = hand(parser.push(bytes));
    return room ? room.then(() => parser.over) : parser.over;
  });
  if (parser.over) return error;
  if (broken && signal.aborted) throw cancelled();
  await hand(broken ? parser.fail(broken) : parser.end());
  return error;
}
