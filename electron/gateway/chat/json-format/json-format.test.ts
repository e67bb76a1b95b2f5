import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Notice } from '../../../../shared/notice.ts';
import { type ChatRequest, type ResponseFormat, textOf } from '../request.ts';
import { merged, splits, tool } from '../tools/testing.ts';
import { planRequest } from '../plan.ts';

const schema = { type: 'object', properties: { n: { type: 'integer' }, s: { type: 'string' } }, required: ['n'] };
const object: ResponseFormat = { type: 'json-object' };
const shaped: ResponseFormat = { type: 'json-schema', name: 'x', schema, strict: true };

function plan(responseFormat: ResponseFormat, delivery: 'stream' | 'whole', extra: Partial<ChatRequest> = {}) {
  const warnings: Notice[] = [];
  const request: ChatRequest = {
    model: 'm', messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }], tools: [], toolChoice: { type: 'auto' }, sampling: {}, responseFormat, ...extra,
  }; // prettier-ignore
  const warn = (notice: Notice) => warnings.push(notice);
  return {
    ...planRequest(request, { model: { jsonMode: 'injected' }, delivery, mode: 'injected', limit: 1_000, warn }),
    warnings,
  };
}

function answered(pieces: readonly string[], format: ResponseFormat, delivery: 'stream' | 'whole', extra: Partial<ChatRequest> = {}) {
  const { reshape, warnings } = plan(format, delivery, extra);
  assert.ok(reshape);
  const reader = reshape();
  const events = [
    ...pieces.flatMap((text) => reader([{ type: 'text', text }])),
    ...reader([{ type: 'finish', reason: 'stop' }]),
  ];
  return { ...merged(events), warnings: warnings.map(({ code }) => code) };
} // prettier-ignore

test('the format is asked for in words, with the whole schema, and no longer in its field', () => {
  const { request } = plan(shaped, 'whole');
  assert.equal(request.responseFormat.type, 'text');
  assert.ok(textOf(request.messages[0]?.content ?? []).includes(JSON.stringify(schema)));
  assert.equal(plan({ type: 'text' }, 'whole').reshape, undefined);
});

test('fences and words around the JSON go, at every split', () => {
  const cases = [
    ['{"n": 1, "s": "``` } {"}', '{"n": 1, "s": "``` } {"}', []],
    ['```json\n{"n": 1}\n```', '{"n": 1}', []],
    ['Here it is:\n```\n{"n": {}}\n```\nIs that {right}?', '{"n": {}}', []],
    ['I cannot.', 'I cannot.', ['json_not_made']],
  ] as const;
  for (const [text, json, warnings] of cases) {
    for (const pieces of splits(text)) {
      const stream = answered(pieces, object, 'stream');
      assert.deepEqual([stream.text, stream.warnings], [json, warnings], text);
      assert.equal(answered(pieces, object, 'whole').text, json);
    }
  }
});

test('the JSON itself is streamed as it comes', () => {
  const reader = plan(object, 'stream').reshape?.();
  assert.deepEqual(reader?.([{ type: 'text', text: 'Sure: {"a": ' }]), [{ type: 'text', text: '{"a": ' }]);
  assert.deepEqual(reader?.([{ type: 'text', text: '1' }]), [{ type: 'text', text: '1' }]);
});

test('a whole answer is repaired once and checked', () => {
  const whole = (text: string, format = shaped) => answered([text], format, 'whole');
  assert.deepEqual([whole("{'n': '7', s: 5,}").text, whole("{'n': '7', s: 5,}").warnings], ['{"n":7,"s":"5"}', []]);
  assert.deepEqual([whole('{"s": "x"}').text, whole('{"s": "x"}').warnings], ['{"s": "x"}', ['json_missing']]);
  assert.equal(whole('For {x} it is {"n": 12345678901234567890}').text, '{"n": 12345678901234567890}');
  assert.deepEqual(whole('{"n": true}').warnings, ['json_mistyped']);
  assert.deepEqual(whole('{"n": ').warnings, ['json_not_made']);
});

test('tools and JSON in one request: a call is a call, an answer is JSON', () => {
  const tools = [tool('f')];
  for (const delivery of ['stream', 'whole'] as const) {
    const call = answered(['<tool_calls>{"tool_calls":[{"name":"f"}]}</tool_calls>'], object, delivery, { tools });
    assert.deepEqual([call.text, call.calls.length, call.finish, call.warnings], ['', 1, 'tool-calls', []]);
    assert.equal(answered(['```json\n{"a":1}\n```'], object, delivery, { tools }).text, '{"a":1}');
  }
});
