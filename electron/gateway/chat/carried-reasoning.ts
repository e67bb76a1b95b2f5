import type { ModelInfo } from '../../../shared/model.ts';
import type { Notice } from '../../../shared/notice.ts';
import type { ChatRequest, Part } from './request.ts';

export interface ReasoningOptions {
  readonly model: Pick<ModelInfo, 'earlierReasoning'>;
  readonly warn: (notice: Notice) => void;
}

/**
 * The thinking of earlier answers, as far as the model's provider takes it (`ModelInfo.earlierReasoning`). What another service
 * has signed means nothing to a provider that does not sign itself; thinking that is nothing but such a signature is lost.
 * A request in which nothing has to change is returned as it is.
 */
export function carriedReasoning(
  request: ChatRequest,
  { model: { earlierReasoning: taken }, warn }: ReasoningOptions,
): ChatRequest {
  if (taken === 'signed' || taken === undefined) return request;
  const isTaken = (part: Part): boolean =>
    part.type !== 'reasoning' || (taken === 'text' && part.text !== '' && part.signature === undefined);
  const carried = (part: Part): Part[] => {
    if (part.type !== 'reasoning' || isTaken(part)) return [part];
    if (part.signature !== undefined) warn({ code: 'reasoning_signed' });
    return taken === 'text' && part.text !== '' ? [{ type: 'reasoning', text: part.text }] : [];
  };
  if (request.messages.every(({ content }) => content.every(isTaken))) return request;
  const messages = request.messages.map((message) => ({ ...message, content: message.content.flatMap(carried) }));
  return { ...request, messages };
}
