/** What the grammar tests rely on: that the random answers hold what providers really do, and often. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ChatEvent } from '../../chat/events.ts';
import { batchesOf, reasons, runs, type Sequence, sequence } from './sequences.ts';
import { callsOf, tell } from './told.ts';

const types = ({ events }: Sequence): ChatEvent['type'][] => events.map(({ type }) => type);
const isEmpty = (event: ChatEvent): boolean =>
  ((event.type === 'text' || event.type === 'reasoning') && event.text === '') ||
  (event.type === 'tool-call-delta' && event.arguments === '');

/** A fragment of one call while another, begun later, is open. */
function interleaves({ events }: Sequence): boolean {
  const open: number[] = [];
  return events.some((event) => {
    if (event.type === 'tool-call-start') open.push(event.index);
    return event.type === 'tool-call-delta' && open.includes(event.index) && open.at(-1) !== event.index;
  });
}

const situations: Record<string, (asked: Sequence) => boolean> = {
  'tool calls that interleave': interleaves,
  'empty deltas': ({ events }) => events.some(isEmpty),
  'usage before any content': (asked) => types(asked)[0] === 'usage',
  'usage between content': (asked) => types(asked).slice(1, -1).includes('usage'),
  'usage last': (asked) => types(asked).at(-1) === 'usage',
  'usage more than once': (asked) => types(asked).filter((type) => type === 'usage').length > 1,
  'an error before anything': ({ events, end }) => events.length === 0 && end.type === 'error',
  'an error in the middle of a call': ({ events, end }) =>
    end.type === 'error' && callsOf(tell(events)).some((call) => !call.ended && call.arguments !== ''),
  'an error after text': (asked) => asked.end.type === 'error' && types(asked).includes('text'),
  citations: (asked) => types(asked).includes('citation'),
  'citations without text': (asked) => types(asked).includes('citation') && !types(asked).includes('text'),
  'reasoning after text': (asked) => types(asked).lastIndexOf('reasoning') > types(asked).indexOf('text'),
  'signed reasoning': ({ events }) => events.some((event) => event.type === 'reasoning' && Boolean(event.signature)),
  'calls and nothing else': (asked) => {
    const { segments } = tell(asked.events);
    return segments.length > 0 && segments.every(({ kind }) => kind === 'call');
  },
  'a call without arguments': (asked) => callsOf(tell(asked.events)).some((call) => call.arguments === ''),
  'a call that is never ended': (asked) => callsOf(tell(asked.events)).some((call) => !call.ended),
  'a fragment of no call': ({ events }) => events[0]?.type === 'tool-call-delta',
  'an empty answer': ({ events, end }) => events.length === 0 && end.type === 'finish',
  'something after the end': ({ late }) => late.length > 0,
  'several batches': (asked) => batchesOf(asked).filter((batch) => batch.length > 0).length > 1,
};
for (const reason of reasons)
  situations[`finish ${reason}`] = ({ end }) => end.type === 'finish' && end.reason === reason;

test('every situation a provider brings about is among the random answers, a hundred times and more', () => {
  const sample = fc.sample(sequence, { numRuns: runs, seed: 20261121 });
  for (const [name, holds] of Object.entries(situations))
    assert.ok(sample.filter(holds).length >= 100, `${name}: ${sample.filter(holds).length}`);
});

test('the yardstick reads one answer of each kind as the grammar of events has it', () => {
  const told = tell([
    { type: 'tool-call-delta', index: 0, arguments: 'of no call' },
    { type: 'text', text: 'a' },
    { type: 'citation', index: 1, url: 'https://a.example/' },
    { type: 'text', text: 'b' },
    { type: 'tool-call-start', index: 0, id: 'x', name: 'f' },
    { type: 'tool-call-start', index: 1, id: '', name: 'g' },
    { type: 'tool-call-delta', index: 0, arguments: '{' },
    { type: 'tool-call-delta', index: 1, arguments: '1' },
    { type: 'tool-call-delta', index: 0, arguments: '}' },
    { type: 'tool-call-end', index: 0 },
    { type: 'tool-call-delta', index: 0, arguments: 'late' },
    { type: 'reasoning', text: 'hm', signature: 's' },
    { type: 'reasoning', text: 'more' },
    { type: 'usage', usage: { inputTokens: 1, outputTokens: 2 } },
    { type: 'usage', usage: { outputTokens: 3 } },
    { type: 'finish', reason: 'stop' },
    { type: 'text', text: 'late' },
  ]);
  assert.deepEqual(told, {
    segments: [
      { kind: 'text', text: 'ab' },
      { kind: 'call', id: 'x', name: 'f', arguments: '{}', ended: true },
      { kind: 'call', id: '', name: 'g', arguments: '1', ended: false },
      { kind: 'reasoning', text: 'hm', signature: 's' },
      { kind: 'reasoning', text: 'more' },
    ],
    citations: [{ url: 'https://a.example/', title: 'https://a.example/', place: 1 }],
    usage: { inputTokens: 1, outputTokens: 3 },
    end: { type: 'finish', reason: 'stop' },
  });
});
