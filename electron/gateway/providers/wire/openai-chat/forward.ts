import type { ChatRequest } from '../../../chat/request.ts';
import type { Notice } from '../../../../../shared/notice.ts';
import { withoutDestinations } from '../shared/forward.ts';
import { isRecord } from '../shared/json.ts';
import { encodeRequest, type Body } from './request.ts';
import type { Target } from './traits.ts';

export interface Forwarded {
  readonly body: Body;
  /** Whether the client wants the chunk that holds nothing but usage. */
  readonly usageAsked: boolean;
}

/**
 * The client's own body with the service's name of the model, or undefined where the service would not take it as it is.
 * Usage is always asked for in a stream, because the record of the exchange needs it.
 */
export function forwardBody(
  original: Body,
  request: ChatRequest,
  target: Target,
  whole: boolean,
): Forwarded | undefined {
  const { traits, model } = target;
  if (!traits.forward || !suits(original, request, target)) return undefined;
  const options = isRecord(original['stream_options']) ? original['stream_options'] : {};
  const usage = !whole && !traits.refuses.includes('stream_options');
  return {
    body: {
      ...withoutDestinations(original, target),
      model: model.upstreamId,
      stream: !whole,
      ...(usage && { stream_options: { ...options, include_usage: true } }),
    },
    usageAsked: options['include_usage'] === true,
  };
}

/**
 * Whether the service takes this body: nothing in it would have to be changed or left out, and nothing be said in other
 * fields. Where only the common case is known, what the client has written is the better guess.
 */
function suits(original: Body, request: ChatRequest, target: Target): boolean {
  const { traits } = target;
  const known = traits.stated.has('thinking');
  const { thinking, ...rest } = request;
  const notices: Notice[] = [];
  const encoded = encodeRequest(known && thinking ? { ...rest, thinking } : rest, {
    ...target,
    warn: (notice) => notices.push(notice),
  });
  if (notices.length > 0 || traits.system === 'user') return false;
  const needed = [
    ...Object.keys(traits.extra),
    ...(known ? thinkingNames : []),
    ...(traits.stated.has('maxTokens') ? limitNames : []),
  ];
  if (needed.some((field) => field in encoded && !(field in original))) return false;
  return traits.content === 'parts' || plainContent(original['messages']);
}

const thinkingNames = ['reasoning_effort', 'thinking', 'enable_thinking', 'chat_template_kwargs', 'reasoning'];
const limitNames = ['max_tokens', 'max_completion_tokens'];

const plainContent = (messages: unknown): boolean =>
  Array.isArray(messages) && messages.every((message) => isRecord(message) && typeof message['content'] === 'string');
