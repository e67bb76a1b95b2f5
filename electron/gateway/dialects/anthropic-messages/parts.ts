import { z } from 'zod';
import type { Notice } from '../../../../shared/notice.ts';
import type { ImagePart, Part, TextPart } from '../../chat/request.ts';
import { isObject } from '../shared/fields.ts';
import { present } from '../shared/present.ts';
import { invalidBody, invalidParameter } from '../shared/problem.ts';
import { type BlockBody, blockBody } from './schema.ts';
import { verify } from '../shared/signature.ts';

type Of<K extends BlockBody['type']> = Extract<BlockBody, { type: K }>;
export type Block = Exclude<BlockBody, { type: 'unknown' }>;

/** The blocks of a content, one by one, with their names for a client; kinds that are not known are left out with a warning. */
export function* blocksOf(content: unknown, name: string, warnings: Notice[]): Generator<[Block, string]> {
  if (typeof content === 'string') {
    if (content !== '') yield [{ type: 'text', text: content }, name];
    return;
  }
  for (const [place, raw] of (Array.isArray(content) ? content : []).entries()) {
    const block = checked(raw, `${name}[${place}]`);
    if (block.type === 'unknown')
      warnings.push({ code: 'part_ignored', part: `${name}[${place}]`, type: block.written });
    else yield [block, `${name}[${place}]`];
  }
}

function checked(raw: unknown, name: string): BlockBody {
  try {
    return blockBody(raw);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const { param, message } = invalidBody(error);
    throw invalidParameter(`${name}.${param}`, message.slice((param?.length ?? 0) + 1).replace(/\.$/, ''));
  }
}

export function imagePart({ source }: Of<'image'>): ImagePart {
  return {
    type: 'image',
    url: source.type === 'url' ? source.url : `data:${source.media_type};base64,${source.data}`,
  };
}

const titled = (heading: readonly (string | null | undefined)[], body: string): TextPart => ({
  type: 'text',
  text: [...heading.filter(Boolean), body].join('\n'),
});

/** A document that is text becomes text; no provider here reads PDF, and an answer that has not seen it would be worse than none. */
function documentParts(block: Of<'document'>, name: string, warnings: Notice[]): (TextPart | ImagePart)[] {
  const { source, title, context } = block;
  const { type, data, media_type: media } = source;
  if (type === 'text' && typeof data === 'string') return [titled([title, context], data)];
  if (type === 'base64' && typeof data === 'string' && typeof media === 'string' && media.startsWith('text/'))
    return [titled([title, context], Buffer.from(data, 'base64').toString())];
  if (type === 'content')
    return [
      ...(title || context ? [titled([title, context], '')] : []),
      ...shownParts(source['content'], `${name}.source.content`, warnings),
    ];
  throw invalidParameter(`${name}.source`, 'must be text: PDF and files are not supported');
}

function searchPart({ title, source, content }: Of<'search_result'>): TextPart {
  const texts = content.flatMap((entry) =>
    isObject(entry) && typeof entry['text'] === 'string' ? [entry['text']] : [],
  );
  return titled([title, source], texts.join('\n'));
}

/** The blocks that may stand in a tool's result as well as in a message; undefined for the others. */
export function shownPart(block: Block, name: string, warnings: Notice[]): (TextPart | ImagePart)[] | undefined {
  switch (block.type) {
    case 'text':
      return [{ type: 'text', text: block.text }];
    case 'image':
      return [imagePart(block)];
    case 'document':
      return documentParts(block, name, warnings);
    case 'search_result':
      return [searchPart(block)];
    case 'compaction':
      return block.content ? [{ type: 'text', text: block.content }] : [];
    case 'thinking':
    case 'tool_use':
    case 'tool_result':
    default:
      return undefined;
  }
}

export function shownParts(content: unknown, name: string, warnings: Notice[]): (TextPart | ImagePart)[] {
  return [...blocksOf(content, name, warnings)].flatMap(([block, at]) => shownPart(block, at, warnings) ?? []);
}

/** Empty thinking with a foreign signature has nothing to say to another provider, yet belongs to its own. */
export function thinkingPart(block: Of<'thinking'>): Part {
  return present({ type: 'reasoning' as const, ...verify(block.thinking, block.signature ?? '') });
}
