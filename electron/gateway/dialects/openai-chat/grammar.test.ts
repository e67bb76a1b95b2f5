/** Whatever a provider sends, the stream is one that strict clients take, and it says what the events say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type ReadCompletion, readChatStream } from '../../../../tests/chat-stream.ts';
import { ChatError } from '../../chat/errors.ts';
import type { ChatEvent } from '../../chat/events.ts';
import { batchesOf, events, runs, type Sequence, sequence } from '../testing/sequences.ts';
import { argumentsOf, callsOf, sameCounts, sameIds, tell, textsOf, type Told } from '../testing/told.ts';
import { CompletionCollector } from './collect.ts';
import { ChunkEncoder } from './encode.ts';

const head = { id: 'abc', model: 'm', created: 1 };

/** The reply a client would put together from its chunks. */
function replyOf({ id, created, model, ...read }: ReadCompletion): object {
  const message = {
    role: 'assistant',
    content: read.calls.length > 0 ? read.content || null : (read.content ?? ''),
    refusal: null,
    ...(read.reasoning && { reasoning_content: read.reasoning }),
    ...(read.calls.length > 0 && {
      tool_calls: read.calls.map(({ id: call, ...part }) => ({ id: call, type: 'function', function: part })),
    }),
    ...(read.annotations.length > 0 && { annotations: read.annotations }),
  };
  const choices = [{ index: 0, message, logprobs: null, finish_reason: read.finishReason }];
  return { id, object: 'chat.completion', created, model, choices, ...(read.usage && { usage: read.usage }) };
}

const words = { stop: 'stop', length: 'length', 'tool-calls': 'tool_calls', 'content-filter': 'content_filter' };

function sameAsTold(read: ReadCompletion, told: Told): void {
  const calls = callsOf(told);
  assert.equal(read.content ?? '', textsOf(told, 'text'));
  assert.equal(read.reasoning, textsOf(told, 'reasoning'));
  sameIds(
    read.calls.map(({ id }) => id),
    calls,
  );
  if (told.end?.type !== 'finish') {
    assert.equal(read.error?.code, told.end?.error.code);
    // A call that broke off before its arguments began has none; one that had ended has {}.
    assert.deepEqual(
      read.calls.map(({ name }) => name),
      calls.map(({ name }) => name),
    );
    for (const [place, call] of calls.entries())
      assert.equal(read.calls[place]?.arguments, call.ended ? argumentsOf(call) : call.arguments);
    return;
  }
  assert.deepEqual(
    read.calls.map((call) => [call.name, call.arguments]),
    calls.map((call) => [call.name, argumentsOf(call)]),
  );
  assert.deepEqual(
    read.annotations.map(({ url_citation: source }) => source),
    told.citations.map(({ url, title, place }) => ({ url, title, start_index: place, end_index: place })),
  );
  const { reason } = told.end;
  const wanted =
    reason === 'stop' || reason === 'tool-calls' ? (calls.length > 0 ? 'tool_calls' : 'stop') : words[reason];
  assert.equal(read.finishReason, wanted);
  const { prompt_tokens: input, completion_tokens: output, total_tokens: total } = read.usage ?? {};
  sameCounts({ input, output, total }, told.usage);
  assert.equal(read.usage?.prompt_tokens_details?.cached_tokens, told.usage.cachedTokens);
  assert.equal(read.usage?.completion_tokens_details?.reasoning_tokens, told.usage.reasoningTokens);
}

function wireOf(asked: Sequence, includeUsage: boolean): string {
  const encoder = new ChunkEncoder(head, includeUsage);
  let wire = encoder.keepAlive();
  for (const batch of batchesOf(asked)) wire += encoder.push(batch) + encoder.keepAlive();
  return wire + encoder.fail(new ChatError('internal_error', 'x'));
}

test('10,000 random answers: each a valid stream that says what its events say and what the whole reply says', () => {
  fc.assert(
    fc.property(sequence, fc.boolean(), (asked, includeUsage) => {
      const read = readChatStream(wireOf(asked, includeUsage), includeUsage);
      sameAsTold(read, tell([...asked.events, asked.end]));
      const collector = new CompletionCollector(head);
      const collect = (): void => batchesOf(asked).forEach((batch) => collector.push(batch));
      if (asked.end.type === 'error') assert.throws(collect, { code: asked.end.error.code });
      else {
        collect();
        assert.deepEqual(JSON.parse(JSON.stringify(collector.reply())), replyOf(read));
      }
    }),
    { numRuns: runs },
  );
});

test('how events fall into batches changes no character of what is said', () => {
  fc.assert(
    fc.property(sequence, (asked) => {
      const once = readChatStream(wireOf({ ...asked, cuts: [] }, false));
      assert.deepEqual(readChatStream(wireOf(asked, false)), once);
    }),
    { numRuns: 2_000 },
  );
});

test('a stream that is broken off from outside ends in an error and in nothing else', () => {
  const error = new ChatError('upstream_disconnect', 'It broke.');
  fc.assert(
    fc.property(events, (all) => {
      const encoder = new ChunkEncoder(head, false);
      const wire =
        encoder.push(all) + encoder.fail(error) + encoder.fail(error) + encoder.push(all) + encoder.keepAlive();
      assert.equal(readChatStream(wire).error?.code, 'upstream_disconnect');
    }),
    { numRuns: 1_000 },
  );
});

test('a broken answer has no reply', () => {
  const collector = new CompletionCollector(head);
  collector.push([{ type: 'text', text: 'half' }]);
  assert.throws(() => collector.reply(), { code: 'upstream_truncated' });
});

test('content is null beside calls only, "" in an empty answer; empty lists are left out', () => {
  const messageOf = (all: ChatEvent[]): unknown => {
    const collector = new CompletionCollector(head);
    collector.push([...all, { type: 'finish', reason: 'stop' }]);
    return (collector.reply() as { choices: { message: unknown }[] }).choices[0]?.message;
  };
  assert.deepEqual(messageOf([]), { role: 'assistant', content: '', refusal: null });
  assert.deepEqual(messageOf([{ type: 'tool-call-start', index: 0, id: 'c', name: 'f' }]), {
    role: 'assistant',
    content: null,
    refusal: null,
    tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
  });
});
