/** The reader of chat streams notices what clients stumble over. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readChatStream } from './chat-stream.ts';

const chunk = (choices: object[], rest: object = {}): string =>
  `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'm', choices, ...rest })}\n\n`;
const delta = (part: object, finish: string | null = null, rest: object = {}): string =>
  chunk([{ index: 0, delta: part, finish_reason: finish }], rest);
const call = (fragment: object): string => delta({ tool_calls: [fragment] });

const role = delta({ role: 'assistant', content: 'a' });
const first = call({ index: 0, id: 'c', type: 'function', function: { name: 'f', arguments: '' } });
const args = call({ index: 0, function: { arguments: '{}' } });
const end = 'data: [DONE]\n\n';
const stop = delta({}, 'stop');
const calls = delta({}, 'tool_calls');
const usage = { usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } };
const error = 'data: {"error":{"message":"x","type":"api_error","param":null,"code":"c"}}\n\n';

test('streams as they ought to be', () => {
  assert.equal(readChatStream(role + delta({ content: 'b' }) + stop + end).content, 'ab');
  assert.equal(readChatStream(`: ping\n\n${role}: ping\n\n${stop}${end}`).finishReason, 'stop');
  assert.deepEqual(readChatStream(role + first + args + calls + end).calls, [{ id: 'c', name: 'f', arguments: '{}' }]);
  assert.equal(readChatStream(role + delta({}, 'length', usage) + end).usage?.total_tokens, 3);
  assert.equal(readChatStream(role + stop + chunk([], usage) + end, true).usage?.total_tokens, 3);
  assert.equal(readChatStream(role + error).error?.code, 'c');
});

test('streams that clients stumble over', () => {
  const broken: Readonly<Record<string, string>> = {
    'no end': role + stop,
    'no finish': role + end,
    'two finishes': role + stop + stop + end,
    'an unknown finish': role + delta({}, 'network_error') + end,
    'text after the finish': role + stop + delta({ content: 'b' }) + end,
    'a chunk after [DONE]': role + stop + end + stop,
    'a finish and an error': role + stop + error,
    'an error and [DONE]': role + error + end,
    'no role': delta({ content: 'a' }) + stop + end,
    'two roles': role + role + stop + end,
    'an empty choices list': role + stop + chunk([], usage) + end,
    'usage in the middle': role + delta({ content: 'b' }, null, usage) + stop + end,
    'no delta': role + chunk([{ index: 0, finish_reason: 'stop' }]) + end,
    'no index': chunk([{ delta: { role: 'assistant' }, finish_reason: null }]) + stop + end,
    'another id': role + stop.replace('chatcmpl-1', 'chatcmpl-2') + end,
    'calls and stop': role + first + args + stop + end,
    'tool_calls and no call': role + calls + end,
    'a call without id': role + first.replace('"id":"c",', '') + args + calls + end,
    'a call without type': role + first.replace('"type":"function",', '') + args + calls + end,
    'a name that is repeated': role + first + first + args + calls + end,
    'a gap in the numbers': role + first.replace('"index":0,"id"', '"index":1,"id"') + args + calls + end,
    'arguments as an object': role + first + args.replace('"{}"', '{}') + calls + end,
    'no arguments': role + first + calls + end,
    'an empty tool_calls list': delta({ role: 'assistant', tool_calls: [] }) + stop + end,
    'two lines of data': role.replace('data: ', 'data: \ndata: ') + stop + end,
    'a lower case end': role + stop + end.toLowerCase(),
    'no empty line': (role + stop + end).slice(0, -1),
  };
  for (const [name, wire] of Object.entries(broken)) assert.throws(() => readChatStream(wire), name);
  assert.throws(() => readChatStream(role + delta({}, 'stop', usage) + end, true), 'usage where a chunk was asked for');
});
