import type { ModelInfo } from '../../../../shared/model.ts';
import type { Notice } from '../../../../shared/notice.ts';
import { ChatError } from '../../chat/errors.ts';
import type { ChatRequest } from '../../chat/request.ts';
import { injectTools } from '../../chat/tools/inject.ts';
import { encodeRequest } from '../wire/openai-chat/request.ts';
import { traitsOf, type KnownTraits } from '../wire/openai-chat/traits.ts';
import { isRecord, listIn, type Json } from '../wire/shared/json.ts';
import { localTime } from '../wire/web/local-time.ts';
import type { Setup } from './options.ts';

/** What the site takes of a request; the rest is left out with a notice. */
const traits: KnownTraits = {
  system: 'user',
  content: 'text',
  images: false,
  stops: 0,
  tools: false,
  formats: [],
  thinking: ['effort'],
  thinkingOff: false,
  efforts: {},
  user: null,
  refuses: ['top_p', 'seed', 'presence_penalty', 'frequency_penalty', 'stream_options', 'name'],
};

/** A request in the site's terms. */
export interface Wish {
  readonly model: ModelInfo;
  readonly messages: readonly Json[];
  readonly params: Json;
}

const isTool = ({ content }: ChatRequest['messages'][number]): boolean =>
  content.some(({ type }) => type === 'tool-call' || type === 'tool-result');

/**
 * What the client asks for, as far as the site can do it. Throws ChatError for images, and for a conversation in which nobody
 * has said anything.
 */
export function wishOf(
  request: ChatRequest,
  model: ModelInfo,
  uuid: () => string,
  warn: (notice: Notice) => void,
): Wish {
  // Where tools were not injected, earlier calls and results would be lost: the site has no roles for them.
  const told = request.messages.some(isTool) ? injectTools({ ...request, tools: [] }, uuid).messages : request.messages;
  const target = { model, traits: traitsOf(model.upstreamId, traits), warn };
  const body = encodeRequest({ ...request, messages: told }, target);
  const messages = (listIn(body, 'messages') ?? []).filter(isRecord);
  if (!messages.some(({ role }) => role === 'user'))
    throw new ChatError('invalid_parameter', 'K2 Think needs a message of the user.', { param: 'messages' });
  const { temperature, max_tokens: limit } = body;
  return {
    model,
    messages,
    params: { ...(temperature !== undefined && { temperature }), ...(limit !== undefined && { max_tokens: limit }) },
  };
}

const head = ({ model, messages, params }: Wish) => ({ stream: true, model: model.upstreamId, messages, params });

/** The chat a guest's completion stands in; it begins with what the user has said last. */
export function guestChat({ model, messages }: Wish, { uuid, clock }: Setup): object {
  const [id, now, models] = [uuid(), clock(), [model.upstreamId]];
  const content = messages.findLast(({ role }) => role === 'user')?.['content'] ?? '';
  const timestamp = Math.floor(now / 1000);
  const message = { id, parentId: null, childrenIds: [], role: 'user', content, timestamp, models };
  const history = { messages: { [id]: message }, currentId: id };
  const chat = {
    id: '',
    title: 'Guest Chat',
    models,
    params: {},
    history,
    messages: [message],
    tags: [],
    timestamp: now,
  };
  return { chat };
}

export const guestBody = (wish: Wish, conversation: string): object => ({
  ...head(wish),
  conversation_id: conversation,
});

function variables({ clock, timezone, locale }: Setup): object {
  const zone = timezone();
  const { date, time, weekday } = localTime(clock(), zone);
  return {
    '{{USER_NAME}}': 'User',
    '{{USER_LOCATION}}': 'Unknown',
    '{{CURRENT_DATETIME}}': `${date} ${time}`,
    '{{CURRENT_DATE}}': date,
    '{{CURRENT_TIME}}': time,
    '{{CURRENT_WEEKDAY}}': weekday,
    '{{CURRENT_TIMEZONE}}': zone,
    '{{USER_LANGUAGE}}': locale(),
  };
}

export function accountBody(wish: Wish, setup: Setup, chatId: string): object {
  const id = wish.model.upstreamId;
  const [, name = id] = /([^/]+)$/.exec(id) ?? [];
  return {
    ...head(wish),
    tool_servers: [],
    features: { image_generation: false, code_interpreter: false, web_search: false },
    variables: variables(setup),
    model_item: {
      id,
      object: 'model',
      owned_by: 'MBZUAI',
      root: 'mbzuai-k2-think-2508',
      parent: null,
      status: 'active',
      connection_type: 'external',
      name,
    },
    background_tasks: { title_generation: true, tags_generation: true },
    chat_id: chatId,
    id: setup.uuid(),
    session_id: setup.uuid(),
  };
}
