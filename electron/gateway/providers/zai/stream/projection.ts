/**
 * Splits the accumulated text of an answer into reasoning, answer and tool blocks while it arrives.
 *
 * Two kinds of markup can stand in it (README: Stream): the 2025 wrapper `<details type="reasoning">` with
 * quoted lines, recognised only at the very beginning, and `<glm_block …>` with the JSON of a tool call, recognised only
 * in text that an edit or a tool frame has written, so that an answer may speak about either. What is not yet decided is
 * held back, never more than a few hundred characters; every character is looked at a bounded number of times.
 */

/** Where text came from: a thinking frame, an answer delta, or an edit or tool frame. */
export type Kind = 'reasoning' | 'answer' | 'markup';

export interface Piece {
  readonly kind: Kind;
  readonly text: string;
  /**
   * This answer-phase text holds the end of the wrapper: at the start of a line as the site writes it, or, failing that,
   * anywhere. Without it, answer text ends an open wrapper by itself.
   */
  readonly closes: 'line' | 'anywhere' | undefined;
}

export interface Output {
  reasoning: string;
  answer: string;
  /** Contents of tool blocks, in order. */
  readonly blocks: string[];
}

export interface State {
  mode: 'start' | 'summary' | 'quoted' | 'gap' | 'plain' | 'block';
  /** Text held back, and its kind. */
  held: string;
  heldKind: Kind;
  /** The kind that opened the wrapper. */
  opener: Kind;
  lineStart: boolean;
  /** Line ends not yet passed on; those before the first and after the last word never are. */
  newlines: number;
  spoke: boolean;
  /** What stands in the open tool block so far, and how many were closed before it. */
  block: string;
  blocks: number;
}

export const initialState = (): State => ({
  mode: 'start',
  held: '',
  heldKind: 'answer',
  opener: 'answer',
  lineStart: true,
  newlines: 0,
  spoke: false,
  block: '',
  blocks: 0,
});

export const noOutput = (): Output => ({ reasoning: '', answer: '', blocks: [] });

const wrapper = '<details';
export const wrapperEnd = '</details>';
const summary = '<summary>';
const summaryEnd = '</summary>';
const block = '<glm_block';
const blockEnd = '</glm_block>';
const openerLimit = 512;
const summaryLimit = 2048;

/** Length of the longest end of `text` that may become `tag`. */
function beginning(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length -= 1) {
    if (text.endsWith(tag.slice(0, length))) return length;
  }
  return 0;
}

/** Each step takes the text that is there and returns what the next mode has to look at. */
type Step = (state: State, text: string, piece: Piece, output: Output) => string;

function hold(state: State, text: string, kind: Kind): '' {
  state.held = text;
  state.heldKind = kind;
  return '';
}

function say(state: State, text: string, output: Output): void {
  if (!text) return;
  if (state.spoke && state.newlines > 0) output.reasoning += '\n'.repeat(state.newlines);
  state.newlines = 0;
  state.spoke = true;
  output.reasoning += text;
}

const start: Step = (state, text, { kind }) => {
  const possible = text.length < wrapper.length ? wrapper.startsWith(text) : /^<details(\s|$)/.test(text);
  const end = possible ? text.indexOf('>') : -1;
  if (possible && end === -1 && text.length <= openerLimit) return hold(state, text, kind);
  const found = end !== -1 && end <= openerLimit && /\stype="reasoning"/.test(text.slice(0, end));
  state.mode = found ? 'summary' : 'plain';
  state.opener = kind;
  return found ? text.slice(end + 1) : text;
};

const summaryStep: Step = (state, given, { kind }) => {
  const text = given.trimStart();
  if (!text) return '';
  const end = text.startsWith(summary) ? text.indexOf(summaryEnd) : -1;
  const possible = text.length < summary.length ? summary.startsWith(text) : text.startsWith(summary);
  if (possible && end === -1 && text.length <= summaryLimit) return hold(state, text, kind);
  state.mode = 'quoted';
  return end === -1 ? text : text.slice(end + summaryEnd.length);
};

/** What to make of a closing tag in the middle of a line: reasoning may speak of one, and goes on quoted if it does. */
function tagEnds(text: string, after: number): boolean | undefined {
  if (after >= text.length) return undefined;
  if (text[after] !== '\n') return false;
  return after + 1 >= text.length ? undefined : text[after + 1] !== '>';
}

function closed(state: State, rest: string): string {
  state.mode = 'gap';
  state.newlines = 0;
  return rest;
}

const quoted: Step = (state, text, { kind, closes }, output) => {
  let at = 0;
  let tag = text.indexOf(wrapperEnd);
  while (at < text.length) {
    if (state.lineStart) {
      const head = text.slice(at, at + wrapperEnd.length);
      if (head === wrapperEnd) return closed(state, text.slice(at + wrapperEnd.length));
      if (wrapperEnd.startsWith(head) || (head === '>' && at + 1 === text.length))
        return hold(state, text.slice(at), kind);
      if (head.startsWith('>')) at += head.startsWith('> ') ? 2 : 1;
      state.lineStart = false;
      continue;
    }
    const newline = text.indexOf('\n', at);
    if (tag !== -1 && tag < at) tag = text.indexOf(wrapperEnd, at);
    if (tag !== -1 && (newline === -1 || tag < newline)) {
      const after = tag + wrapperEnd.length;
      const ends = closes === 'anywhere' || tagEnds(text, after);
      say(state, text.slice(at, ends === false ? after : tag), output);
      if (ends) return closed(state, text.slice(after));
      if (ends === undefined) return hold(state, text.slice(tag), kind);
      at = after;
      continue;
    }
    const end = newline === -1 ? text.length - beginning(text.slice(at), wrapperEnd) : newline;
    say(state, text.slice(at, end), output);
    if (newline === -1) return hold(state, text.slice(end), kind);
    state.newlines += 1;
    state.lineStart = true;
    at = newline + 1;
  }
  return '';
};

const gap: Step = (state, text, { kind }) => {
  const rest = kind === 'reasoning' ? text.replace(/^\n+/, '') : text.trimStart();
  if (rest) state.mode = 'plain';
  return rest;
};

const plain: Step = (state, text, { kind }, output) => {
  if (kind !== 'markup') {
    output[kind] += text;
    return '';
  }
  const at = text.indexOf(block);
  const keep = at === -1 ? beginning(text, block) : text.length - at;
  output.answer += text.slice(0, text.length - keep);
  if (at === -1) return hold(state, text.slice(text.length - keep), kind);
  const tag = text.slice(at, at + openerLimit);
  const end = tag.indexOf('>');
  const possible = /^<glm_block(\s|>|$)/.test(tag);
  if (possible && end === -1 && tag.length < openerLimit) return hold(state, text.slice(at), kind);
  if (possible && end !== -1) {
    state.mode = 'block';
    state.block = '';
    return text.slice(at + end + 1);
  }
  output.answer += block;
  return text.slice(at + block.length);
};

const inside: Step = (state, text, { kind }, output) => {
  if (kind === 'reasoning') {
    output.reasoning += text;
    return '';
  }
  const end = text.indexOf(blockEnd);
  const keep = end === -1 ? beginning(text, blockEnd) : text.length - end;
  state.block += text.slice(0, text.length - keep);
  if (end === -1) return hold(state, text.slice(text.length - keep), kind);
  output.blocks.push(state.block);
  state.blocks += 1;
  state.block = '';
  state.mode = 'plain';
  return text.slice(end + blockEnd.length);
};

const steps: Readonly<Record<State['mode'], Step>> = {
  start,
  summary: summaryStep,
  quoted,
  gap,
  plain,
  block: inside,
};

/** Gives up waiting: what was held back is what it looks like. */
export function release(state: State, output: Output): void {
  const { held, heldKind, mode } = state;
  state.held = '';
  if (mode === 'start') state.mode = 'plain';
  if (mode === 'block') state.block += held;
  else if (mode === 'quoted' && !held.startsWith(wrapperEnd)) say(state, held === '>' ? '' : held, output);
  else if (mode === 'start' || mode === 'plain') output[heldKind === 'reasoning' ? 'reasoning' : 'answer'] += held;
}

/** Feeds one piece; `state` moves on, `output` grows. */
export function project(state: State, piece: Piece, output: Output): void {
  const { kind, closes } = piece;
  const wrapped = state.mode === 'summary' || state.mode === 'quoted';
  const leaves = wrapped && kind !== 'reasoning' && !closes && kind !== state.opener;
  if (leaves || (state.held && kind !== state.heldKind && !(wrapped && closes))) release(state, output);
  if (leaves) closed(state, '');
  let rest = state.held + piece.text;
  state.held = '';
  while (rest) rest = steps[state.mode](state, rest, piece, output);
}
