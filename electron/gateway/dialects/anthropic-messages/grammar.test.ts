/** Whatever a provider sends, the stream is one that strict clients take, and it says what the whole reply says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { growth, linear } from '../../../../tests/growth.ts';
import { type ReadBlock, type ReadMessage, readMessageStream } from '../../../../tests/messages-stream.ts';
import { ChatError } from '../../chat/errors.ts';
import type { ChatEvent, FinishReason } from '../../chat/events.ts';
import { MessageCollector } from './collect.ts';
import { MessageEncoder } from './encode.ts';
import type { ThinkingDisplay } from './wishes.ts';

const head = { id: 'abc', model: 'm', created: 1 };
const asked = (display: ThinkingDisplay) => ({ display, estimateInput: () => 7 });

const index = fc.integer({ min: 0, max: 3 });
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', ' ', '\n', 'event: error\ndata: {}\n\n', '\ud83d', '{}', '{"a":', '1}'),
);
const count = fc.option(fc.nat(1_000), { nil: undefined });
const usage = fc.record({ inputTokens: count, outputTokens: count, totalTokens: count, cachedTokens: count });
const event: fc.Arbitrary<ChatEvent> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text }),
  fc.record(
    { type: fc.constant('reasoning' as const), text, signature: fc.constantFrom('', 'theirs') },
    { requiredKeys: ['type', 'text'] },
  ),
  fc.record({
    type: fc.constant('tool-call-start' as const),
    index,
    id: fc.constantFrom('', 'call_1', 'toolu_2'),
    name: fc.string(),
  }),
  fc.record({ type: fc.constant('tool-call-delta' as const), index, arguments: text }),
  fc.record({ type: fc.constant('tool-call-end' as const), index }),
  fc.record({ type: fc.constant('citation' as const), index, url: fc.webUrl(), title: fc.string() }),
  // Absent and undefined are the same to a provider that copies optional counts.
  usage.map((counts): ChatEvent => ({ type: 'usage', usage: JSON.parse(JSON.stringify(counts)) as object })),
);
const stream = fc.record({
  batches: fc.array(fc.array(event, { maxLength: 8 }), { maxLength: 8 }),
  reason: fc.constantFrom<FinishReason>('stop', 'length', 'tool-calls', 'content-filter'),
  late: fc.array(event, { maxLength: 2 }),
  display: fc.constantFrom<ThinkingDisplay>('shown', 'omitted', 'hidden'),
});

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

/** The block as the reply has it; undefined for a call whose arguments are no object. */
function contentOf({ type, text: said, id, name, signature }: ReadBlock, reason: string | null): object | undefined {
  if (type === 'text') return { type, text: said };
  if (type === 'thinking') return { type, thinking: said, signature };
  const input = parsed(said);
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return { type, id, name, input };
  return reason === 'max_tokens' ? { type, id, name, input: {} } : undefined;
}

function replyOf(read: ReadMessage): object | undefined {
  const content = read.blocks.map((block) => contentOf(block, read.stopReason));
  if (content.includes(undefined)) return undefined;
  return {
    id: read.id,
    type: 'message',
    role: 'assistant',
    model: read.model,
    content,
    stop_reason: read.stopReason,
    stop_sequence: null,
    usage: read.usage,
  };
}

test('any stream is valid and says what the whole reply says', () => {
  fc.assert(
    fc.property(stream, ({ batches, reason, late, display }) => {
      const encoder = new MessageEncoder(head, asked(display));
      const collector = new MessageCollector(head, asked(display));
      let wire = encoder.keepAlive();
      for (const batch of [...batches, [{ type: 'finish' as const, reason }, ...late], late]) {
        wire += encoder.push(batch) + encoder.keepAlive();
        collector.push(batch);
      }
      const read = readMessageStream(wire);
      if (display === 'hidden') assert.ok(read.blocks.every(({ type }) => type !== 'thinking'));
      const reply = replyOf(read);
      if (reply) assert.deepEqual(JSON.parse(JSON.stringify(collector.reply())), reply);
      else assert.throws(() => collector.reply(), { code: 'upstream_protocol' });
    }),
    { numRuns: 2_500 },
  );
});

test('nothing is lost: every character of text and of each call arrives, in its order', () => {
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const wire = new MessageEncoder(head, asked('shown')).push([...events, { type: 'finish', reason: 'stop' }]);
      const { blocks } = readMessageStream(wire);
      const said = (type: 'text' | 'reasoning') =>
        events.map((entry) => (entry.type === type ? entry.text : '')).join('');
      const read = (type: ReadBlock['type']) => blocks.map((block) => (block.type === type ? block.text : '')).join('');
      // Halves of a character are kept apart by JSON, and whole again when they are joined.
      assert.equal(read('text'), said('text'));
      assert.equal(read('thinking'), said('reasoning'));
      const starts = events.filter(({ type }) => type === 'tool-call-start').length;
      assert.equal(blocks.filter(({ type }) => type === 'tool_use').length, starts);
    }),
    { numRuns: 500 },
  );
});

test('how events fall into batches changes no character', () => {
  fc.assert(
    fc.property(fc.array(event), fc.array(fc.nat(20)), (events, cuts) => {
      const whole: ChatEvent[] = [...events, { type: 'finish', reason: 'stop' }];
      const once = readMessageStream(new MessageEncoder(head, asked('shown')).push(whole));
      const encoder = new MessageEncoder(head, asked('shown'));
      const edges = [0, ...cuts.toSorted((a, b) => a - b), whole.length];
      const wire = edges.map((edge, place) => encoder.push(whole.slice(edges[place - 1] ?? 0, edge))).join('');
      assert.deepEqual(readMessageStream(wire), once);
    }),
    { numRuns: 500 },
  );
});

test('a stream that breaks anywhere ends in an error and in nothing else', () => {
  const error = new ChatError('upstream_disconnect', 'It broke.');
  fc.assert(
    fc.property(fc.array(event, { minLength: 1 }), fc.boolean(), (events, inside) => {
      const encoder = new MessageEncoder(head, asked('shown'));
      const shown: ChatEvent[] = [{ type: 'text', text: 'x' }, ...events];
      let wire = encoder.push(inside ? [...shown, { type: 'error', error }] : shown);
      wire += encoder.fail(error) + encoder.fail(error) + encoder.push(shown) + encoder.keepAlive();
      const read = readMessageStream(wire);
      assert.deepEqual([read.error?.type, read.stopReason], ['api_error', null]);
    }),
    { numRuns: 200 },
  );
});

test('a broken answer has no reply', () => {
  const error = new ChatError('upstream_disconnect', 'It broke.');
  const collector = new MessageCollector(head, asked('shown'));
  collector.push([{ type: 'text', text: 'half' }]);
  assert.throws(() => collector.reply(), { code: 'upstream_truncated' });
  assert.throws(() => collector.push([{ type: 'error', error }]), error);
});

test('a long answer is collected and encoded in linear time', () => {
  const batch: ChatEvent[] = Array.from({ length: 100 }, () => ({ type: 'text', text: 'word ' }));
  const work = (batches: number) => {
    const encoder = new MessageEncoder(head, asked('shown'));
    const collector = new MessageCollector(head, asked('shown'));
    for (let round = 0; round < batches; round += 1) {
      encoder.push(batch);
      collector.push(batch);
    }
    collector.push([{ type: 'finish', reason: 'stop' }]);
    assert.equal(JSON.stringify(collector.reply()).includes('word word'), true);
  };
  assert.ok(growth(work, 500) < linear);
});

test('many calls that interleave wait for their turn in linear time', () => {
  const work = (calls: number) => {
    const encoder = new MessageEncoder(head, asked('shown'));
    const indexes = Array.from({ length: calls }, (_, place) => place);
    encoder.push(indexes.map((place) => ({ type: 'tool-call-start', index: place, id: '', name: 'f' })));
    encoder.push(indexes.map((place) => ({ type: 'tool-call-delta', index: place, arguments: '{}' })));
    assert.ok(encoder.push([{ type: 'finish', reason: 'tool-calls' }]).length > calls);
  };
  assert.ok(growth(work, 1_000) < linear);
});
