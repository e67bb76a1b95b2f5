/**
 * What an answer says, read from its events in the plainest way: the yardstick for encoders, which have to order, hold back and
 * frame the same. It follows the grammar in chat/events.ts and nothing else.
 */
import assert from 'node:assert/strict';
import type { ChatEvent, Usage } from '../../chat/events.ts';
import { isBlank } from '../shared/blank.ts';

interface Text {
  readonly kind: 'text';
  text: string;
}
interface Thought {
  readonly kind: 'reasoning';
  text: string;
  signature?: string;
}
interface Call {
  readonly kind: 'call';
  readonly id: string;
  readonly name: string;
  arguments: string;
  ended: boolean;
}
export type Segment = Text | Thought | Call;

export interface Told {
  /** Text, thinking and calls in the order in which they began; neighbours of one kind are one. */
  readonly segments: Segment[];
  readonly citations: { readonly url: string; readonly title: string; readonly place: number }[];
  /** The last report of each count. */
  usage: Usage;
  end: Extract<ChatEvent, { type: 'finish' | 'error' }> | undefined;
}

function think(segments: Segment[], text: string, signature: string | undefined): void {
  if (text === '' && !signature) return;
  let last = segments.at(-1);
  // A signature belongs to the thinking before it; more thinking is another piece.
  if (last?.kind !== 'reasoning' || (last.signature !== undefined && text !== '')) {
    last = { kind: 'reasoning', text: '' };
    segments.push(last);
  }
  last.text += text;
  if (signature) last.signature = signature;
}

/** Reads events up to the first end. */
export function tell(events: readonly ChatEvent[]): Told {
  const told: Told = { segments: [], citations: [], usage: {}, end: undefined };
  const open = new Map<number, Call>();
  const close = (index: number): void => {
    const call = open.get(index);
    if (call) call.ended = true;
    open.delete(index);
  };
  let length = 0;
  for (const event of events) {
    if (event.type === 'finish' || event.type === 'error') {
      told.end = event;
      break;
    } else if (event.type === 'text' && event.text !== '') {
      const last = told.segments.at(-1);
      if (last?.kind === 'text') last.text += event.text;
      else told.segments.push({ kind: 'text', text: event.text });
      length += event.text.length;
    } else if (event.type === 'reasoning') think(told.segments, event.text, event.signature);
    else if (event.type === 'tool-call-start') {
      close(event.index);
      const call: Call = { kind: 'call', id: event.id, name: event.name, arguments: '', ended: false };
      open.set(event.index, call);
      told.segments.push(call);
    } else if (event.type === 'tool-call-delta') {
      const call = open.get(event.index);
      if (call) call.arguments += event.arguments;
    } else if (event.type === 'tool-call-end') close(event.index);
    else if (event.type === 'citation')
      told.citations.push({ url: event.url, title: event.title || event.url, place: length });
    else if (event.type === 'usage') told.usage = { ...told.usage, ...event.usage };
  }
  return told;
}

export const textsOf = ({ segments }: Told, kind: 'text' | 'reasoning'): string =>
  segments.map((segment) => (segment.kind === kind ? segment.text : '')).join('');

export const callsOf = ({ segments }: Told): Call[] =>
  segments.flatMap((segment) => (segment.kind === 'call' ? [segment] : []));

/** The arguments a client must be given: a call that has none has an empty object. */
export const argumentsOf = (call: Call): string => (isBlank(call.arguments) ? `${call.arguments}{}` : call.arguments);

/** Checks ids against what the provider gave: kept as they are, and made up, never empty, where it gave none. */
export function sameIds(read: readonly string[], calls: readonly Call[]): void {
  assert.equal(read.length, calls.length);
  for (const [place, id] of read.entries()) {
    const given = calls[place]?.id;
    if (given) assert.equal(id, given);
    else assert.notEqual(id, '');
  }
}

/** Checks three counts against the reports: a reported one is as reported, another only what the other two leave. */
export function sameCounts(
  read: { readonly input: number | undefined; readonly output: number | undefined; readonly total: number | undefined },
  { inputTokens: input, outputTokens: output, totalTokens: total }: Usage,
): void {
  const known = [input, output, total].filter((value) => value !== undefined).length;
  if (input !== undefined) assert.equal(read.input, input);
  if (output !== undefined) assert.equal(read.output, output);
  if (total !== undefined) assert.equal(read.total, total);
  if (known < 2) assert.deepEqual([read.input, read.output, read.total], [input, output, total]);
  else if (known === 2 && read.input !== undefined && read.output !== undefined)
    assert.equal(read.total, read.input + read.output);
}
