import { isCut } from '../json/node.ts';
import { readJson } from '../json/read.ts';
import { type BlockEnd, CloserEnd, JsonEnd } from './ends.ts';
import { markupCalls } from './markup.ts';
import type { Offer } from './offer.ts';
import { openers, type WholeOpening } from './openers.ts';
import { fromJson, loneCall, type WrittenCall } from './written.ts';

export interface Reading {
  readonly calls: readonly WrittenCall[];
  /** Where the calls end in the block; the rest of it is text again. */
  readonly end: number;
}

/** `{name:f}`, and `{tool_calls:[{name:f` without its end: what is shorter need not be read. */
const shortest = { any: 8, object: 20 };

/** The text from the beginning of a possible call until it is decided. Pieces are kept apart and joined once. */
export class Block {
  readonly #opening: WholeOpening;
  /** Blanks after an earlier call: text only if this block is. */
  readonly gap: string;
  /** What may stand after it and belongs to it. */
  readonly closers: readonly string[];
  readonly #json: number;
  readonly #end: BlockEnd;
  readonly #pieces: string[] = [];
  #length = 0;
  #abandoned = false;

  /** The block begins at `start`: before its opening when a code fence stands around it, which `fence` closes. */
  constructor(opening: WholeOpening, start: number, gap: string, fence: string) {
    this.#opening = opening;
    this.gap = gap;
    const opener = openers[opening.id];
    const { body, closer } = opener ?? { body: 'json', closer: undefined };
    this.#json = body === 'json' ? opening.start - start : body === 'wrapped' ? opening.end - start - 1 : -1;
    this.#end = body === 'markup' && closer ? new CloserEnd(closer) : new JsonEnd();
    this.closers = [...(body === 'wrapped' && closer ? [closer] : []), ...(fence === '' ? [] : [fence])];
  }

  get text(): string {
    return this.#pieces.length === 1 ? (this.#pieces[0] ?? '') : this.#pieces.join('');
  }

  /** Whether it is text already, and only its end is looked for. */
  get abandoned(): boolean {
    return this.#abandoned;
  }

  get length(): number {
    return this.#length;
  }

  /** Takes characters until the block ends; returns the position after them, and whether it has ended. */
  take(chunk: string, from: number, to: number): { readonly at: number; readonly ended: boolean } {
    // What stands before the value is no part of its brackets.
    const skipped = Math.max(0, Math.min(this.#json - this.#length, to - from));
    const end = this.#end.push(chunk, from + skipped, to);
    const at = end < 0 ? to : end;
    if (!this.#abandoned) this.#pieces.push(chunk.slice(from, at));
    this.#length += at - from;
    return { at, ended: end >= 0 };
  }

  /** Gives away what it holds. */
  abandon(): string {
    const { text } = this;
    this.#abandoned = true;
    this.#pieces.length = 0;
    return text;
  }

  /** The calls in it. `whole`: its end was found; else what the model forgot to close is closed for it. */
  read(offer: Offer, whole: boolean): Reading {
    const { text } = this;
    if (this.#json < 0) return { calls: markupCalls(whole ? text : this.#closed(text), offer), end: text.length };
    const { id, name } = this.#opening;
    const least = id === 'object' ? shortest.object : shortest.any;
    if (name === undefined && text.length - this.#json < least) return { calls: [], end: text.length };
    const read = readJson(text, this.#json);
    const end = whole || !read ? text.length : read.end;
    if (!read) return { calls: [], end };
    if (id === 'single') return { calls: loneCall(read.node), end };
    if (name !== undefined && id !== 'array') {
      return { calls: isCut(read.node) ? [] : [{ name, arguments: read.node }], end };
    }
    return { calls: fromJson(read.node), end };
  }

  /** The last tag, where only that is missing. */
  #closed(text: string): string {
    const last = text.trimEnd().slice(-64);
    return /(?:<\/[\w:]{1,32}>|\}|\|>|｜>)$/.test(last) ? `${text}${openers[this.#opening.id]?.closer ?? ''}` : text;
  }
}
