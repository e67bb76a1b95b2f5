import {
  initialState,
  noOutput,
  project,
  release,
  wrapperEnd,
  type Kind,
  type Output,
  type Piece,
  type State,
} from './projection.ts';

/**
 * The accumulated text of one answer, kept so that an edit can replace its tail (README: Edits).
 *
 * The text lies in blocks of a few thousand characters, each with the number of code points before it and the state of
 * the projection at its beginning. Appending touches the last block only; an edit finds its block by binary search and
 * projects again from there, which costs what is replaced and at most one block more.
 */
interface Block {
  readonly kind: Kind;
  readonly closes: Piece['closes'];
  text: string;
  points: number;
  /** Code points before this block. */
  readonly start: number;
  readonly before: State;
}

/** The edited part before and after, from the first touched block to the end. */
export interface Change {
  readonly before: Output;
  readonly after: Output;
  /** Tool blocks that lie before that part and stay. */
  readonly keptBlocks: number;
}

const full = 1024;
const longest = 4096;
/** What a block costs beside its text, so that a stream of tiny alternating pieces is bounded as well. */
const overhead = 64;

const isHigh = (code: number): boolean => code >= 0xd800 && code < 0xdc00;
const isLow = (code: number): boolean => code >= 0xdc00 && code < 0xe000;

function codePoints(text: string): number {
  if (!/[\ud800-\udbff]/.test(text)) return text.length;
  let count = text.length;
  for (let at = 1; at < text.length; at += 1)
    if (isLow(text.charCodeAt(at)) && isHigh(text.charCodeAt(at - 1))) count -= 1;
  return count;
}

/** The first `count` code points. */
function headOf(text: string, count: number): string {
  let at = 0;
  for (let left = count; left > 0 && at < text.length; left -= 1) {
    at += isHigh(text.charCodeAt(at)) && isLow(text.charCodeAt(at + 1)) ? 2 : 1;
  }
  return text.slice(0, at);
}

function* portions(text: string): Generator<string> {
  for (let at = 0; at < text.length;) {
    let end = Math.min(at + longest, text.length);
    if (end < text.length && isHigh(text.charCodeAt(end - 1))) end -= 1;
    yield text.slice(at, end);
    at = end;
  }
}

function closing(kind: Kind, text: string): Piece['closes'] {
  if (kind === 'reasoning' || !text.includes(wrapperEnd)) return undefined;
  return text.includes(`\n${wrapperEnd}`) ? 'line' : 'anywhere';
}

export class Message {
  readonly #blocks: Block[] = [];
  #state = initialState();
  #size = 0;

  /** Characters held, with an allowance for the book-keeping. */
  get size(): number {
    return this.#size;
  }

  append(kind: Kind, text: string): Output {
    const output = noOutput();
    this.#append({ kind, text, closes: closing(kind, text) }, output);
    return output;
  }

  /** Replaces everything from code point `index` on. An index beyond the end appends. */
  edit(index: number, kind: Kind, text: string): Change {
    const at = this.#find(index);
    const touched = this.#blocks.splice(at);
    const first = touched[0];
    const before = noOutput();
    if (first) {
      const replay = { ...first.before };
      for (const block of touched) project(replay, block, before);
      for (const block of touched) this.#size -= block.text.length + overhead;
      this.#state = { ...first.before };
    }
    const keptBlocks = this.#state.blocks;
    const after = noOutput();
    if (first && index > first.start) this.#append({ ...first, text: headOf(first.text, index - first.start) }, after);
    this.#append({ kind, text, closes: closing(kind, text) }, after);
    return { before, after, keptBlocks };
  }

  /** Everything from the beginning, as it stands now. */
  whole(): Output {
    const output = noOutput();
    const state = initialState();
    for (const block of this.#blocks) project(state, block, output);
    release(state, output);
    return output;
  }

  /** What was held back for more to come, when no more comes. */
  finish(): Output {
    const output = noOutput();
    release(this.#state, output);
    return output;
  }

  #append({ kind, text, closes }: Piece, output: Output): void {
    if (!text) return;
    const last = this.#blocks.at(-1);
    if (last?.kind === kind && last.closes === closes && last.text.length + text.length <= full) {
      last.text += text;
      last.points += codePoints(text);
      this.#size += text.length;
      project(this.#state, { kind, closes, text }, output);
      return;
    }
    for (const portion of portions(text)) this.#add({ kind, closes, text: portion }, output);
  }

  #add(piece: Piece, output: Output): void {
    const last = this.#blocks.at(-1);
    const start = last ? last.start + last.points : 0;
    this.#blocks.push({ ...piece, points: codePoints(piece.text), start, before: { ...this.#state } });
    this.#size += piece.text.length + overhead;
    project(this.#state, piece, output);
  }

  /** The block that code point `index` lies in; the number of blocks when it lies behind them all. */
  #find(index: number): number {
    let [low, high] = [0, this.#blocks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const block = this.#blocks[middle];
      if (block && block.start + block.points <= index) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
