import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMessageStream } from '../../../../tests/messages-stream.ts';
import { ChatError, type ErrorCode } from '../../chat/errors.ts';
import type { ChatEvent, FinishReason, Usage } from '../../chat/events.ts';
import { anthropicMessages } from './dialect.ts';
import { sign } from '../shared/signature.ts';

const head = { id: 'abc', model: 'claude-opus-5', created: 1 };
const finish: ChatEvent = { type: 'finish', reason: 'stop' };
const call = (index: number, name: string): ChatEvent => ({ type: 'tool-call-start', index, id: `c${index}`, name });
const args = (index: number, json: string): ChatEvent => ({ type: 'tool-call-delta', index, arguments: json });
const stop = (index: number): ChatEvent => ({ type: 'tool-call-end', index });

function decoded(fields: object = {}) {
  const messages = [{ role: 'user', content: 'How is the weather in Rome?' }];
  return anthropicMessages.decode({ model: 'claude-opus-5', max_tokens: 10, messages, ...fields });
}
function streamOf(events: readonly ChatEvent[], fields?: object) {
  return readMessageStream(decoded(fields).encoder(head).push(events));
}

test('a stream, byte for byte', () => {
  const encoder = decoded({ thinking: { type: 'adaptive' } }).encoder(head);
  const wire = encoder.push([
    { type: 'reasoning', text: 'Hm' },
    { type: 'text', text: 'Hi ' },
    { type: 'text', text: '👋' },
    finish,
  ]);
  const frames = wire.split('\n\n').map((frame) => frame.split('\n'));
  assert.deepEqual(frames.pop(), ['']);
  const usage = { input_tokens: 11, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 };
  const message = {
    id: 'msg_abc',
    type: 'message',
    role: 'assistant',
    model: 'claude-opus-5',
    content: [],
    stop_reason: null,
    stop_sequence: null,
  };
  const delta = (index: number, inner: object): object => ({ type: 'content_block_delta', index, delta: inner });
  const data = frames.map(([event = '', line = '']) => {
    const parsed = JSON.parse(line.replace(/^data: /, '')) as { type: string };
    assert.equal(event, `event: ${parsed.type}`);
    return parsed;
  });
  assert.deepEqual(data, [
    { type: 'message_start', message: { ...message, usage: { ...usage, output_tokens: 0 } } },
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
    delta(0, { type: 'thinking_delta', thinking: 'Hm' }),
    delta(0, { type: 'signature_delta', signature: sign('Hm', true) }),
    { type: 'content_block_stop', index: 0 },
    { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
    delta(1, { type: 'text_delta', text: 'Hi 👋' }),
    { type: 'content_block_stop', index: 1 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { ...usage, output_tokens: 3 },
    },
    { type: 'message_stop' },
  ]);
});

test('thinking is shown, signed only, or not at all, as the client asked', () => {
  const events: ChatEvent[] = [{ type: 'reasoning', text: 'Hm' }, { type: 'text', text: 'Hi' }, finish];
  const kinds = (fields: object) => streamOf(events, fields).blocks.map(({ type, text }) => [type, text]);
  assert.deepEqual(kinds({}), [['text', 'Hi']]);
  assert.deepEqual(kinds({ thinking: { type: 'disabled' } }), [['text', 'Hi']]);
  assert.deepEqual(kinds({ thinking: { type: 'enabled', budget_tokens: 1024 } }), [
    ['thinking', 'Hm'],
    ['text', 'Hi'],
  ]);
  assert.deepEqual(kinds({ thinking: { type: 'adaptive', display: 'omitted' } }), [
    ['thinking', ''],
    ['text', 'Hi'],
  ]);
});

test('the signature of a block that is sent back is understood, and a provider keeps its own', () => {
  for (const display of ['summarized', 'omitted']) {
    const thinking = { type: 'adaptive', display };
    const collector = decoded({ thinking }).collector(head);
    collector.push([{ type: 'reasoning', text: 'Hm' }, { type: 'text', text: 'Hi' }, finish]);
    const { content } = collector.reply() as { content: object[] };
    const messages = [{ role: 'assistant', content }];
    assert.deepEqual(decoded({ messages }).request.messages[0]?.content[0], { type: 'reasoning', text: 'Hm' });
  }
  const signed: ChatEvent[] = [
    { type: 'reasoning', text: 'Hm' },
    { type: 'reasoning', text: '', signature: 'theirs' },
    finish,
  ];
  assert.equal(streamOf(signed, { thinking: { type: 'adaptive' } }).blocks[0]?.signature, 'theirs');
});

test('calls that interleave leave one after the other, each whole; a call without arguments has {}', () => {
  const events = [
    call(0, 'a'), call(1, 'b'), args(1, '{"y"'), args(0, '{"x":'), call(2, 'c'), args(1, ':2}'), args(0, '1}'),
    stop(1), stop(0), stop(2), finish,
  ]; // prettier-ignore
  const { blocks, stopReason } = streamOf(events);
  assert.deepEqual(
    blocks.map(({ name, text }) => [name, text]),
    [
      ['a', '{"x":1}'],
      ['b', '{"y":2}'],
      ['c', '{}'],
    ],
  );
  assert.equal(stopReason, 'tool_use');
});

test('the first call leaves as it comes, whatever waits behind it', () => {
  const encoder = decoded().encoder(head);
  encoder.push([call(0, 'a'), call(1, 'b')]);
  assert.match(encoder.push([args(0, '{"x":')]), /input_json_delta","partial_json":"\{\\"x\\":"/);
  assert.equal(encoder.push([args(1, '{}')]), '');
});

test('the reason of the end', () => {
  const cases: [FinishReason, boolean, string][] = [
    ['stop', false, 'end_turn'],
    ['tool-calls', false, 'end_turn'],
    ['stop', true, 'tool_use'],
    ['tool-calls', true, 'tool_use'],
    ['length', true, 'max_tokens'],
    ['content-filter', false, 'refusal'],
  ];
  for (const [reason, calls, expected] of cases) {
    const events: ChatEvent[] = [...(calls ? [call(0, 'a')] : []), { type: 'finish', reason }];
    assert.equal(streamOf(events).stopReason, expected, reason);
  }
});

test('usage: what is known, and an estimate of the rest; cached input is counted apart', () => {
  const cases: [Usage, number[], number[]][] = [
    [{}, [11, 0], [11, 0, 3]],
    [{ inputTokens: 9, outputTokens: 5 }, [9, 0], [9, 0, 5]],
    [{ inputTokens: 9, outputTokens: 5, cachedTokens: 4 }, [5, 4], [5, 4, 5]],
    [{ totalTokens: 14, outputTokens: 5 }, [9, 0], [9, 0, 5]],
    [{ inputTokens: 9, totalTokens: 14 }, [9, 0], [9, 0, 5]],
  ];
  for (const [usage, start, end] of cases) {
    const { firstUsage, usage: last } = streamOf([
      { type: 'usage', usage },
      { type: 'text', text: 'Sunny, ok' },
      finish,
    ]);
    const label = JSON.stringify(usage);
    assert.deepEqual([firstUsage.input_tokens, firstUsage.cache_read_input_tokens], start, label);
    assert.deepEqual([last?.input_tokens, last?.cache_read_input_tokens, last?.output_tokens], end, label);
  }
});

test('a comment keeps the connection before the message, a ping within it, nothing after it', () => {
  const encoder = decoded().encoder(head);
  assert.equal(encoder.keepAlive(), ': keep-alive\n\n');
  encoder.push([{ type: 'reasoning', text: 'unseen' }]);
  assert.equal(encoder.keepAlive(), 'event: ping\ndata: {"type":"ping"}\n\n');
  encoder.push([finish]);
  assert.equal(encoder.keepAlive(), '');
});

test('an empty answer has an empty text, streamed and whole', () => {
  assert.deepEqual(streamOf([finish]).blocks, [{ type: 'text', text: '' }]);
  const collector = decoded().collector(head);
  collector.push([finish]);
  assert.deepEqual((collector.reply() as { content: unknown }).content, [{ type: 'text', text: '' }]);
});

test('errors by the contract', () => {
  const cases: [ErrorCode, number, string][] = [
    ['invalid_json', 400, 'invalid_request_error'],
    ['invalid_api_key', 401, 'authentication_error'],
    ['forbidden_origin', 403, 'permission_error'],
    ['model_not_found', 404, 'not_found_error'],
    ['method_not_allowed', 405, 'invalid_request_error'],
    ['request_too_large', 413, 'request_too_large'],
    ['unsupported_media_type', 415, 'invalid_request_error'],
    ['upstream_rate_limited', 429, 'rate_limit_error'],
    ['internal_error', 500, 'api_error'],
    ['upstream_error', 502, 'api_error'],
    ['no_token_configured', 503, 'api_error'],
    ['queue_full', 503, 'overloaded_error'],
    ['shutting_down', 503, 'api_error'],
    ['upstream_timeout', 504, 'api_error'],
    ['loop_detected', 508, 'api_error'],
    ['no_token_available', 529, 'overloaded_error'],
  ];
  for (const [code, status, type] of cases) {
    const error = new ChatError(code, 'It failed.', { upstream: { message: 'SECRET' } });
    assert.deepEqual(anthropicMessages.errorBody(error, 'req_1'), {
      type: 'error',
      error: { type, message: `It failed. ${error.hint}` },
      request_id: 'req_1',
    });
    assert.equal(anthropicMessages.errorStatus?.(error), status, code);
  }
});

test('a conversation that is too long is said in the words at which Claude Code makes room', () => {
  const message = (said: string): string => {
    const error = new ChatError('context_length_exceeded', said, { hint: '' });
    assert.equal(anthropicMessages.errorStatus?.(error), 400);
    return (anthropicMessages.errorBody(error, 'req_1') as { error: { message: string } }).error.message;
  };
  assert.equal(message('The conversation is too long.'), 'prompt is too long: The conversation is too long.');
  const theirs = 'prompt is too long: 208310 tokens > 200000 maximum.';
  assert.equal(message(theirs), theirs);
});
