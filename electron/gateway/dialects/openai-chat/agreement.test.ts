/** The stream and the whole reply are made from the same events and must say the same. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growth, linear } from '../../../../tests/growth.ts';
import fc from 'fast-check';
import { z } from 'zod';
import { ChatError } from '../../chat/errors.ts';
import type { ChatEvent, FinishReason } from '../../chat/events.ts';
import { CompletionCollector } from './collect.ts';
import { ChunkEncoder } from './encode.ts';

const head = { id: 'abc', model: 'm', created: 1 };

const Fragment = z.strictObject({
  index: z.number(),
  id: z.string().min(1).optional(),
  type: z.literal('function').optional(),
  function: z.strictObject({ name: z.string().optional(), arguments: z.string() }),
});
const Delta = z.strictObject({
  role: z.literal('assistant').optional(),
  content: z.string().nullish(),
  reasoning_content: z.string().min(1).optional(),
  tool_calls: z.array(Fragment).min(1).optional(),
  annotations: z.array(z.unknown()).min(1).optional(),
});
const Choice = z.strictObject({ index: z.literal(0), delta: Delta, finish_reason: z.string().nullable() });
const Chunk = z.strictObject({
  id: z.literal('chatcmpl-abc'),
  object: z.literal('chat.completion.chunk'),
  created: z.literal(1),
  model: z.literal('m'),
  choices: z.array(Choice).max(1),
  usage: z.unknown().optional(),
});

/** A client that puts the chunks together and is strict about everything a real one stumbles over. */
function reassemble(wire: string, includeUsage: boolean): object {
  const frames = wire.split('\n\n');
  assert.equal(frames.pop(), '');
  assert.equal(frames.pop(), 'data: [DONE]');
  const calls: { id: string; type: string; function: { name: string; arguments: string } }[] = [];
  let content: string | null = null;
  let reasoning = '';
  let annotations: unknown;
  let reason: string | null = null;
  let usage: unknown;
  for (const [place, frame] of frames.entries()) {
    assert.ok(frame.startsWith('data: {') && !frame.includes('\n'));
    const chunk = Chunk.parse(JSON.parse(frame.slice(6)));
    if (chunk.usage !== undefined) usage = chunk.usage;
    const [choice] = chunk.choices;
    if (!choice) {
      assert.ok(includeUsage && place === frames.length - 1 && chunk.usage !== undefined);
      continue;
    }
    assert.equal(reason, null, 'nothing but usage may follow the finish chunk');
    assert.equal(chunk.usage !== undefined && choice.finish_reason === null, false);
    const { delta } = choice;
    assert.equal(delta.role, place === 0 ? 'assistant' : undefined);
    if (typeof delta.content === 'string') content = (content ?? '') + delta.content;
    reasoning += delta.reasoning_content ?? '';
    annotations = delta.annotations ?? annotations;
    for (const { index, id, type, function: part } of delta.tool_calls ?? []) {
      const known = calls[index];
      if (known) {
        assert.ok(id === undefined && type === undefined && part.name === undefined);
        known.function.arguments += part.arguments;
      } else {
        assert.ok(index === calls.length && id && type && part.name !== undefined);
        calls.push({ id, type, function: { name: part.name, arguments: part.arguments } });
      }
    }
    reason = choice.finish_reason;
  }
  if (reason === null) assert.fail('no finish chunk');
  const message = {
    role: 'assistant',
    content: calls.length > 0 ? content : (content ?? ''),
    refusal: null,
    ...(reasoning && { reasoning_content: reasoning }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(annotations !== undefined && { annotations }),
  };
  const choices = [{ index: 0, message, logprobs: null, finish_reason: reason }];
  return {
    id: 'chatcmpl-abc',
    object: 'chat.completion',
    created: 1,
    model: 'm',
    choices,
    ...(usage !== undefined && { usage }),
  };
}

const index = fc.integer({ min: 0, max: 3 });
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', ' ', '\n', 'data: [DONE]\n\n', '\ud83d', '{}'),
);
const reasons: FinishReason[] = ['stop', 'length', 'tool-calls', 'content-filter'];
const count = fc.option(fc.nat(1_000), { nil: undefined });
const usage = fc.record({
  inputTokens: count,
  outputTokens: count,
  totalTokens: count,
  cachedTokens: count,
  reasoningTokens: count,
});
const event: fc.Arbitrary<ChatEvent> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text }),
  fc.record({ type: fc.constant('reasoning' as const), text }),
  fc.record({
    type: fc.constant('tool-call-start' as const),
    index,
    id: fc.constantFrom('', 'call_1', 'call_2'),
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
  reason: fc.constantFrom(...reasons),
  late: fc.array(event, { maxLength: 2 }),
  includeUsage: fc.boolean(),
});

test('any stream says what the whole reply says', () => {
  fc.assert(
    fc.property(stream, ({ batches, reason, late, includeUsage }) => {
      const encoder = new ChunkEncoder(head, includeUsage);
      const collector = new CompletionCollector(head);
      let wire = '';
      for (const batch of [...batches, [{ type: 'finish' as const, reason }, ...late], late]) {
        wire += encoder.push(batch);
        collector.push(batch);
      }
      assert.deepEqual(reassemble(wire, includeUsage), JSON.parse(JSON.stringify(collector.reply())));
    }),
    { numRuns: 1_000 },
  );
});

test('how events fall into batches changes no character', () => {
  fc.assert(
    fc.property(fc.array(event), fc.array(fc.nat(20)), (events, cuts) => {
      const whole: ChatEvent[] = [...events, { type: 'finish', reason: 'stop' }];
      const once = reassemble(new ChunkEncoder(head, false).push(whole), false);
      const encoder = new ChunkEncoder(head, false);
      const edges = [0, ...cuts.toSorted((a, b) => a - b), whole.length];
      const wire = edges.map((edge, place) => encoder.push(whole.slice(edges[place - 1] ?? 0, edge))).join('');
      assert.deepEqual(reassemble(wire, false), once);
    }),
  );
});

test('a broken answer has no reply', () => {
  const error = new ChatError('upstream_disconnect', 'It broke.');
  const collector = new CompletionCollector(head);
  collector.push([{ type: 'text', text: 'half' }]);
  assert.throws(() => collector.reply(), { code: 'upstream_truncated' });
  assert.throws(() => collector.push([{ type: 'error', error }]), error);
});

function messageOf(events: ChatEvent[]): unknown {
  const collector = new CompletionCollector(head);
  collector.push([...events, { type: 'finish', reason: 'stop' }]);
  const reply = z.object({ choices: z.array(z.object({ message: z.unknown() })) }).parse(collector.reply());
  return reply.choices[0]?.message;
}

test('content is null beside calls only, "" in an empty answer; empty lists are left out', () => {
  assert.deepEqual(messageOf([]), { role: 'assistant', content: '', refusal: null });
  assert.deepEqual(messageOf([{ type: 'tool-call-start', index: 0, id: 'c', name: 'f' }]), {
    role: 'assistant',
    content: null,
    refusal: null,
    tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
  });
});

test('a long answer is collected and encoded in linear time', () => {
  const batch: ChatEvent[] = Array.from({ length: 100 }, () => ({ type: 'text', text: 'word ' }));
  const work = (batches: number) => {
    const encoder = new ChunkEncoder(head, false);
    const collector = new CompletionCollector(head);
    for (let round = 0; round < batches; round += 1) {
      encoder.push(batch);
      collector.push(batch);
    }
    collector.push([{ type: 'finish', reason: 'stop' }]);
    assert.equal(JSON.stringify(collector.reply()).includes('word word'), true);
  };
  assert.ok(growth(work, 500) < linear);
});
