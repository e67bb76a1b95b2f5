/** The reader of Messages streams notices what clients stumble over. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMessageStream } from './messages-stream.ts';

const event = (type: string, fields: object = {}): string =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
const usage = { input_tokens: 1, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 0 };
const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [] };
const start = event('message_start', { message: { ...message, stop_reason: null, stop_sequence: null, usage } });
const open = (index: number, content_block: object): string => event('content_block_start', { index, content_block });
const delta = (index: number, inner: object): string => event('content_block_delta', { index, delta: inner });
const close = (index: number): string => event('content_block_stop', { index });
const text = open(0, { type: 'text', text: '' }) + delta(0, { type: 'text_delta', text: 'a' }) + close(0);
const tool =
  open(1, { type: 'tool_use', id: 't', name: 'f', input: {} }) +
  delta(1, { type: 'input_json_delta', partial_json: '{}' }) +
  close(1);
const ends = (stop_reason: string): string =>
  event('message_delta', { delta: { stop_reason, stop_sequence: null }, usage }) + event('message_stop');
const error = event('error', { error: { type: 'api_error', message: 'x' }, request_id: 'req_1' });
const thinking = open(0, { type: 'thinking', thinking: '', signature: '' });
const signature = delta(0, { type: 'signature_delta', signature: 's' });
const thought = delta(0, { type: 'thinking_delta', thinking: 'h' });

test('streams as they ought to be', () => {
  assert.equal(readMessageStream(start + text + tool + ends('tool_use')).blocks.length, 2);
  assert.equal(
    readMessageStream(`: ping\n\n${start}${event('ping')}${text}${ends('end_turn')}`).stopReason,
    'end_turn',
  );
  assert.equal(readMessageStream(start + thinking + thought + signature + close(0) + ends('end_turn')).blocks[0]?.signature, 's'); // prettier-ignore
  assert.equal(readMessageStream(start + text + error).error?.type, 'api_error');
});

test('streams that clients stumble over', () => {
  const broken: Readonly<Record<string, string>> = {
    'no start': text + ends('end_turn'),
    'two starts': start + start + text + ends('end_turn'),
    'no end': start + text,
    'no message_stop': start + text + ends('end_turn').replace(/event: message_stop[^]*$/, ''),
    'no message_delta': start + text + event('message_stop'),
    'something after the end': start + text + ends('end_turn') + event('message_stop'),
    '[DONE]': `${start}${text}${ends('end_turn')}data: [DONE]\n\n`,
    'an end after an error': start + text + error + ends('end_turn'),
    'a block that is not stopped': start + text.replace(close(0), '') + ends('end_turn'),
    'two open blocks': start + text.replace(close(0), '') + tool + close(0) + ends('tool_use'),
    'numbers from one': start + tool + ends('tool_use'),
    'one number for two blocks': start + text + tool.replaceAll('"index":1', '"index":0') + ends('tool_use'),
    'a block that begins with text': start + text.replace('"text":""', '"text":"a"') + ends('end_turn'),
    'input at the start': start + text + tool.replace('"input":{}', '"input":{"a":1}') + ends('tool_use'),
    'input as a string': start + text + tool.replace('"input":{}', '"input":""') + ends('tool_use'),
    'a delta of another kind': start + text.replace('text_delta', 'input_json_delta').replace('"text":"a"', '"partial_json":"a"') + ends('end_turn'), // prettier-ignore
    'thinking without signature': start + thinking + thought + close(0) + ends('end_turn'),
    'thinking after its signature': start + thinking + signature + thought + close(0) + ends('end_turn'),
    'end_turn with a call': start + text + tool + ends('end_turn'),
    'tool_use without a call': start + text + ends('tool_use'),
    'no content': start + ends('end_turn'),
    'no usage at the end': start + text + ends('end_turn').replace(/,"usage":\{[^}]*\}/, ''),
    'no usage at the start': start.replace(/,"usage":\{[^}]*\}/, '') + text + ends('end_turn'),
    'content that is no list': start.replace('"content":[]', '"content":""') + text + ends('end_turn'),
    'no name': (start + text + ends('end_turn')).replaceAll(/event: \w+\n/g, ''),
    'another name': (start + text + ends('end_turn')).replace('event: message_stop', 'event: stop'),
  }; // prettier-ignore
  for (const [name, wire] of Object.entries(broken)) assert.throws(() => readMessageStream(wire), name);
});
