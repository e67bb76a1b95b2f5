/** Any answer is a valid stream, and the whole reply says the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { growth, linear } from '../../../../tests/growth.ts';
import { ChatError } from '../../chat/errors.ts';
import type { ChatEvent, FinishReason } from '../../chat/events.ts';
import type { Decoded } from '../dialect.ts';
import { openaiResponses } from './dialect.ts';
import { joined, Response, validate } from './testing/validator.ts';

const head = { id: 'abc', model: 'm', created: 1 };

const tools = [
  { type: 'function', name: 'weather' },
  { type: 'custom', name: 'patch' },
  { type: 'namespace', name: 'team', tools: [{ type: 'function', name: 'ask' }] },
];

function asked(): Decoded {
  return openaiResponses.decode({ model: 'm', input: 'x', tools });
}

const index = fc.integer({ min: 0, max: 3 });
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', ' ', '\n', '\r\n\u2028', 'data: [DONE]\n\n', '\ud83d', '{}', '{"input":"x"}'),
);
const reasons: FinishReason[] = ['stop', 'length', 'tool-calls', 'content-filter'];
const count = fc.option(fc.nat(1_000), { nil: undefined });
const event: fc.Arbitrary<ChatEvent> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text }),
  fc.record(
    { type: fc.constant('reasoning' as const), text, signature: fc.constantFrom('', 's') },
    { requiredKeys: ['type', 'text'] },
  ),
  fc.record({
    type: fc.constant('tool-call-start' as const),
    index,
    id: fc.constantFrom('', 'call_1', 'call_2'),
    name: fc.oneof(fc.constantFrom('weather', 'patch', 'ask'), fc.string()),
  }),
  fc.record({ type: fc.constant('tool-call-delta' as const), index, arguments: text }),
  fc.record({ type: fc.constant('tool-call-end' as const), index }),
  fc.record({ type: fc.constant('citation' as const), index, url: fc.webUrl(), title: fc.string() }),
  fc
    .record({
      inputTokens: count,
      outputTokens: count,
      totalTokens: count,
      cachedTokens: count,
      reasoningTokens: count,
    })
    .map((usage): ChatEvent => ({ type: 'usage', usage: JSON.parse(JSON.stringify(usage)) as object })),
);
const events = fc.array(event, { maxLength: 24 });
const cuts = fc.array(fc.nat(26), { maxLength: 8 });

function batches(all: readonly ChatEvent[], places: readonly number[]): ChatEvent[][] {
  const edges = [0, ...places.toSorted((a, b) => a - b), all.length];
  return edges.slice(1).map((edge, place) => all.slice(edges[place], edge));
}

test('any stream is valid and says what the whole reply says', () => {
  fc.assert(
    fc.property(events, cuts, fc.constantFrom(...reasons), events, (all, places, reason, late) => {
      const decoded = asked();
      const encoder = decoded.encoder(head);
      const collector = decoded.collector(head);
      let wire = '';
      for (const batch of batches([...all, { type: 'finish', reason }, ...late], places)) {
        wire += encoder.push(batch);
        collector.push(batch);
      }
      const last = validate(wire);
      const reply: unknown = JSON.parse(JSON.stringify(collector.reply()));
      assert.deepEqual(last, Response.parse(reply));
      assert.equal(encoder.push(late) + encoder.fail(new ChatError('internal_error', 'x')) + encoder.keepAlive(), '');
    }),
    { numRuns: 3_000 },
  );
});

test('how events fall into batches changes nothing but the size of deltas', () => {
  fc.assert(
    fc.property(events, cuts, (all, places) => {
      const whole: ChatEvent[] = [...all, { type: 'finish', reason: 'stop' }];
      const encoder = asked().encoder(head);
      const wire = batches(whole, places)
        .map((batch) => encoder.push(batch))
        .join('');
      assert.deepEqual(joined(wire), joined(asked().encoder(head).push(whole)));
    }),
    { numRuns: 2_000 },
  );
});

test('a stream that breaks anywhere is valid, failed, and holds only finished items', () => {
  const error = new ChatError('upstream_disconnect', 'It broke.');
  fc.assert(
    fc.property(events, cuts, fc.boolean(), (all, places, within) => {
      const encoder = asked().encoder(head);
      let wire = '';
      for (const batch of batches(all, places)) wire += encoder.push(batch);
      wire += within
        ? encoder.push([
            { type: 'error', error },
            { type: 'finish', reason: 'stop' },
          ])
        : encoder.fail(error);
      const last = validate(wire);
      assert.equal(last.status, 'failed');
      assert.equal(last.error?.code, 'upstream_disconnect');
      assert.ok(last.output.every((item) => item.status === 'completed'));
      assert.equal(encoder.fail(error) + encoder.keepAlive(), '');
    }),
    { numRuns: 2_000 },
  );
});

function restored(all: readonly ChatEvent[], type: 'text' | 'reasoning'): string {
  return all.map((entry) => (entry.type === type ? entry.text : '')).join('');
}

test('no text is lost, whatever comes between', () => {
  fc.assert(
    fc.property(events, (all) => {
      const { output } = validate(
        asked()
          .encoder(head)
          .push([...all, { type: 'finish', reason: 'stop' }]),
      );
      const said = output.flatMap((item) => (item.type === 'message' ? item.content.map((part) => part.text) : []));
      const thought = output.flatMap((item) =>
        item.type === 'reasoning' ? item.summary.map((part) => part.text) : [],
      );
      assert.equal(said.join(''), restored(all, 'text'));
      assert.equal(thought.join(''), restored(all, 'reasoning'));
    }),
    { numRuns: 500 },
  );
});

test('a long answer is collected and encoded in linear time', () => {
  const batch: ChatEvent[] = Array.from({ length: 100 }, () => ({ type: 'text', text: 'word ' }));
  const work = (rounds: number) => {
    const encoder = asked().encoder(head);
    const collector = asked().collector(head);
    for (let round = 0; round < rounds; round += 1) {
      encoder.push(batch);
      collector.push(batch);
    }
    collector.push([{ type: 'finish', reason: 'stop' }]);
    assert.ok(JSON.stringify(collector.reply()).includes('word word'));
  };
  assert.ok(growth(work, 500) < linear);
});
