import { ChatError } from '../../../chat/errors.ts';
import type { ChatEvent } from '../../../chat/events.ts';
import { isRecord, listIn, parseJson, textIn } from '../shared/json.ts';
import { Answer } from './answer.ts';
import type { Source } from './source.ts';

/** The events of a reply that came whole. Throws ChatError for an error with status 200 and for anything that is no message. */
export function readReply(text: string, source: Source): ChatEvent[] {
  const body = parseJson(text);
  const content = isRecord(body) ? listIn(body, 'content') : undefined;
  if (!isRecord(body) || !content) {
    if (isRecord(body) && (body['error'] !== undefined || body['type'] === 'error' || body['code'] !== undefined))
      throw source.failure(body);
    throw new ChatError('upstream_protocol', 'The provider sent something else than an answer.');
  }
  const answer = new Answer(source);
  const blocks = content.filter(isRecord);
  const parts = blocks.flatMap((block, index) => answer.begin(index, block).concat(answer.end(index)));
  answer.stopReason = textIn(body, 'stop_reason') ?? 'end_turn';
  const usage = answer.usage(body['usage'], true);
  const verbatim: ChatEvent[] = source.verbatim ? [{ type: 'verbatim', text }] : [];
  return [...parts, ...usage, ...verbatim, ...answer.finish()];
}
