/** Whatever a provider sends, the stream is one that strict clients take, and it says what the events say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ChatError } from '../../chat/errors.ts';
import type { Decoded } from '../dialect.ts';
import { batchesOf, events, runs, type Sequence, sequence } from '../testing/sequences.ts';
import { argumentsOf, callsOf, sameCounts, sameIds, type Segment, tell, type Told } from '../testing/told.ts';
import { openaiResponses } from './dialect.ts';
import { unseal } from './sealed.ts';
import { joined, Response, validate } from './testing/validator.ts';

const head = { id: 'abc', model: 'm', created: 1 };

const tools = [
  { type: 'function', name: 'weather' },
  { type: 'custom', name: 'patch' },
  { type: 'function', name: 'ask' },
  { type: 'namespace', name: 'multi', tools: [{ type: 'function', name: 'ask' }] },
];

function asked(): Decoded {
  return openaiResponses.decode({ model: 'm', input: 'x', tools });
}

/** What the client calls the tools of `tools`; the model calls them flat. */
const clientNames = new Map([['multi__ask', 'ask']]);
type Output = ReturnType<typeof validate>['output'];
type Item = Output[number];

function sameItem(item: Item, segment: Segment, cut: boolean): void {
  if (segment.kind === 'text') {
    assert.equal(item.type === 'message' && item.content.map((part) => part.text).join(''), segment.text);
  } else if (segment.kind === 'reasoning') {
    assert.ok(item.type === 'reasoning');
    assert.equal(item.summary.map((part) => part.text).join(''), segment.text);
    assert.equal(unseal(item.encrypted_content ?? '')?.signature, segment.signature);
  } else if (segment.name === 'patch') {
    assert.deepEqual([item.type, 'name' in item && item.name], ['custom_tool_call', 'patch']);
  } else {
    assert.ok(item.type === 'function_call');
    assert.equal(item.name, clientNames.get(segment.name) ?? segment.name);
    // What a limit has cut off before its arguments began is not to be run, and has none.
    assert.equal(item.arguments, cut && !segment.ended ? segment.arguments : argumentsOf(segment));
    assert.equal(item.status, cut && !segment.ended ? 'incomplete' : 'completed');
  }
}

/** Sources stand in the message that was being written, or in the next one; their place is one in that message. */
function sameSources(output: Output, told: Told): void {
  const read = output.flatMap((item) =>
    item.type === 'message' ? item.content.flatMap((part) => part.annotations) : [],
  );
  assert.deepEqual(
    read.map(({ url, title }) => [url, title]),
    told.citations.map(({ url, title }) => [url, title]),
  );
}

function sameAsTold(last: ReturnType<typeof validate>, told: Told): void {
  const { output, usage } = last;
  if (told.end?.type !== 'finish') {
    assert.equal(last.status, 'failed');
    assert.ok(output.length <= told.segments.length && output.every((item) => item.status === 'completed'));
    for (const [place, item] of output.entries()) sameItem(item, told.segments[place] ?? assert.fail(), false);
    return;
  }
  const { reason } = told.end;
  const cut = reason === 'length' || reason === 'content-filter';
  assert.equal(last.status, cut ? 'incomplete' : 'completed');
  // An answer without anything is an empty text, and sources that no text came for stand in one.
  const bare = output.length - told.segments.length;
  assert.ok(bare === 0 || bare === 1);
  if (bare === 1) sameItem(output.at(-1) ?? assert.fail(), { kind: 'text', text: '' }, cut);
  for (const [place, segment] of told.segments.entries()) sameItem(output[place] ?? assert.fail(), segment, cut);
  sameIds(
    output.flatMap((item) => ('call_id' in item ? [item.call_id] : [])),
    callsOf(told),
  );
  sameSources(output, told);
  const { inputTokens, outputTokens, totalTokens } = told.usage;
  if ([inputTokens, outputTokens, totalTokens].filter((value) => value !== undefined).length < 2)
    assert.equal(usage, null);
  if (!usage) return;
  sameCounts({ input: usage.input_tokens, output: usage.output_tokens, total: usage.total_tokens }, told.usage);
  assert.equal(usage.input_tokens_details.cached_tokens, told.usage.cachedTokens ?? 0);
  assert.equal(usage.output_tokens_details.reasoning_tokens, told.usage.reasoningTokens ?? 0);
}

function wireOf(sent: Sequence): string {
  const encoder = asked().encoder(head);
  const wire = batchesOf(sent)
    .map((batch) => encoder.push(batch))
    .join('');
  return wire + encoder.push(sent.late) + encoder.fail(new ChatError('internal_error', 'x')) + encoder.keepAlive();
}

test('10,000 random answers: each a valid stream that says what its events say and what the whole reply says', () => {
  fc.assert(
    fc.property(sequence, (sent) => {
      const last = validate(wireOf(sent));
      sameAsTold(last, tell([...sent.events, sent.end]));
      const collector = asked().collector(head);
      const collect = (): void => batchesOf(sent).forEach((batch) => collector.push(batch));
      if (sent.end.type === 'error') {
        assert.throws(collect, { code: sent.end.error.code });
        return;
      }
      collect();
      assert.deepEqual(last, Response.parse(JSON.parse(JSON.stringify(collector.reply()))));
    }),
    { numRuns: runs },
  );
});

test('how events fall into batches changes nothing but the size of deltas', () => {
  fc.assert(
    fc.property(sequence, (sent) => {
      assert.deepEqual(joined(wireOf(sent)), joined(wireOf({ ...sent, cuts: [] })));
    }),
    { numRuns: 2_000 },
  );
});

test('a stream that is broken off from outside is valid, failed, and holds only finished items', () => {
  const error = new ChatError('upstream_disconnect', 'It broke.');
  fc.assert(
    fc.property(events, (all) => {
      const encoder = asked().encoder(head);
      const last = validate(encoder.push(all) + encoder.fail(error) + encoder.fail(error) + encoder.push(all));
      assert.deepEqual([last.status, last.error?.code], ['failed', 'upstream_disconnect']);
      assert.ok(last.output.every((item) => item.status === 'completed'));
    }),
    { numRuns: 1_000 },
  );
});
