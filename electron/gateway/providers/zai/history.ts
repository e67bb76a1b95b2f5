import {
  lastUserText,
  textOf,
  type ImagePart,
  type Message,
  type Part,
  type ToolCallPart,
  type ToolResultPart,
} from '../../chat/request.ts';

/**
 * Conversations in the words the web chat understands (README: Conversations): it has no tool roles, so calls and results are
 * written into the text as blocks.
 */

export interface UpstreamMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string | readonly UpstreamPart[];
}

export type UpstreamPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string } };

/** The text that is signed: the last the user wrote, before tool results are rewritten as user messages. */
export const signaturePrompt = lastUserText;

const ownTags =
  'tool_execution_result|tool_name|tool_arguments|tool_output|function_calls|function_call|name|args_json';
const closers = {
  result: /<\/(?=\s*(?:tool_execution_result|tool_name|tool_arguments|tool_output)\s*>)/gi,
  call: new RegExp(`</(?=\\s*(?:${ownTags})\\s*>)`, 'gi'),
};

/** Keeps inserted text from closing the block it stands in and speaking in another role's name. */
const contained = (text: string, block: keyof typeof closers): string => text.replace(closers[block], '<\\/');

function callBlock(calls: readonly ToolCallPart[]): string {
  const blocks = calls.map(
    (call) =>
      `<function_call>\n<name>${contained(call.name, 'call')}</name>\n<args_json>${contained(call.arguments, 'call')}</args_json>\n</function_call>`,
  );
  return `<function_calls>\n${blocks.join('\n')}\n</function_calls>`;
}

function resultBlock(result: ToolResultPart, call: ToolCallPart | undefined, name: string | undefined): string {
  const lines = [
    `<tool_name>${contained(call?.name ?? result.name ?? name ?? 'unknown_tool', 'result')}</tool_name>`,
    `<tool_arguments>${contained(call?.arguments || '{}', 'result')}</tool_arguments>`,
    `<tool_output>${contained(textOf(result.content, ' '), 'result')}</tool_output>`,
  ];
  return `<tool_execution_result>\n${lines.join('\n')}\n</tool_execution_result>`;
}

const isImage = (part: Part): part is ImagePart => part.type === 'image';
const isCall = (part: Part): part is ToolCallPart => part.type === 'tool-call';
const isResult = (part: Part): part is ToolResultPart => part.type === 'tool-result';

/** Text first, then the images: the order the page sends them in. Nothing at all makes no message. */
function message(
  role: UpstreamMessage['role'],
  text: string | undefined,
  images: readonly ImagePart[],
): UpstreamMessage[] {
  if (images.length === 0) return text === undefined ? [] : [{ role, content: text }];
  const pictures = images.map(({ url }) => ({ type: 'image_url' as const, image_url: { url } }));
  const written = text?.trim() ? [{ type: 'text' as const, text: text.trim() }] : [];
  return [{ role, content: [...written, ...pictures] }];
}

/** The words of a message; undefined when it has no text part at all, which is not the same as an empty one. */
function words(parts: readonly Part[]): string | undefined {
  return parts.some((part) => part.type === 'text') ? textOf(parts) : undefined;
}

function rewritten(source: Message, calls: ReadonlyMap<string, ToolCallPart>): UpstreamMessage[] {
  const { role, content, name } = source;
  if (role === 'system' || role === 'developer') return message('system', words(content), []);
  const images = content.filter(isImage);
  if (role === 'assistant') {
    const made = content.filter(isCall);
    const block = made.length > 0 ? [callBlock(made)] : [];
    const said = words(content);
    return message('assistant', block.length > 0 ? [said, ...block].filter(Boolean).join('\n') : said, images);
  }
  const results = content.filter(isResult).flatMap((result) => {
    return message(
      'user',
      resultBlock(result, calls.get(result.id), name),
      result.content.filter((part) => part.type === 'image'),
    );
  });
  return [...results, ...message('user', words(content), images)];
}

/** The whole history; images still carry the client's URL. */
export function upstreamMessages(messages: readonly Message[]): UpstreamMessage[] {
  const calls = new Map(
    messages.flatMap(({ content }) => content.filter(isCall).map((call) => [call.id, call] as const)),
  );
  return messages.flatMap((source) => rewritten(source, calls));
}

/** The same history with each image URL replaced. */
export function withImages(messages: readonly UpstreamMessage[], urls: ReadonlyMap<string, string>): UpstreamMessage[] {
  const replaced = (part: UpstreamPart): UpstreamPart =>
    part.type === 'image_url'
      ? { ...part, image_url: { url: urls.get(part.image_url.url) ?? part.image_url.url } }
      : part;
  return messages.map((item) =>
    typeof item.content === 'string' ? item : { ...item, content: item.content.map(replaced) },
  );
}

/** Every image URL of the history, once, in order. */
export function imageUrls(messages: readonly UpstreamMessage[]): string[] {
  const urls = messages
    .flatMap(({ content }) => (typeof content === 'string' ? [] : content))
    .flatMap((part) => (part.type === 'image_url' ? [part.image_url.url] : []));
  return [...new Set(urls)];
}
