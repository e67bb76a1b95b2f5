import type { Notice } from '../../../../shared/notice.ts';
import type { Message, Part } from '../../chat/request.ts';
import { isObject } from '../shared/fields.ts';
import { present } from '../shared/present.ts';
import { invalidParameter } from '../shared/problem.ts';
import type { CallNames } from './call-names.ts';
import { asArguments } from './custom-tool.ts';
import { CallOutputItem, CustomCallItem, FunctionCallItem, MessageItem, ReasoningItem } from './item-schema.ts';
import { parse } from './parse.ts';
import { contentParts } from './parts.ts';
import { refusedReference } from './refused.ts';
import { unseal } from './sealed.ts';

/**
 * Items in order to messages. What the model did between two other items (thinking, text, calls) is one assistant message,
 * because that is what a turn is to every provider; only two texts in a row stay two messages.
 */
export class InputDecoder {
  readonly messages: Message[] = [];
  readonly #names: CallNames;
  readonly #warnings: Notice[];
  readonly #recall: (id: string) => object | undefined;
  /** Call id → flat function name: outputs name their call by id only. */
  readonly #calls = new Map<string, string>();
  readonly #ignored = new Set<string>();
  readonly #referred = new Set<unknown>();
  /** The content of the assistant message that is being put together. */
  #turn: Part[] | undefined;
  #spoke = false;

  /** `recall` gives an item of an earlier answer by its id. */
  constructor(names: CallNames, warnings: Notice[], recall: (id: string) => object | undefined) {
    this.#names = names;
    this.#warnings = warnings;
    this.#recall = recall;
  }

  add(item: unknown, place: number): void {
    const path = ['input', place];
    if (!isObject(item)) throw invalidParameter(`input[${place}]`, 'must be an object with a type or a role');
    switch (item['type'] ?? 'message') {
      case 'message':
        return this.#message(parse(MessageItem, item, path));
      case 'function_call': {
        const { call_id: id, name, namespace, arguments: args } = parse(FunctionCallItem, item, path);
        const written = typeof args === 'string' ? args : args ? JSON.stringify(args) : '';
        return this.#call(id, this.#names.flat(name, namespace), written);
      }
      case 'custom_tool_call': {
        const { call_id: id, name, namespace, input } = parse(CustomCallItem, item, path);
        return this.#call(id, this.#names.flat(name, namespace), asArguments(input));
      }
      case 'function_call_output':
      case 'custom_tool_call_output':
        return this.#output(parse(CallOutputItem, item, path));
      case 'reasoning':
        return this.#reasoning(parse(ReasoningItem, item, path));
      case 'item_reference':
        return this.#reference(item['id'], place);
      default:
        return this.#warnOnce(
          { code: 'part_ignored', part: `input[${place}]`, type: String(item['type']) },
          item['type'],
        );
    }
  }

  #message({ role, content }: MessageItem): void {
    const parts = contentParts(content);
    if (role !== 'assistant') {
      this.#turn = undefined;
      this.messages.push({ role, content: parts });
      return;
    }
    if (this.#spoke) this.#turn = undefined;
    this.#assistant(...parts);
    this.#spoke = true;
  }

  #call(id: string, name: string, args: string): void {
    this.#calls.set(id, name);
    this.#assistant({ type: 'tool-call', id, name, arguments: args });
  }

  #output({ call_id: id, output }: CallOutputItem): void {
    this.#turn = undefined;
    const content = contentParts(output);
    const name = this.#calls.get(id);
    const result = present({ type: 'tool-result' as const, id, name, content, isError: false });
    this.messages.push({ role: 'tool', content: [result] });
  }

  #reasoning(item: ReasoningItem): void {
    const own = item.encrypted_content ? unseal(item.encrypted_content) : undefined;
    if (item.encrypted_content && !own) this.#warnOnce({ code: 'reasoning_sealed' }, 'sealed');
    const shown = item.content?.length ? item.content : (item.summary ?? []);
    const text = own?.text ?? shown.map((part) => part.text).join('\n\n');
    if (text || own?.signature)
      this.#assistant(present({ type: 'reasoning' as const, text, signature: own?.signature }));
  }

  /** Thinking that nobody knows any more is lost without harm; a text or a call is not. */
  #reference(id: unknown, place: number): void {
    const known = typeof id === 'string' ? this.#recall(id) : undefined;
    if (known) {
      // A short request must not become a huge one.
      if (this.#referred.has(id)) throw invalidParameter(`input[${place}]`, 'refers to an item a second time');
      this.#referred.add(id);
      return this.add(known, place);
    }
    if (typeof id !== 'string' || !id.startsWith('rs_')) throw refusedReference(place);
    this.#warnOnce({ code: 'reasoning_reference' }, 'reference');
  }

  #assistant(...parts: readonly Part[]): void {
    this.#spoke = false;
    if (!this.#turn) {
      this.#turn = [];
      this.messages.push({ role: 'assistant', content: this.#turn });
    }
    this.#turn.push(...parts);
  }

  /** An agent sends the same kinds again and again; one notice about each is enough. */
  #warnOnce(notice: Notice, kind: unknown): void {
    if (this.#ignored.has(String(kind))) return;
    this.#ignored.add(String(kind));
    this.#warnings.push(notice);
  }
}
