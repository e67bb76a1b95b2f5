import type { UploadedImage } from './files.ts';
import { withImages } from './history.ts';
import { localTime } from '../wire/web/local-time.ts';
import { toolSelector } from './model-table.ts';
import type { Setup } from './options.ts';
import type { Wish } from './wish.ts';

/** The bodies of completions and stored chats (README), field by field in the order the page sends them. */

export interface Ids {
  readonly chatId: string;
  /** The assistant message to come. */
  readonly messageId: string;
  readonly sessionId: string;
  /** The user message a stored chat begins with. */
  readonly userMessageId: string;
}

export interface Prepared {
  readonly wish: Wish;
  readonly files: readonly unknown[];
  /** Uploaded image by the client's URL. */
  readonly imageIds: ReadonlyMap<string, string>;
  readonly now: number;
}

const promptCopyLimit = 500;

const hiddenFeatures = [
  ...['vibe-coding', 'ppt-maker', 'image-search', 'deep-research'].map((server) => ['mcp', server] as const),
  ['tool_selector', 'tool_selector'] as const,
  ['mcp', 'advanced-search'] as const,
].map(([type, server]) => ({ type, server, status: 'hidden' }));

function variables({ timezone, locale }: Setup, now: number): Record<string, string> {
  const zone = timezone();
  const { date, time, weekday } = localTime(now, zone);
  return {
    '{{USER_NAME}}': 'Guest',
    '{{USER_LOCATION}}': 'Unknown',
    '{{CURRENT_DATETIME}}': `${date} ${time}`,
    '{{CURRENT_DATE}}': date,
    '{{CURRENT_TIME}}': time,
    '{{CURRENT_WEEKDAY}}': weekday,
    '{{CURRENT_TIMEZONE}}': zone,
    '{{USER_LANGUAGE}}': locale(),
  };
}

function features({ wish }: Prepared, inner: object): object {
  return {
    image_generation: false,
    web_search: wish.search,
    auto_web_search: wish.search,
    preview_mode: wish.model.previewMode,
    flags: [],
    ...inner,
    enable_thinking: wish.thinking,
    ...(wish.effort && { reasoning_effort: wish.effort }),
  };
}

function head({ wish, imageIds }: Prepared): object {
  return {
    stream: true,
    model: wish.model.upstreamId,
    messages: withImages(wish.messages, imageIds),
    signature_prompt: wish.prompt,
  };
}

/** For models that need no chat on the site; the chat id is invented. */
export function plainBody(setup: Setup, prepared: Prepared, ids: Ids): object {
  const { wish, files } = prepared;
  return {
    ...head(prepared),
    files,
    params: wish.params,
    extra: {},
    features: features(prepared, { features: hiddenFeatures }),
    background_tasks: { title_generation: false, tags_generation: false },
    mcp_servers: wish.model.mcpServers,
    variables: variables(setup, prepared.now),
    model_item: { id: wish.model.upstreamId, name: wish.name, owned_by: setup.serviceName },
    chat_id: ids.chatId,
    id: ids.messageId,
    session_id: ids.sessionId,
    current_user_message_id: ids.messageId,
    current_user_message_parent_id: null,
    tools: wish.tools.length > 0 ? wish.tools : null,
    ...(wish.toolChoice !== undefined && { tool_choice: wish.toolChoice }),
  };
}

export function storedBody(setup: Setup, prepared: Prepared, ids: Ids): object {
  const { wish, files } = prepared;
  return {
    ...head(prepared),
    params: wish.params,
    extra: {},
    features: features(prepared, {}),
    variables: variables(setup, prepared.now),
    chat_id: ids.chatId,
    id: ids.messageId,
    current_user_message_id: ids.userMessageId,
    current_user_message_parent_id: null,
    background_tasks: { title_generation: true, tags_generation: true },
    ...(files.length > 0 && { files }),
    ...(wish.model.mcpServers.length > 0 && { mcp_servers: wish.model.mcpServers }),
    ...(wish.tools.length > 0 && { tools: wish.tools }),
    ...(wish.toolChoice !== undefined && { tool_choice: wish.toolChoice }),
  };
}

/** The first 500 characters, counted as the page counts them; only this copy of the prompt is cut. */
function promptCopy(prompt: string): string {
  if (prompt.length <= promptCopyLimit) return prompt;
  const points = Array.from(prompt.slice(0, 2 * promptCopyLimit + 2));
  return points.length > promptCopyLimit ? `${points.slice(0, promptCopyLimit).join('')}...` : prompt;
}

/** The chat to create before a completion in it. */
export function chatBody(setup: Setup, { wish, files, now }: Prepared, userMessageId: string): object {
  const message = {
    id: userMessageId,
    parentId: null,
    childrenIds: [],
    role: 'user',
    content: promptCopy(wish.prompt),
    ...(files.length > 0 && { files }),
    timestamp: Math.floor(now / 1000),
    models: [wish.model.upstreamId],
  };
  return {
    id: '',
    title: setup.locale().startsWith('zh') ? '新聊天' : 'New Chat',
    models: [wish.model.upstreamId],
    params: {},
    history: { messages: { [userMessageId]: message }, currentId: userMessageId },
    tags: [],
    flags: [],
    features: wish.model.chatFeatures.length > 0 ? wish.model.chatFeatures : toolSelector,
    mcp_servers: wish.model.mcpServers,
    enable_thinking: wish.thinking,
    auto_web_search: wish.search,
    message_version: 1,
    extra: {},
    timestamp: now,
  };
}

/** How a request refers to an uploaded image. */
export function fileEntry(
  image: UploadedImage,
  userId: string,
  now: number,
  userMessageId: string | undefined,
): object {
  const { id, filename, contentType, size, itemId } = image;
  const seconds = Math.floor(now / 1000);
  return {
    type: 'image',
    file: {
      id,
      user_id: userId,
      hash: null,
      filename,
      data: {},
      meta: { name: filename, content_type: contentType, size, data: {} },
      created_at: seconds,
      updated_at: seconds,
    },
    id,
    url: `/api/v1/files/${id}/content`,
    name: filename,
    status: 'uploaded',
    size,
    error: '',
    itemId,
    media: 'image',
    ...(userMessageId !== undefined && { ref_user_msg_id: userMessageId }),
  };
}
