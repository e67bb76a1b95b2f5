import { randomBytes } from 'node:crypto';
import type { Notice } from '../../../../shared/notice.ts';
import type { ChatEvent } from '../events.ts';
import { stringNode } from '../json/node.ts';
import type { Tool, ToolChoice } from '../request.ts';
import { argumentsFor } from './arguments.ts';
import type { Offer } from './offer.ts';
import type { WrittenCall } from './written.ts';

export interface CallOptions {
  readonly tools: readonly Tool[];
  readonly toolChoice: ToolChoice;
  readonly parallelToolCalls?: boolean | undefined;
  /** Ids of the conversation's earlier calls, which a model likes to repeat. */
  readonly takenIds?: Iterable<string>;
  readonly warn: (notice: Notice) => void;
  readonly newId?: () => string;
}

/** More calls than this in one answer are a loop. */
const maxCalls = 128;

/** The form the original used: 24 hexadecimal digits. */
const randomId = (): string => `call_${randomBytes(12).toString('hex')}`;

/** Turns written calls into events and keeps count of them. */
export class Calls {
  readonly #offer: Offer;
  readonly #options: CallOptions;
  readonly #ids: Set<string>;
  readonly #names = new Set<string>();
  /** Calls the provider makes in fields of its own, by the number it gives them. */
  readonly #native = new Map<number, { readonly id: string; readonly name: string; readonly pieces: string[] }>();
  #count = 0;

  constructor(offer: Offer, options: CallOptions) {
    this.#offer = offer;
    this.#options = options;
    this.#ids = new Set(options.takenIds);
  }

  /** False, and nothing emitted, when none of them names an offered tool. */
  emit(written: readonly WrittenCall[], out: ChatEvent[]): boolean {
    let known = false;
    for (const call of written) {
      const tool = this.#offer.find(call.name);
      known ||= tool !== undefined;
      if (!tool) this.#options.warn({ code: 'call_unknown_tool' });
      else if (this.#isFull()) this.#options.warn(this.#leftOut(tool));
      else this.#add(tool, call, out);
    }
    return known;
  }

  #isFull(): boolean {
    return this.#count >= (this.#options.parallelToolCalls === false ? 1 : maxCalls);
  }

  #leftOut({ name }: Tool): Notice {
    const single = this.#options.parallelToolCalls === false;
    return single ? { code: 'call_left_out', tool: name } : { code: 'calls_left_out', limit: maxCalls };
  }

  #add(tool: Tool, call: WrittenCall, out: ChatEvent[]): void {
    const { json, warning } = argumentsFor(tool, call.arguments);
    if (warning) this.#options.warn(warning);
    const index = this.#count++;
    this.#names.add(tool.name);
    out.push(
      { type: 'tool-call-start', index, id: this.#id(call.id), name: tool.name },
      { type: 'tool-call-delta', index, arguments: json },
      { type: 'tool-call-end', index },
    );
  }

  /** Any other event. A call the provider makes by itself is held until it is whole, then treated like those in the text. */
  passed(event: ChatEvent, out: ChatEvent[]): void {
    if (event.type === 'tool-call-start') {
      this.#take(event.index, out);
      this.#native.set(event.index, { id: event.id, name: event.name, pieces: [] });
    } else if (event.type === 'tool-call-delta') this.#native.get(event.index)?.pieces.push(event.arguments);
    else if (event.type === 'tool-call-end') this.#take(event.index, out);
    else out.push(event);
  }

  #take(index: number, out: ChatEvent[]): void {
    const call = this.#native.get(index);
    if (!call) return;
    this.#native.delete(index);
    this.emit([{ id: call.id, name: call.name, arguments: stringNode(call.pieces.join('')) }], out);
  }

  /** The finish event, which says whether there were calls. What a length limit has cut is not run. */
  finish(event: ChatEvent & { type: 'finish' }, out: ChatEvent[]): void {
    const { toolChoice, warn } = this.#options;
    for (const index of this.#native.keys()) {
      if (event.reason === 'length') warn({ code: 'call_incomplete' });
      else this.#take(index, out);
    }
    if (toolChoice.type === 'required' && this.#count === 0) warn({ code: 'call_not_made' });
    if (toolChoice.type === 'tool' && !this.#names.has(toolChoice.name)) {
      warn({ code: 'call_of_tool_not_made', tool: toolChoice.name });
    }
    out.push(this.#count > 0 && event.reason !== 'content-filter' ? { ...event, reason: 'tool-calls' } : event);
  }

  /** The model's own id where it can stand, else a new one: no id may come twice in a conversation. */
  #id(written: string | undefined): string {
    const { newId = randomId } = this.#options;
    const id = written && /^[\w.:-]{1,64}$/.test(written) && !this.#ids.has(written) ? written : newId();
    this.#ids.add(id);
    return id;
  }
}
