import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  refusalOf,
  secret,
  testAnyBody,
  testExhausting,
  testNoObject,
  testWrongParameters,
  type WrongFields,
} from '../testing/refusals.ts';
import { openaiResponses } from './dialect.ts';

const decode = (body: unknown) => openaiResponses.decode(body);
const smallest = { model: 'm', input: 'x' };
const item = (fields: unknown) => ({ input: [{ role: 'user', content: 'x' }, fields] });
const part = (fields: unknown) => item({ role: 'user', content: [fields] });
const weather = { type: 'function', name: 'weather' };

const cases: WrongFields = [
  [{ model: undefined }, 'model'],
  [{ model: '' }, 'model'],
  [{ input: undefined }, 'input'],
  [{ input: '' }, 'input'],
  [{ input: [] }, 'input'],
  [{ input: [{ type: secret }] }, 'input'],
  [{ input: { secret } }, 'input'],
  [item(secret), 'input[1]'],
  [item({ content: secret }), 'input[1].role'],
  [item({ role: secret, content: 'x' }), 'input[1].role'],
  [item({ role: 'tool', content: secret }), 'input[1].role'],
  [item({ role: 'user', content: 7 }), 'input[1].content'],
  [part(secret), 'input[1].content[0]'],
  [part({ type: 'input_file', file_data: secret }), 'input[1].content[0].type'],
  [part({ type: 'input_audio', data: secret }), 'input[1].content[0].type'],
  [part({ type: 'input_text', text: { secret } }), 'input[1].content[0].text'],
  [part({ type: 'input_image', file_id: secret }), 'input[1].content[0].image_url'],
  [part({ type: 'input_image', image_url: `file:///${secret}` }), 'input[1].content[0].image_url'],
  [item({ type: 'function_call', name: 'f', arguments: secret }), 'input[1].call_id'],
  [item({ type: 'function_call', call_id: 'a', name: 'f', arguments: 7 }), 'input[1].arguments'],
  [item({ type: 'function_call', call_id: 'a', arguments: '' }), 'input[1].name'],
  [item({ type: 'function_call_output', call_id: '', output: secret }), 'input[1].call_id'],
  [item({ type: 'function_call_output', call_id: 'a', output: 7 }), 'input[1].output'],
  [item({ type: 'custom_tool_call', call_id: 'a', name: 'f' }), 'input[1].input'],
  [{ temperature: 2.1 }, 'temperature'],
  [{ top_p: secret }, 'top_p'],
  [{ max_output_tokens: 0 }, 'max_output_tokens'],
  [{ stream: 'true' }, 'stream'],
  [{ instructions: [secret] }, 'instructions'],
  [{ metadata: secret }, 'metadata'],
  [{ tools: {} }, 'tools'],
  [{ tools: [secret] }, 'tools[0]'],
  [{ tools: [{}] }, 'tools[0].type'],
  [{ tools: [weather, { type: 'function', function: { name: secret } }] }, 'tools[1].name'],
  [{ tools: [{ type: 'function', name: 'f', parameters: secret }] }, 'tools[0].parameters'],
  [{ tools: [{ type: 'namespace', name: 'n', tools: [{ type: 'function' }] }] }, 'tools[0].tools[0].name'],
  [{ tools: [weather], tool_choice: secret }, 'tool_choice'],
  [{ tools: [weather], tool_choice: { type: 'function', name: secret } }, 'tool_choice'],
  [{ text: secret }, 'text'],
  [{ text: { format: { type: secret } } }, 'text.format.type'],
  [{ text: { format: { type: 'json_schema', name: 'n' } } }, 'text.format.schema'],
  [{ reasoning: { effort: secret } }, 'reasoning.effort'],
  [{ user: 5 }, 'user'],
];
testWrongParameters(decode, smallest, cases);
testNoObject(decode);
testExhausting(decode, smallest, 'input', { role: 'user' });

test('what would need stored answers is refused with the way out', () => {
  const stored: [object, string][] = [
    [{ previous_response_id: secret }, 'previous_response_id'],
    [{ conversation: secret }, 'conversation'],
    [{ conversation: { id: secret } }, 'conversation'],
    [{ prompt: { id: secret } }, 'prompt'],
    [{ background: true }, 'background'],
    [item({ type: 'item_reference', id: 'msg_1' }), 'input[1]'],
    [item({ type: 'item_reference', id: 'fc_1' }), 'input[1]'],
    [item({ type: 'item_reference' }), 'input[1]'],
  ];
  for (const [fields, param] of stored) {
    const error = refusalOf(decode, { model: 'm', input: 'x', ...fields });
    assert.deepEqual([error.code, error.status, error.param], ['invalid_parameter', 400, param]);
    assert.ok(!error.message.includes(secret));
    const { message } = (openaiResponses.errorBody(error, 'req_1') as { error: { message: string } }).error;
    assert.match(message, /not s(?:tored|upported).*\. (?:Send|Leave it out)/, message);
  }
  // Refused before the input is looked at, because with it the input is only the last part.
  assert.equal(refusalOf(decode, { model: 'm', previous_response_id: 'resp_1' }).param, 'previous_response_id');
});

const field = fc.constantFrom('tools', 'tool_choice', 'text', 'stop', 'reasoning', 'include', 'metadata', 'prompt');
const type = fc.constantFrom(
  'message',
  'function_call',
  'function_call_output',
  'custom_tool_call',
  'reasoning',
  'item_reference',
  'x',
);
const entry = fc.record(
  {
    type,
    role: fc.constantFrom('system', 'user', 'assistant', 'x'),
    content: fc.oneof(fc.string(), fc.jsonValue()),
    call_id: fc.string(),
    name: fc.string(),
    arguments: fc.jsonValue(),
    output: fc.jsonValue(),
    summary: fc.jsonValue(),
    encrypted_content: fc.jsonValue(),
  },
  { requiredKeys: [] },
);
const tool = fc.record({
  type: fc.constantFrom('function', 'custom', 'namespace', 'web_search', 'x', null),
  name: fc.jsonValue(),
  tools: fc.jsonValue(),
  format: fc.jsonValue(),
  external_web_access: fc.jsonValue(),
});
const body = fc.record({
  model: fc.string({ minLength: 1 }),
  input: fc.oneof(fc.string(), fc.array(fc.oneof(entry, fc.jsonValue()))),
  tools: fc.array(tool),
  extra: fc.dictionary(field, fc.jsonValue()),
});
testAnyBody(decode, smallest, body);
