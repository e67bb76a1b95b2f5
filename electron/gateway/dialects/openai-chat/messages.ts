import type { ImagePart, Message, Part, ReasoningPart, TextPart, ToolCallPart } from '../../chat/request.ts';
import { present } from '../shared/present.ts';
import { invalidParameter } from '../shared/problem.ts';
import { verify } from '../shared/signature.ts';
import type { FunctionCall, MessageBody, PartBody, ToolCall } from './schema.ts';

function contentPart(part: PartBody): Part {
  switch (part.type) {
    case 'text':
    case 'input_text':
    case 'output_text':
    case 'reasoning':
      return { type: part.type === 'reasoning' ? 'reasoning' : 'text', text: part.text };
    case 'refusal':
      return { type: 'text', text: part.refusal };
    case 'thinking':
      return reasoningPart(part.thinking, part.signature);
    case 'image_url':
    case 'input_image':
    default: {
      const image = part.image_url;
      return typeof image === 'string'
        ? { type: 'image', url: image }
        : present({ type: 'image' as const, url: image.url, detail: image.detail });
    }
  }
}

function contentParts(content: MessageBody['content']): Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }];
  return (content ?? []).map(contentPart);
}

const reasoningPart = (thinking: string, signature?: string | null): ReasoningPart =>
  present({ type: 'reasoning' as const, ...verify(thinking, signature ?? '') });

/** The model's earlier thinking, under whichever name the client kept it: the same text stands under several of them. */
function reasoningParts(message: MessageBody): Part[] {
  const { thinking, thinking_blocks: blocks = [], reasoning_details: details = [] } = message;
  const text = message.reasoning_content ?? message.reasoning ?? thinking?.content;
  if (text) return [reasoningPart(text, thinking?.signature)];
  if (blocks.length > 0) return blocks.map((block) => reasoningPart(block.thinking, block.signature));
  return details.flatMap((detail) => detail.text || detail.summary || []).map((words) => reasoningPart(words));
}

/** Clients send arguments as text, as an object, as nothing at all. */
function argumentsText(call: FunctionCall): string {
  return typeof call.arguments === 'string' ? call.arguments : call.arguments ? JSON.stringify(call.arguments) : '';
}

/** Turns the messages of one body, in order, into canonical ones. Remembers the calls, because results name them by id only. */
export class MessageDecoder {
  /** Tool call id → function name. */
  readonly #names = new Map<string, string>();
  /** Function name → id, for the old `function` role that answers by name. */
  readonly #lastCall = new Map<string, string>();

  decode(message: MessageBody, place: number): Message {
    if (message.role === 'tool' || message.role === 'function') return this.#result(message, place);
    const content = contentParts(message.content);
    if (message.role !== 'assistant') return present({ role: message.role, content, name: message.name });
    if (message.refusal) content.push({ type: 'text', text: message.refusal });
    const calls = (message.tool_calls ?? []).map((call, index) => this.#call(call, place, index));
    if (message.function_call)
      calls.push(this.#remember(`call_${place}`, message.function_call.name, argumentsText(message.function_call)));
    return present({
      role: message.role,
      content: [...reasoningParts(message), ...content, ...calls],
      name: message.name,
    });
  }

  #call(call: ToolCall, place: number, index: number): ToolCallPart {
    const id = call.id ?? `call_${place}_${index}`;
    if (call.function) return this.#remember(id, call.function.name, argumentsText(call.function));
    if (call.custom) return this.#remember(id, call.custom.name, JSON.stringify({ input: call.custom.input }));
    throw invalidParameter(
      `messages[${place}].tool_calls[${index}].function`,
      'is required and must be an object with name and arguments',
    );
  }

  #remember(id: string, name: string, args: string): ToolCallPart {
    this.#names.set(id, name);
    this.#lastCall.set(name, id);
    return { type: 'tool-call', id, name, arguments: args };
  }

  #result(message: MessageBody, place: number): Message {
    const byName =
      message.role === 'function' && message.name
        ? (this.#lastCall.get(message.name) ?? `call_${message.name}`)
        : undefined;
    const id = message.tool_call_id ?? byName;
    if (!id) {
      const field = message.role === 'function' ? 'name' : 'tool_call_id';
      throw invalidParameter(`messages[${place}].${field}`, 'is required: it says which tool call this answers');
    }
    const parts = contentParts(message.content);
    const content = parts.filter((part): part is TextPart | ImagePart => part.type === 'text' || part.type === 'image');
    const result = present({
      type: 'tool-result' as const,
      id,
      name: message.name ?? this.#names.get(id),
      content,
      isError: false,
    });
    return { role: 'tool', content: [result] };
  }
}
