import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Notice } from '../../../../shared/notice.ts';
import type { ChatEvent, FinishReason } from '../events.ts';
import { type ChatRequest, type ResponseFormat, textOf } from '../request.ts';
import { merged, splits, tool } from '../tools/testing.ts';
import { planRequest } from '../plan.ts';

const schema = { type: 'object', properties: { n: { type: 'integer' }, s: { type: 'string' } }, required: ['n'] };
const object: ResponseFormat = { type: 'json-object' };
const shaped: ResponseFormat = { type: 'json-schema', name: 'x', schema, strict: true };

function plan(responseFormat: ResponseFormat, extra: Partial<ChatRequest> = {}) {
  const warnings: Notice[] = [];
  const request: ChatRequest = {
    model: 'm', messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }], tools: [], toolChoice: { type: 'auto' }, sampling: {}, responseFormat, ...extra,
  }; // prettier-ignore
  const warn = (notice: Notice) => warnings.push(notice);
  return {
    ...planRequest(request, { model: { jsonMode: 'injected' }, mode: 'injected', limit: 1_000, warn }),
    warnings,
  };
}

interface Extra extends Partial<ChatRequest> {
  readonly reason?: FinishReason;
}

function answered(pieces: readonly string[], format: ResponseFormat, { reason = 'stop', ...extra }: Extra = {}) {
  const { reshape, warnings } = plan(format, extra);
  assert.ok(reshape);
  const reader = reshape();
  const before = pieces.flatMap((text) => reader([{ type: 'text', text }]));
  assert.deepEqual(before.filter(({ type }) => type === 'text'), []); // prettier-ignore
  return {
    ...merged([...before, ...reader([{ type: 'finish', reason }])]),
    warnings: warnings.map(({ code }) => code),
  };
}

test('the format is asked for in words, with the whole schema, and no longer in its field', () => {
  const { request } = plan(shaped);
  assert.equal(request.responseFormat.type, 'text');
  assert.ok(textOf(request.messages[0]?.content ?? []).includes(JSON.stringify(schema)));
  assert.equal(plan({ type: 'text' }).reshape, undefined);
});

const listed: ResponseFormat = { ...shaped, schema: { type: 'array', items: { type: 'integer' } } };
const worded: ResponseFormat = { ...shaped, schema: { type: 'string' } };
const numbered: ResponseFormat = { ...shaped, schema: { type: 'integer' } };

const answers: readonly (readonly [name: string, format: ResponseFormat, answer: string, json: string, ...warnings: string[]])[] = [
  ['as it was written', object, '{"n": 1, "s": "``` } {"}', '{"n": 1, "s": "``` } {"}'],
  ['out of a code fence', object, '```json\n{"n": 1}\n```', '{"n": 1}'],
  ['out of words', object, 'Here it is:\n```\n{"n": {}}\n```\nIs that {right}?', '{"n": {}}'],
  ['the one that fits', shaped, 'For {} I take {"s": "x"} or {"n": 1} and {"n": 2}.', '{"n": 1}'],
  ['not what is inside of another', shaped, '{"a": {"n": 1}}', '{"a": {"n": 1}}', 'json_missing'],
  ['repaired', shaped, "{'n': '7', s: 5,}", '{"n":7,"s":"5"}'],
  ['with the last brackets', object, '{"n": {"a": [1', '{"n":{"a":[1]}}'],
  ['with its digits', shaped, 'For {x} it is {"n": 12345678901234567890}', '{"n": 12345678901234567890}'],
  ['without a member', shaped, '{"s": "x"}', '{"s": "x"}', 'json_missing'],
  ['of another type', shaped, '{"n": true}', '{"n": true}', 'json_mistyped'],
  ['with a member too many', { ...shaped, schema: { ...schema, additionalProperties: false } }, '{"n": 1, "x": 2}', '{"n": 1, "x": 2}', 'json_surplus'],
  ['none', object, 'I cannot.', 'I cannot.', 'json_not_made'],
  ['broken off in a word', object, '{"n": "a', '{"n": "a', 'json_not_made'],
  ['a list', listed, 'Sure [so]: ["1", 2]', '[1,2]'],
  ['a word', worded, '```\nNew York\n```', '"New York"'],
  ['a quoted word', worded, '"New York"', '"New York"'],
  ['a number', numbered, '"5"', '5'],
  ['no number', numbered, 'It is five.', 'It is five.', 'json_not_made'],
]; // prettier-ignore

for (const [name, format, text, json, ...warnings] of answers) {
  test(`the JSON of an answer, ${name}`, () => {
    for (const pieces of splits(text)) {
      const { text: said, warnings: warned } = answered(pieces, format);
      assert.deepEqual([said, warned], [json, warnings]);
    }
  });
}

test('what a length limit has cut is not made whole', () => {
  assert.deepEqual(answered(['{"n": [1'], object, { reason: 'length' }).text, '{"n": [1');
  assert.equal(answered(['{"n": [1]} and'], object, { reason: 'length' }).text, '{"n": [1]}');
});

test('reasoning and calls are not held', () => {
  const reader = plan(object).reshape?.();
  const events: ChatEvent[] = [
    { type: 'reasoning', text: 'Hm.' },
    { type: 'tool-call-start', index: 0, id: 'x', name: 'f' },
    { type: 'tool-call-end', index: 0 },
  ];
  assert.deepEqual(reader?.(events), events);
});

test('tools and JSON in one request: a call is a call, an answer is JSON', () => {
  const tools = [tool('f')];
  const call = answered(['<tool_calls>{"tool_calls":[{"name":"f"}]}</tool_calls>'], object, { tools });
  assert.deepEqual([call.text, call.calls.length, call.finish, call.warnings], ['', 1, 'tool-calls', []]);
  assert.equal(answered(['```json\n{"a":1}\n```'], object, { tools }).text, '{"a":1}');
});
