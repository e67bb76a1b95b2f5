import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError } from '../../chat/errors.ts';
import type { ChatEvent } from '../../chat/events.ts';
import type { StreamEncoder } from '../dialect.ts';
import { ChunkEncoder } from './encode.ts';

const head = { id: 'abc', model: 'GLM-4.6', created: 1_760_000_000 };
const finish: ChatEvent = { type: 'finish', reason: 'stop' };

function encoder(includeUsage = false): StreamEncoder {
  return new ChunkEncoder(head, includeUsage);
}

/** What follows the identity in each frame; the identity itself is the same everywhere. */
function tails(wire: string): string[] {
  const identity =
    'data: {"id":"chatcmpl-abc","object":"chat.completion.chunk","created":1760000000,"model":"GLM-4.6",';
  return wire
    .split('\n\n')
    .filter((frame) => frame !== '')
    .map((frame) => (frame.startsWith(identity) ? frame.slice(identity.length) : frame));
}

function chunk(delta: object, reason: string | null = null): string {
  return `"choices":[${JSON.stringify({ index: 0, delta, finish_reason: reason })}]}`;
}

test('a plain answer, byte for byte', () => {
  const stream = encoder();
  const wire = stream.push([{ type: 'text', text: 'Hi\n' }]) + stream.push([{ type: 'text', text: 'there' }, finish]);
  assert.deepEqual(tails(wire), [
    chunk({ role: 'assistant', content: 'Hi\n' }),
    chunk({ content: 'there' }),
    chunk({}, 'stop'),
    'data: [DONE]',
  ]);
});

test('neighbours of one batch leave as one chunk, kinds stay apart', () => {
  const wire = encoder().push([
    { type: 'reasoning', text: 'a' },
    { type: 'reasoning', text: 'b' },
    { type: 'text', text: '' },
    { type: 'text', text: 'c' },
    { type: 'text', text: 'd' },
    { type: 'reasoning', text: 'e' },
  ]);
  assert.deepEqual(tails(wire), [
    chunk({ role: 'assistant', reasoning_content: 'ab' }),
    chunk({ content: 'cd' }),
    chunk({ reasoning_content: 'e' }),
  ]);
});

function call(fragment: object): object {
  return { tool_calls: [fragment] };
}

test('parallel calls: positions count up, one call without arguments has {}', () => {
  const wire = encoder().push([
    { type: 'tool-call-start', index: 5, id: 'call_a', name: 'one' },
    { type: 'tool-call-delta', index: 5, arguments: '{"x"' },
    { type: 'tool-call-delta', index: 5, arguments: ':1}' },
    { type: 'tool-call-start', index: 9, id: '', name: 'two' },
    { type: 'tool-call-end', index: 9 },
    { type: 'tool-call-end', index: 5 },
    { type: 'tool-call-delta', index: 5, arguments: 'too late' },
    finish,
  ]);
  assert.deepEqual(tails(wire), [
    chunk({
      role: 'assistant',
      content: null,
      ...call({ index: 0, id: 'call_a', type: 'function', function: { name: 'one', arguments: '' } }),
    }),
    chunk(call({ index: 0, function: { arguments: '{"x":1}' } })),
    chunk(call({ index: 1, id: 'call_abc_1', type: 'function', function: { name: 'two', arguments: '' } })),
    chunk(call({ index: 1, function: { arguments: '{}' } })),
    chunk({}, 'tool_calls'),
    'data: [DONE]',
  ]);
});

test('usage has its own last chunk when it was asked for, else it rides on the finish chunk', () => {
  const usage: ChatEvent = {
    type: 'usage',
    usage: { inputTokens: 3, outputTokens: 4, cachedTokens: 1, reasoningTokens: 2 },
  };
  const body =
    '"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7,"prompt_tokens_details":{"cached_tokens":1},"completion_tokens_details":{"reasoning_tokens":2}}}';
  const events: ChatEvent[] = [{ type: 'text', text: 'x' }, usage, finish];
  assert.deepEqual(tails(encoder(true).push(events)).slice(1), [
    chunk({}, 'stop'),
    `"choices":[],${body}`,
    'data: [DONE]',
  ]);
  assert.deepEqual(tails(encoder().push(events)).slice(1), [
    chunk({}, 'stop').replace(/}$/, `,${body}`),
    'data: [DONE]',
  ]);
});

/** What stands before `[DONE]`. */
function tail(usage: object): string {
  return tails(encoder(true).push([{ type: 'usage', usage }, finish])).at(-2) ?? '';
}

test('usage that is unknown is not sent, half of it only as far as it is known', () => {
  assert.equal(tail({}), chunk({}, 'stop'));
  assert.equal(tail({ outputTokens: 4 }), '"choices":[],"usage":{"completion_tokens":4}}');
  assert.equal(
    tail({ totalTokens: 9, outputTokens: 4 }),
    '"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":4,"total_tokens":9}}',
  );
});

test('an answer without content still opens with a role', () => {
  assert.deepEqual(tails(encoder().push([finish])), [
    chunk({ role: 'assistant', content: '' }),
    chunk({}, 'stop'),
    'data: [DONE]',
  ]);
});

function source(url: string, title: string): object {
  return { type: 'url_citation', url_citation: { url, title, start_index: 5, end_index: 5 } };
}

test('sources come before the end', () => {
  const wire = encoder().push([
    { type: 'text', text: 'Paris' },
    { type: 'citation', index: 1, url: 'https://a.example/', title: 'A' },
    { type: 'citation', index: 2, url: 'https://b.example/' },
    finish,
  ]);
  assert.equal(
    tails(wire)[1],
    chunk({ annotations: [source('https://a.example/', 'A'), source('https://b.example/', 'https://b.example/')] }),
  );
});

test('nothing follows the end, whether clean or broken', () => {
  const error = new ChatError('upstream_disconnect', 'It broke.');
  const clean = encoder();
  clean.push([finish, { type: 'text', text: 'late' }]);
  assert.equal(clean.push([{ type: 'text', text: 'late' }, finish]) + clean.fail(error) + clean.keepAlive(), '');

  const frame =
    'data: {"error":{"message":"It broke. The answer is incomplete; send the request again.","type":"api_error","param":null,"code":"upstream_disconnect"}}\n\n';
  const broken = encoder();
  broken.push([{ type: 'text', text: 'x' }]);
  assert.equal(broken.fail(error), frame);
  assert.equal(broken.fail(error) + broken.push([finish]) + broken.keepAlive(), '');
  const within = encoder().push([{ type: 'error', error }, finish]);
  assert.equal(within, frame);
});

test('a comment keeps the connection open', () => {
  assert.equal(encoder().keepAlive(), ': keep-alive\n\n');
});

function last(events: ChatEvent[]): string | undefined {
  return /"finish_reason":"(\w+)"/.exec(encoder().push(events))?.[1];
}

test('the reason of the end says whether there are calls', () => {
  const start: ChatEvent = { type: 'tool-call-start', index: 0, id: 'c', name: 'f' };
  assert.equal(last([start, finish]), 'tool_calls');
  assert.equal(last([start, { type: 'finish', reason: 'length' }]), 'length');
  assert.equal(last([{ type: 'finish', reason: 'tool-calls' }]), 'stop');
  assert.equal(last([{ type: 'finish', reason: 'content-filter' }]), 'content_filter');
});

test('no frame has a bare line break in it', () => {
  const wire = encoder().push([{ type: 'text', text: '\r\n\u2028\ud83d data: x' }]);
  assert.equal(wire.split(/\r\n|\r|\n/).length, 3);
});
