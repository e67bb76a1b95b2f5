import type { ChatRequest } from '../../../chat/request.ts';
import { conversation } from './messages.ts';
import { samplingFields } from './sampling.ts';
import { ignored } from '../shared/target.ts';
import type { Target } from './traits.ts';
import { thinkingFields } from './thinking.ts';
import { toolFields } from './tools.ts';

/** The body of `POST /v1/messages`, always asked for as a stream. */
export function encodeRequest(request: ChatRequest, target: Target): Readonly<Record<string, unknown>> {
  const { system, turns } = conversation(request.messages, target);
  const thinking = thinkingFields(request, turns, target);
  const thinks = thinking.thinking !== undefined && thinking.thinking['type'] !== 'disabled';
  const { user, responseFormat, search } = request;
  if (user !== undefined && !target.traits.user) ignored(target, 'user');
  if (search) ignored(target, 'web_search');
  if (responseFormat.type !== 'text') target.warn({ code: 'format_not_enforced', provider: target.model.provider });
  return {
    model: target.model.upstreamId,
    ...(system !== '' && { system }),
    messages: turns,
    ...toolFields(request, target),
    ...samplingFields(request.sampling, thinks, target),
    ...thinking,
    ...(user !== undefined && target.traits.user && { metadata: { user_id: user } }),
    stream: true,
  };
}
