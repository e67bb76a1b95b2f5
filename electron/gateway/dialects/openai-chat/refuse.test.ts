import fc from 'fast-check';
import {
  secret,
  testAnyBody,
  testExhausting,
  testNoObject,
  testWrongParameters,
  type WrongFields,
} from '../testing/refusals.ts';
import { openaiChat } from './dialect.ts';

const decode = (body: unknown) => openaiChat.decode(body);
const hello = [{ role: 'user', content: 'Hello' }];
const smallest = { model: 'm', messages: hello };
const weather = { type: 'function', function: { name: 'weather', parameters: { type: 'object' } } };
const user = (content: unknown): object => ({ messages: [...hello, { role: 'user', content }] });

const cases: WrongFields = [
  [{ model: undefined }, 'model'],
  [{ model: '' }, 'model'],
  [{ model: 4 }, 'model'],
  [{ messages: undefined }, 'messages'],
  [{ messages: [] }, 'messages'],
  [{ messages: secret }, 'messages'],
  [{ messages: [secret] }, 'messages[0]'],
  [{ messages: [{ role: secret }] }, 'messages[0].role'],
  [{ messages: [{ content: secret }] }, 'messages[0].role'],
  [user(7), 'messages[1].content'],
  [user({ text: secret }), 'messages[1].content'],
  [user([secret]), 'messages[1].content[0]'],
  [user([{ type: secret }]), 'messages[1].content[0].type'],
  [user([{ type: 'input_audio', input_audio: { data: secret } }]), 'messages[1].content[0].type'],
  [user([{ type: 'text', text: { secret } }]), 'messages[1].content[0].text'],
  [user([{ type: 'image_url', image_url: { url: `file:///${secret}` } }]), 'messages[1].content[0].image_url.url'],
  [{ messages: [{ role: 'tool', content: secret }] }, 'messages[0].tool_call_id'],
  [{ messages: [{ role: 'assistant', tool_calls: [{ id: 'c' }] }] }, 'messages[0].tool_calls[0].function'],
  [
    { messages: [{ role: 'assistant', tool_calls: [{ function: { name: 'x', arguments: 7 } }] }] },
    'messages[0].tool_calls[0].function.arguments',
  ],
  [{ temperature: 'hot' }, 'temperature'],
  [{ temperature: 2.1 }, 'temperature'],
  [{ top_p: -0.1 }, 'top_p'],
  [{ max_tokens: -1 }, 'max_tokens'],
  [{ max_tokens: 0 }, 'max_tokens'],
  [{ max_completion_tokens: secret }, 'max_completion_tokens'],
  [{ n: 5 }, 'n'],
  [{ seed: 1.5 }, 'seed'],
  [{ stop: 5 }, 'stop'],
  [{ stream: 'true' }, 'stream'],
  [{ stream_options: secret }, 'stream_options'],
  [{ tools: {} }, 'tools'],
  [{ tools: [{ type: 'function' }] }, 'tools[0].function'],
  [{ tools: [{ type: 'function', function: { name: '' } }] }, 'tools[0].function.name'],
  [{ tools: [weather], tool_choice: secret }, 'tool_choice'],
  [{ tools: [weather], tool_choice: { type: 'function', function: { name: secret } } }, 'tool_choice'],
  [{ response_format: { type: secret } }, 'response_format.type'],
  [{ response_format: 'json' }, 'response_format'],
  [{ response_format: { type: 'json_schema' } }, 'response_format.json_schema'],
  [{ reasoning_effort: secret }, 'reasoning_effort'],
  [{ thinking: { type: secret } }, 'thinking.type'],
  [{ reasoning: { exclude: secret } }, 'reasoning.exclude'],
  [{ include_reasoning: secret }, 'include_reasoning'],
  [{ reasoning_format: secret }, 'reasoning_format'],
  [{ user: 5 }, 'user'],
];
testWrongParameters(decode, smallest, cases);
testNoObject(decode);
testExhausting(decode, smallest, 'messages', { role: 'user' });

const field = fc.constantFrom(
  'messages',
  'tools',
  'tool_choice',
  'response_format',
  'stop',
  'thinking',
  'extra_body',
  'stream_options',
);
const message = fc.record(
  {
    role: fc.constantFrom('system', 'user', 'assistant', 'tool', 'function', 'x'),
    content: fc.oneof(fc.string(), fc.jsonValue()),
    tool_calls: fc.jsonValue(),
    tool_call_id: fc.string(),
  },
  { requiredKeys: ['role'] },
);
const body = fc.record({
  model: fc.string(),
  messages: fc.array(message),
  extra: fc.dictionary(field, fc.jsonValue()),
});
testAnyBody(decode, smallest, body);
