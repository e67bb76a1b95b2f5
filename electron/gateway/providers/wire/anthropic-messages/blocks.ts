import { ChatError } from '../../../chat/errors.ts';
import { isOwnSignature } from '../../../chat/own-signature.ts';
import { writeJson } from '../../../chat/json/node.ts';
import { readWhole } from '../../../chat/json/read.ts';
import type { ImagePart, Part, ReasoningPart, TextPart, ToolResultPart } from '../../../chat/request.ts';
import type { Target } from './traits.ts';

/** One content block as it is sent. */
export type Block = Readonly<Record<string, unknown>> & { readonly type: string };

/** Blank text is refused by the API, so it is left out. */
export const textBlocks = (text: string): Block[] => (text.trim() === '' ? [] : [{ type: 'text', text }]);

const dataUrl = /^data:([^;,]*)((?:;[^;,]*)*),/i;

/** `data:` URLs carry their bytes; every other address is for the service to fetch, where it does. */
export function imageBlocks({ url }: ImagePart, target: Target): Block[] {
  const { traits, model, warn } = target;
  if (!traits.images) throw new ChatError('images_not_supported', `${model.id} does not accept images.`);
  const head = dataUrl.exec(url);
  if (!head) {
    if (!traits.imageAddresses) warn({ code: 'image_by_address', provider: model.provider });
    return [{ type: 'image', source: { type: 'url', url } }];
  }
  const rest = url.slice(head[0].length);
  const data = /;base64$/i.test(head[2] ?? '') ? rest : Buffer.from(decoded(rest), 'latin1').toString('base64');
  const media = (head[1] ?? '').toLowerCase().replace('image/jpg', 'image/jpeg') || 'image/png';
  return [{ type: 'image', source: { type: 'base64', media_type: media, data } }];
}

/** Percent signs as bytes, one character each. */
const decoded = (text: string): string =>
  text.replaceAll(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** Ids of other services may hold characters that this API refuses; both sides of a call change alike. */
const idOf = (id: string): string => id.replaceAll(/[^\w-]/g, '_') || 'toolu_0';

/** The arguments as an object: exact where they are JSON, mended where they nearly are, empty otherwise. */
function inputOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    const node = readWhole(text.trim())?.node;
    if (node?.kind === 'object') return JSON.parse(writeJson(node));
  }
  return {};
}

function thinkingBlocks({ text, signature = '' }: ReasoningPart, { traits, model, warn }: Target): Block[] {
  const own = signature === '' || isOwnSignature(signature);
  if (!own) return [{ type: 'thinking', thinking: text, signature }];
  if (text.trim() === '') return [];
  if (traits.unsignedThinking) return [{ type: 'thinking', thinking: text, signature: '' }];
  warn({ code: 'thinking_unsigned', provider: model.provider });
  return [];
}

function resultBlock({ id, content, isError }: ToolResultPart, target: Target): Block {
  const plain = content.every((part): part is TextPart => part.type === 'text');
  return {
    type: 'tool_result',
    tool_use_id: idOf(id),
    content: plain
      ? content.map(({ text }) => text).join('\n')
      : content.flatMap((part) => (part.type === 'text' ? textBlocks(part.text) : imageBlocks(part, target))),
    ...(isError && { is_error: true }),
  };
}

/** The blocks of one part in a turn of this role; what cannot stand there is left out with a notice. */
export function blocksOf(part: Part, role: 'user' | 'assistant', target: Target): Block[] {
  if (part.type === 'text') return textBlocks(part.text);
  if (part.type === 'image' && role === 'user') return imageBlocks(part, target);
  if (part.type === 'tool-result' && role === 'user') return [resultBlock(part, target)];
  if (part.type === 'reasoning' && role === 'assistant') return thinkingBlocks(part, target);
  if (part.type === 'tool-call' && role === 'assistant') {
    const { id, name, arguments: text } = part;
    return [{ type: 'tool_use', id: idOf(id), name, input: inputOf(text) }];
  }
  target.warn({ code: 'part_ignored', part: role, type: part.type });
  return [];
}
