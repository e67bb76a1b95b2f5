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
import { anthropicMessages } from './dialect.ts';

const decode = (body: unknown) => anthropicMessages.decode(body);
const count = (body: unknown) => (anthropicMessages.questions?.[0] ?? assert.fail()).answer(body);
const hello = [{ role: 'user', content: 'Hello' }];
const smallest = { model: 'm', max_tokens: 10, messages: hello };
const user = (content: unknown): object => ({ messages: [...hello, { role: 'user', content }] });

const cases: WrongFields = [
  [{ model: undefined }, 'model'],
  [{ model: '' }, 'model'],
  [{ max_tokens: undefined }, 'max_tokens'],
  [{ max_tokens: null }, 'max_tokens'],
  [{ max_tokens: 0 }, 'max_tokens'],
  [{ max_tokens: secret }, 'max_tokens'],
  [{ messages: undefined }, 'messages'],
  [{ messages: [] }, 'messages'],
  [{ messages: [secret] }, 'messages[0]'],
  [{ messages: [{ role: secret, content: 'x' }] }, 'messages[0].role'],
  [user(7), 'messages[1].content'],
  [user([secret]), 'messages[1].content[0]'],
  [user([{ text: secret }]), 'messages[1].content[0].type'],
  [user([{ type: 'text', text: { secret } }]), 'messages[1].content[0].text'],
  [user([{ type: 'image', source: { type: 'file', file_id: secret } }]), 'messages[1].content[0].source'],
  [user([{ type: 'image', source: { type: 'url', url: `file:///${secret}` } }]), 'messages[1].content[0].source.url'],
  [
    user([{ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: secret } }]),
    'messages[1].content[0].source',
  ],
  [user([{ type: 'tool_result', content: secret }]), 'messages[1].content[0].tool_use_id'],
  [
    user([{ type: 'tool_result', tool_use_id: 't', content: [{ type: 'text', text: 7 }] }]),
    'messages[1].content[0].content[0].text',
  ],
  [{ system: 7 }, 'system'],
  [{ system: [{ type: 'text' }] }, 'system[0].text'],
  [{ temperature: 'hot' }, 'temperature'],
  [{ top_p: 2 }, 'top_p'],
  [{ stop_sequences: secret }, 'stop_sequences'],
  [{ stream: 'true' }, 'stream'],
  [{ tools: {} }, 'tools'],
  [{ tools: [{ input_schema: {} }] }, 'tools[0].name'],
  [{ tools: [{ name: 'f', input_schema: secret }] }, 'tools[0].input_schema'],
  [{ tool_choice: { type: secret } }, 'tool_choice.type'],
  [{ tools: [{ name: 'f' }], tool_choice: { type: 'tool', name: secret } }, 'tool_choice.name'],
  [{ tool_choice: { type: 'tool' } }, 'tool_choice.name'],
  [{ thinking: { type: 7 } }, 'thinking.type'],
  [{ output_config: { effort: secret } }, 'output_config.effort'],
  [{ output_config: { format: { type: secret } } }, 'output_config.format.type'],
  [{ metadata: { user_id: 7 } }, 'metadata.user_id'],
];
testWrongParameters(decode, smallest, cases);
for (const read of [decode, count]) {
  testNoObject(read);
  testExhausting(read, smallest, 'messages', { role: 'user' });
}

test('thread is refused in the one form after which the SDK sends the whole conversation', () => {
  for (const thread of [{ type: 'create' }, { type: 'continue', previous_message_id: 'msg_1' }, 'x']) {
    // A continued thread has neither all fields nor all messages, and is refused all the same.
    const error = refusalOf(decode, { ...smallest, messages: undefined, thread });
    assert.equal(error.status, 400);
    const { message } = (anthropicMessages.errorBody(error, 'req_1') as { error: { message: string } }).error;
    assert.deepEqual(anthropicMessages.errorBody(error, 'req_1'), {
      type: 'error',
      error: {
        type: 'invalid_request_error',
        message,
        details: { error_code: 'thread_unsupported_request', unsupported: ['thread'] },
      },
      request_id: 'req_1',
    });
  }
});

const type = fc.constantFrom('text', 'image', 'document', 'thinking', 'tool_use', 'tool_result', 'search_result', 'x');
const source = fc.record({
  type: fc.constantFrom('base64', 'url', 'text', 'content', 'file'),
  data: fc.oneof(fc.string(), fc.jsonValue()),
  media_type: fc.constantFrom('text/plain', 'image/png', 7),
  content: fc.jsonValue(),
});
const value = fc.oneof(fc.string(), fc.jsonValue());
const block = fc.record(
  {
    type,
    text: value,
    source,
    thinking: value,
    id: value,
    name: value,
    input: value,
    tool_use_id: value,
    content: value,
  },
  { requiredKeys: ['type'] },
);
const content = fc.oneof(fc.string(), fc.array(block), fc.jsonValue());
const message = fc.record({ role: fc.constantFrom('system', 'user', 'assistant', 'x'), content });
const field = fc.constantFrom('system', 'tools', 'tool_choice', 'thinking', 'output_config', 'metadata', 'thread');
const body = fc.record({ messages: fc.array(message), extra: fc.dictionary(field, fc.jsonValue()) });
for (const read of [decode, count]) testAnyBody(read, smallest, body);
