import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Notice } from '../../../../shared/notice.ts';
import type { ChatEvent, FinishReason } from '../events.ts';
import { nativeCalls } from './native-calls.ts';
import { merged, splits } from './testing.ts';

const unreadable: Notice = { code: 'arguments_unreadable', tool: 'f' };

function answered(delivery: 'stream' | 'whole', pieces: readonly string[], reason: FinishReason = 'tool-calls', ends = true) {
  const warnings: Notice[] = [];
  const reader = nativeCalls(delivery, (notice) => warnings.push(notice));
  const events: ChatEvent[] = [
    { type: 'text', text: 'So: ' },
    { type: 'tool-call-start', index: 0, id: 'x', name: 'f' },
    ...pieces.map((text) => ({ type: 'tool-call-delta', index: 0, arguments: text }) as const),
    ...(ends ? [{ type: 'tool-call-end', index: 0 } as const] : []),
    { type: 'finish', reason },
  ];
  const out = events.flatMap((event) => reader([event]));
  assert.deepEqual(out.map(({ type }) => type).filter((type) => type !== 'tool-call-delta'), ['text', 'tool-call-start', 'tool-call-end', 'finish']);
  return { args: merged(out).calls[0]?.[1], warnings };
} // prettier-ignore

const cases: readonly (readonly [name: string, given: string, whole: string, streamed: string, warned: 'none' | 'stream' | 'both'])[] = [
  ['strict JSON stays as it was written', '{ "a": 12345678901234567890 }', '{ "a": 12345678901234567890 }', '{ "a": 12345678901234567890 }', 'none'],
  ['none', '', '', '', 'none'],
  ['a bracket is missing', '{"a": {"b": [1', '{"a":{"b":[1]}}', '{"a": {"b": [1]}}', 'none'],
  ['Python', "{'a': True,}", '{"a":true}', "{'a': True,}", 'stream'],
  ['broken off in a word', '{"a": "rm -rf /tm', '{"a": "rm -rf /tm', '{"a": "rm -rf /tm', 'both'],
  ['no JSON', 'Paris, please', 'Paris, please', 'Paris, please', 'both'],
]; // prettier-ignore

for (const [name, given, whole, streamed, warned] of cases) {
  test(`arguments in the provider's own fields: ${name}`, () => {
    for (const pieces of given === '' ? [[]] : splits(given)) {
      for (const ends of [true, false]) {
        assert.deepEqual(answered('whole', pieces, 'tool-calls', ends), { args: whole, warnings: warned === 'both' ? [unreadable] : [] });
        assert.deepEqual(answered('stream', pieces, 'tool-calls', ends), { args: streamed, warnings: warned === 'none' ? [] : [unreadable] });
        assert.deepEqual(answered('whole', pieces, 'length', ends), { args: given, warnings: [] });
        assert.deepEqual(answered('stream', pieces, 'length', ends), { args: given, warnings: [] });
      }
    }
  }); // prettier-ignore
}

test('a stream passes arguments on at once, whatever they are', () => {
  const reader = nativeCalls('stream', () => undefined);
  const delta: ChatEvent = { type: 'tool-call-delta', index: 0, arguments: '{{' };
  reader([{ type: 'tool-call-start', index: 0, id: 'x', name: 'f' }]);
  assert.deepEqual(reader([delta]), [delta]);
});

test('a number that is used again ends the call before it', () => {
  for (const delivery of ['stream', 'whole'] as const) {
    const start = (id: string): ChatEvent => ({ type: 'tool-call-start', index: 0, id, name: 'f' });
    const delta = (text: string): ChatEvent => ({ type: 'tool-call-delta', index: 0, arguments: text });
    const end: ChatEvent = { type: 'tool-call-end', index: 0 };
    const reader = nativeCalls(delivery, () => undefined);
    const out = reader([start('a'), delta('{"a":1'), start('b'), delta('{}'), end, { type: 'finish', reason: 'stop' }]);
    const told = out.map((event) =>
      event.type === 'tool-call-delta' ? event.arguments : event.type === 'tool-call-start' ? event.id : event.type,
    );
    const first = delivery === 'whole' ? ['{"a":1}'] : ['{"a":1', '}'];
    assert.deepEqual(told, ['a', ...first, 'tool-call-end', 'b', '{}', 'tool-call-end', 'finish']);
  }
});

test('nothing but arguments is touched', () => {
  const text = fc.record({ type: fc.constantFrom('text' as const, 'reasoning' as const), text: fc.string() });
  fc.assert(
    fc.property(fc.array(text), fc.constantFrom('stream' as const, 'whole' as const), (events, delivery) => {
      assert.deepEqual(nativeCalls(delivery, () => assert.fail())(events), events);
    }),
  );
});
