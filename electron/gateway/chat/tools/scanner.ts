import type { ChatEvent } from '../events.ts';
import { Block } from './block.ts';
import { type CallOptions, Calls } from './calls.ts';
import { skipBlanks } from '../json/string.ts';
import { CloserEnd } from './ends.ts';
import { Offer } from './offer.ts';
import { callAt, isWhole, nextOpening, openingAt, type Opening, type WholeOpening } from './openers.ts';

export interface ScannerOptions extends CallOptions {
  /** SCAN_LIMIT: characters of one possible call that are held back at most. */
  readonly limit: number;
}

/** Beginnings that are tried again in what remained undecided at the end; a bound for hostile text. */
const maxRetries = 8;
/** Blanks held after a call. */
const maxBlanks = 256;
/** Fences in which a call may stand. In any other language it is an example. */
const callLanguages = /^(?:|json\w?|xml|tool\w*|function\w*)$/i;

type Verdict =
  /** It may still become a call. */
  | { readonly kind: 'wait' }
  /** It is none; look on from there. */
  | { readonly kind: 'pass'; readonly from: number }
  /** A code fence of another language: nothing in it is a call. */
  | { readonly kind: 'code'; readonly from: number; readonly ticks: number }
  | { readonly kind: 'block'; readonly opening: WholeOpening; readonly ticks: number };

/**
 * Finds the tool calls in the text of an answer, as it comes. Text without a marker passes at once; what may still become a
 * call is held back; a call leaves as tool-call events and its markup never as text. What turns out not to be a call leaves
 * as the text it was. The result does not depend on where the text was split. Stateful: one per attempt.
 */
export class ToolCallScanner {
  readonly #options: ScannerOptions;
  readonly #offer: Offer;
  readonly #calls: Calls;
  #state: 'text' | 'code' | 'after' = 'text';
  #block: Block | undefined;
  /** Held back: a possible beginning, or blanks after a call. */
  #tail = '';
  /** Ends the code that is being released. */
  #fence = new CloserEnd('```');
  /** What may still come after the last call and belongs to it. */
  #closers: readonly string[] = [];
  #out: ChatEvent[] = [];
  #text: string[] = [];

  constructor(options: ScannerOptions) {
    this.#options = options;
    this.#offer = new Offer(options.tools);
    this.#calls = new Calls(this.#offer, options);
  }

  /** The events of a batch that are decided. */
  push(events: readonly ChatEvent[]): ChatEvent[] {
    this.#out = [];
    for (const event of events) {
      if (event.type === 'text') {
        this.#scan(event.text);
        continue;
      }
      if (event.type === 'finish') this.#finish(event.reason !== 'length');
      this.#flush();
      if (event.type === 'finish') this.#calls.finish(event, this.#out);
      else this.#calls.passed(event, this.#out);
    }
    this.#flush();
    return this.#out;
  }

  #scan(chunk: string): void {
    const text = this.#tail + chunk;
    this.#tail = '';
    for (let at = 0; at < text.length;) {
      if (this.#block) at = this.#continue(this.#block, text, at);
      else if (this.#state === 'code') at = this.#passCode(text, at);
      else if (this.#state === 'after') at = this.#afterCall(text, at);
      else at = this.#search(text, at);
    }
  }

  /** Releases text up to the next thing that may begin a call. */
  #search(text: string, from: number): number {
    for (let at = from; ;) {
      const opening = nextOpening(text, at);
      if (!opening) return this.#release(text, from, text.length);
      const verdict = this.#judge(text, opening);
      if (verdict.kind === 'pass') {
        at = verdict.from;
        continue;
      }
      this.#release(text, from, verdict.kind === 'code' ? verdict.from : opening.start);
      return this.#begin(verdict, text, opening.start, '');
    }
  }

  #judge(text: string, opening: Opening): Verdict {
    const { start, end, name, ticks } = opening;
    if (!isWhole(opening)) {
      const possible = name === undefined || this.#offer.mayBecome(name);
      return possible ? { kind: 'wait' } : { kind: 'pass', from: start + 1 };
    }
    if (opening.id !== 'fence') {
      const offered = name === undefined || this.#offer.find(name) !== undefined;
      return offered ? { kind: 'block', opening, ticks: 0 } : { kind: 'pass', from: start + 1 };
    }
    const info = opening.info ?? '';
    const inner = callLanguages.test(info) ? callAt(text, end - 1) : undefined;
    const verdict = inner && this.#judge(text, inner);
    if (verdict?.kind === 'block') return { ...verdict, ticks };
    if (verdict?.kind === 'wait') return verdict;
    return info === '' ? { kind: 'pass', from: start + ticks } : { kind: 'code', from: end - 1, ticks };
  }

  /** Acts on a verdict about what stands at `start`; everything before it is dealt with. */
  #begin(verdict: Exclude<Verdict, { kind: 'pass' }>, text: string, start: number, gap: string): number {
    if (verdict.kind === 'wait') {
      this.#tail = gap + text.slice(start);
      return text.length;
    }
    if (verdict.kind === 'code') {
      [this.#state, this.#fence] = ['code', new CloserEnd('`'.repeat(verdict.ticks))];
      return verdict.from;
    }
    this.#block = new Block(verdict.opening, start, gap, '`'.repeat(verdict.ticks));
    return start;
  }

  #continue(block: Block, text: string, from: number): number {
    const { limit, warn } = this.#options;
    const room = block.abandoned ? text.length : Math.min(text.length, from + limit - block.length);
    const { at, ended } = block.take(text, from, room);
    if (block.abandoned) {
      this.#release(text, from, at);
      if (ended) this.#block = undefined;
    } else if (ended) {
      if (this.#take(block, true) < 0) this.#drop(block);
    } else if (block.length >= limit) {
      warn({ code: 'call_too_long', limit });
      // Up to its end: a call that stands in its arguments is none.
      this.#text.push(block.gap, block.abandon());
      this.#toText(0);
    }
    return at;
  }

  /** Emits the calls of a block; returns where they end in it, or -1 when there are none. */
  #take(block: Block, whole: boolean): number {
    const { calls, end } = block.read(this.#offer, whole);
    if (calls.length === 0) return -1;
    this.#flush();
    if (!this.#calls.emit(calls, this.#out)) return -1;
    this.#closers = [...new Set([...block.closers, ...(this.#state === 'after' ? this.#closers : [])])];
    [this.#block, this.#state] = [undefined, 'after'];
    return end;
  }

  /** It is text after all. */
  #drop(block: Block): void {
    if (block.gap !== '') this.#text.push(block.gap);
    this.#text.push(block.text);
    this.#block = undefined;
    this.#toText(0);
  }

  /** After a call: its closing marks and the blanks around them go with it, and another call may follow. */
  #afterCall(text: string, from: number): number {
    const start = skipBlanks(text, from);
    if (start === text.length && start - from <= maxBlanks) return this.#hold(text, from);
    const past = this.#closed(text, from, start);
    if (past !== undefined) return past;
    if (start - from > maxBlanks) return this.#toText(from);
    const opening = openingAt(text, start);
    const verdict = opening && this.#judge(text, opening);
    if (opening && (verdict?.kind === 'wait' || verdict?.kind === 'block'))
      return this.#begin(verdict, text, start, text.slice(from, start));
    return this.#toText(from);
  }

  /** The position after a closing mark of the last call, before which a bracket too many may stand. */
  #closed(text: string, from: number, start: number): number | undefined {
    if (this.#closers.length === 0) return undefined;
    let at = start;
    while ((text[at] === ']' || text[at] === '}') && at - from <= maxBlanks) at = skipBlanks(text, at + 1);
    if (at - from > maxBlanks) return undefined;
    const found = this.#closers.findIndex((closer) => text.startsWith(closer, at));
    if (found >= 0) {
      const { length } = this.#closers[found] ?? '';
      this.#closers = this.#closers.slice(found + 1);
      return at + length;
    }
    const rest = text.slice(at, at + 64);
    return this.#closers.some((closer) => closer.startsWith(rest)) ? this.#hold(text, from) : undefined;
  }

  #toText(from: number): number {
    [this.#state, this.#closers] = ['text', []];
    return from;
  }

  /** Code is released as it comes; only its end matters. */
  #passCode(text: string, from: number): number {
    const end = this.#fence.push(text, from, text.length);
    if (end >= 0) this.#state = 'text';
    return this.#release(text, from, end < 0 ? text.length : end);
  }

  /** The end: whatever is held is decided. `complete`: the model ended by itself, so what it left open it only forgot. */
  #finish(complete: boolean): void {
    if (complete) this.#settle();
    if (this.#block && !this.#block.abandoned) {
      this.#options.warn({ code: 'call_incomplete' });
      this.#drop(this.#block);
    }
    const blank = this.#state === 'after' && /^\s*$/.test(this.#tail);
    if (!blank) this.#text.push(this.#tail);
    this.#tail = '';
  }

  /** Takes what is complete in a block without an end; where there is nothing, a later beginning in it may be the right one. */
  #settle(): void {
    for (let retry = 0; this.#block && !this.#block.abandoned && retry < maxRetries; retry++) {
      const block = this.#block;
      const { text } = block;
      const end = this.#take(block, false);
      if (end >= 0) {
        this.#options.warn({ code: 'call_unclosed' });
        this.#scan(text.slice(end));
      } else {
        this.#text.push(block.gap, text.slice(0, 1));
        this.#block = undefined;
        this.#toText(0);
        this.#scan(text.slice(1));
      }
    }
  }

  #hold(text: string, from: number): number {
    this.#tail = text.slice(from);
    return text.length;
  }

  #release(text: string, from: number, to: number): number {
    if (to > from) this.#text.push(text.slice(from, to));
    return to;
  }

  #flush(): void {
    const text = this.#text.join('');
    this.#text = [];
    if (text !== '') this.#out.push({ type: 'text', text });
  }
}
