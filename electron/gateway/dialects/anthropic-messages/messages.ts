import type { Notice } from '../../../../shared/notice.ts';
import type { Message, Part } from '../../chat/request.ts';
import { present } from '../shared/present.ts';
import { type Block, blocksOf, shownPart, shownParts, thinkingPart } from './parts.ts';
import type { Body, MessageBody } from './schema.ts';

/** The line Claude Code begins its system prompt with, meant for Anthropic's billing and changing with every request. */
const billing = /^x-anthropic-billing-header:[^\n]*\n?/;

function systemParts(body: Body, warnings: Notice[]): Part[] {
  const [first, ...rest] = shownParts(body.system, 'system', warnings);
  if (first?.type !== 'text') return first ? [first, ...rest] : [];
  const text = first.text.replace(billing, '');
  return text === '' ? rest : [{ type: 'text', text }, ...rest];
}

/**
 * The messages of one body in canonical order. A user turn that mixes results and text is taken apart, because everywhere else
 * each result is a message of its own. Remembers the calls: results name them by id only.
 */
class MessageDecoder {
  readonly #names = new Map<string, string>();
  readonly #warnings: Notice[];

  constructor(warnings: Notice[]) {
    this.#warnings = warnings;
  }

  decode({ role, content }: MessageBody, place: number): Message[] {
    const messages: Message[] = [];
    let parts: Part[] = [];
    const flush = (): void => {
      if (parts.length > 0) messages.push({ role, content: parts });
      parts = [];
    };
    for (const [block, name] of blocksOf(content, `messages[${place}].content`, this.#warnings)) {
      if (block.type !== 'tool_result') {
        parts.push(...this.#parts(block, name));
        continue;
      }
      flush();
      messages.push(this.#result(block, name));
    }
    flush();
    return messages.length > 0 ? messages : [{ role, content: [] }];
  }

  #parts(block: Exclude<Block, { type: 'tool_result' }>, name: string): Part[] {
    if (block.type === 'thinking') return [thinkingPart(block)];
    if (block.type !== 'tool_use') return shownPart(block, name, this.#warnings) ?? [];
    this.#names.set(block.id, block.name);
    const args = typeof block.input === 'string' ? block.input : JSON.stringify(block.input ?? {});
    return [{ type: 'tool-call', id: block.id, name: block.name, arguments: args }];
  }

  #result(block: Extract<Block, { type: 'tool_result' }>, name: string): Message {
    const result = present({
      type: 'tool-result' as const,
      id: block.tool_use_id,
      name: this.#names.get(block.tool_use_id),
      content: shownParts(block.content, `${name}.content`, this.#warnings),
      isError: block.is_error ?? false,
    });
    return { role: 'tool', content: [result] };
  }
}

/** The top-level `system`, then every message where it stands, also a system message at the end. */
export function decodeMessages(body: Body, warnings: Notice[]): Message[] {
  const system = systemParts(body, warnings);
  const decoder = new MessageDecoder(warnings);
  return [
    ...(system.length > 0 ? [{ role: 'system' as const, content: system }] : []),
    ...body.messages.flatMap((message, place) => decoder.decode(message, place)),
  ];
}
