/** Whatever a provider sends, the stream is one that strict clients take, and it says what the events say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ReadBlock, type ReadMessage, readMessageStream } from '../../../../tests/messages-stream.ts';
import { ChatError } from '../../chat/errors.ts';
import type { ChatEvent } from '../../chat/events.ts';
import { batchesOf, events, runs, type Sequence, sequence } from '../testing/sequences.ts';
import { argumentsOf, callsOf, sameIds, type Segment, tell, type Told } from '../testing/told.ts';
import { MessageCollector } from './collect.ts';
import { MessageEncoder } from './encode.ts';
import { sign } from '../shared/signature.ts';
import type { ThinkingDisplay } from './wishes.ts';

const head = { id: 'abc', model: 'm', created: 1 };
const asked = (display: ThinkingDisplay) => ({ display, estimateInput: () => 7 });

const displays = fc.constantFrom<ThinkingDisplay>('shown', 'omitted', 'hidden');

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

/** The block as the reply has it. Input that is no object is shown inside of one. */
function contentOf({ type, text: said, id, name, signature }: ReadBlock, reason: string | null): object {
  if (type === 'text') return { type, text: said };
  if (type === 'thinking') return { type, thinking: said, signature };
  const input = parsed(said);
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return { type, id, name, input };
  return { type, id, name, input: reason === 'max_tokens' ? {} : { INVALID_JSON: said } };
}

function replyOf(read: ReadMessage): object {
  const content = read.blocks.map((block) => contentOf(block, read.stopReason));
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

const words = { stop: 'end_turn', length: 'max_tokens', 'tool-calls': 'end_turn', 'content-filter': 'refusal' };

function sameBlock(block: ReadBlock, segment: Segment, display: ThinkingDisplay): void {
  if (segment.kind === 'call') {
    assert.deepEqual([block.type, block.name, block.text], ['tool_use', segment.name, argumentsOf(segment)]);
    return;
  }
  const text = segment.kind === 'reasoning' && display === 'omitted' ? '' : segment.text;
  assert.deepEqual([block.type, block.text], [segment.kind === 'text' ? 'text' : 'thinking', text]);
  if (segment.kind === 'reasoning')
    assert.equal(block.signature, segment.signature ?? sign(segment.text, display === 'shown'));
}

/** A stream that broke off has the first blocks; the last of these may lack its end. */
function firstBlocks(read: ReadMessage, segments: readonly Segment[]): void {
  assert.ok(read.blocks.length <= segments.length);
  for (const [place, { type, text }] of read.blocks.entries()) {
    const segment = segments[place];
    assert.equal({ text: 'text', reasoning: 'thinking', call: 'tool_use' }[segment?.kind ?? 'text'], type);
    const whole = segment?.kind === 'call' ? argumentsOf(segment) : segment?.text;
    assert.ok(whole?.startsWith(text));
  }
}

function sameAsTold(read: ReadMessage, told: Told, display: ThinkingDisplay): void {
  if (told.end?.type !== 'finish') {
    assert.ok(read.error);
    return firstBlocks(read, told.segments);
  }
  // A reply without any block has an empty text: clients expect one.
  const segments: Segment[] = told.segments.length > 0 ? told.segments : [{ kind: 'text', text: '' }];
  assert.equal(read.blocks.length, segments.length);
  for (const [place, segment] of segments.entries()) sameBlock(read.blocks[place] ?? assert.fail(), segment, display);
  const calls = callsOf(told);
  sameIds(
    read.blocks.flatMap(({ type, id }) => (type === 'tool_use' && id !== undefined ? [id] : [])),
    calls,
  );
  const word = words[told.end.reason];
  assert.equal(read.stopReason, word === 'end_turn' && calls.length > 0 ? 'tool_use' : word);
  const { inputTokens, outputTokens, cachedTokens = 0 } = told.usage;
  assert.equal(read.usage?.cache_read_input_tokens, cachedTokens);
  if (inputTokens !== undefined) assert.equal(read.usage?.input_tokens, Math.max(0, inputTokens - cachedTokens));
  if (outputTokens !== undefined) assert.equal(read.usage?.output_tokens, outputTokens);
}

/** Thinking that the client did not ask for is not part of what it is told. */
const shownTo = (display: ThinkingDisplay, all: readonly ChatEvent[]): ChatEvent[] =>
  all.filter(({ type }) => display !== 'hidden' || type !== 'reasoning');

function wireOf(sent: Sequence, display: ThinkingDisplay): string {
  const encoder = new MessageEncoder(head, asked(display));
  let wire = encoder.keepAlive();
  for (const batch of batchesOf(sent)) wire += encoder.push(batch) + encoder.keepAlive();
  return wire + encoder.fail(new ChatError('internal_error', 'x'));
}

test('10,000 random answers: each a valid stream that says what its events say and what the whole reply says', () => {
  fc.assert(
    fc.property(sequence, displays, (sent, display) => {
      const wire = wireOf(sent, display);
      // An error before anything else is no message at all; the gateway answers it with its HTTP status.
      if (!wire.includes('event: message_start')) {
        assert.match(wire, /^(?:: keep-alive\n\n)*event: error\n[^\n]*\n\n$/);
        return;
      }
      const read = readMessageStream(wire);
      sameAsTold(read, tell(shownTo(display, [...sent.events, sent.end])), display);
      const collector = new MessageCollector(head, asked(display));
      const collect = (): void => batchesOf(sent).forEach((batch) => collector.push(batch));
      if (sent.end.type === 'error') {
        assert.throws(collect, { code: sent.end.error.code });
        return;
      }
      collect();
      assert.deepEqual(JSON.parse(JSON.stringify(collector.reply())), replyOf(read));
    }),
    { numRuns: runs },
  );
});

test('how events fall into batches changes no character of what is said', () => {
  fc.assert(
    fc.property(sequence, displays, (sent, display) => {
      const whole: Sequence = { ...sent, end: { type: 'finish', reason: 'stop' } };
      const once = readMessageStream(wireOf({ ...whole, cuts: [] }, display));
      assert.deepEqual(readMessageStream(wireOf(whole, display)), once);
    }),
    { numRuns: 2_000 },
  );
});

test('a stream that breaks anywhere ends in an error and in nothing else', () => {
  const error = new ChatError('upstream_disconnect', 'It broke.');
  fc.assert(
    fc.property(events, fc.boolean(), (all, inside) => {
      const encoder = new MessageEncoder(head, asked('shown'));
      const shown: ChatEvent[] = [{ type: 'text', text: 'x' }, ...all];
      let wire = encoder.push(inside ? [...shown, { type: 'error', error }] : shown);
      wire += encoder.fail(error) + encoder.fail(error) + encoder.push(shown) + encoder.keepAlive();
      const read = readMessageStream(wire);
      assert.deepEqual([read.error?.type, read.stopReason], ['api_error', null]);
    }),
    { numRuns: 1_000 },
  );
});

test('a broken answer has no reply', () => {
  const error = new ChatError('upstream_disconnect', 'It broke.');
  const collector = new MessageCollector(head, asked('shown'));
  collector.push([{ type: 'text', text: 'half' }]);
  assert.throws(() => collector.reply(), { code: 'upstream_truncated' });
  assert.throws(() => collector.push([{ type: 'error', error }]), error);
});
