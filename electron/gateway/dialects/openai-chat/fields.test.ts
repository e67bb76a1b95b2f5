import { test } from 'node:test';
import type OpenAI from 'openai';
import { checkFields, type Fate } from '../testing/fields.ts';
import { openaiChat } from './dialect.ts';

type Params = OpenAI.ChatCompletionCreateParamsNonStreaming;
const messages = [{ role: 'user', content: 'Hello' }];
const smallest = { model: 'm', messages };
const weather = { type: 'function', function: { name: 'weather', parameters: { type: 'object' } } };

const fields: Readonly<Record<keyof Params, Fate>> = {
  model: { fate: 'kept', value: 'n' },
  messages: { fate: 'kept', value: [{ role: 'user', content: 'Bye' }] },
  stream: { fate: 'answered', value: true },
  stream_options: { fate: 'answered', value: { include_usage: true }, beside: { stream: true } },
  tools: { fate: 'kept', value: [weather] },
  tool_choice: { fate: 'kept', value: 'required', beside: { tools: [weather] } },
  functions: { fate: 'kept', value: [weather.function] },
  function_call: { fate: 'kept', value: 'none', beside: { functions: [weather.function] } },
  parallel_tool_calls: { fate: 'kept', value: false },
  response_format: { fate: 'kept', value: { type: 'json_object' } },
  temperature: { fate: 'kept', value: 0.5 },
  top_p: { fate: 'kept', value: 0.5 },
  presence_penalty: { fate: 'kept', value: 1 },
  frequency_penalty: { fate: 'kept', value: 1 },
  max_tokens: { fate: 'kept', value: 10 },
  max_completion_tokens: { fate: 'kept', value: 10 },
  stop: { fate: 'kept', value: 'END' },
  seed: { fate: 'kept', value: 1 },
  reasoning_effort: { fate: 'kept', value: 'high' },
  web_search_options: { fate: 'kept', value: {} },
  user: { fate: 'kept', value: 'u' },
  safety_identifier: { fate: 'kept', value: 'u' },
  n: { fate: 'refused', value: 2 },
  audio: { fate: 'warned', value: { voice: 'alloy', format: 'mp3' } },
  logit_bias: { fate: 'warned', value: { 5: 1 } },
  logprobs: { fate: 'warned', value: true },
  top_logprobs: { fate: 'warned', value: 2 },
  modalities: { fate: 'warned', value: ['text', 'audio'] },
  moderation: { fate: 'warned', value: { model: 'omni-moderation-latest' } },
  prediction: { fate: 'warned', value: { type: 'content', content: 'x' } },
  store: { fate: 'warned', value: true },
  verbosity: { fate: 'warned', value: 'low' },
  metadata: { fate: 'nothing', value: { a: 'b' }, why: 'it is read back from stored completions only' },
  prompt_cache_key: { fate: 'nothing', value: 'k', why: 'caching changes the price, not the answer' },
  prompt_cache_options: { fate: 'nothing', value: {}, why: 'caching changes the price, not the answer' },
  prompt_cache_retention: { fate: 'nothing', value: '24h', why: 'caching changes the price, not the answer' },
  service_tier: { fate: 'nothing', value: 'flex', why: 'it changes the price and the speed, not the answer' },
};

test('no field of the official client is lost: kept, answered, refused, or warned about', () => {
  checkFields((body) => openaiChat.decode(body), smallest, fields);
});

type Role = OpenAI.ChatCompletionMessageParam['role'];
const roles: Readonly<Record<Role, Fate>> = {
  system: { fate: 'kept', value: [{ role: 'system', content: 'a' }] },
  developer: { fate: 'kept', value: [{ role: 'developer', content: 'a' }] },
  user: { fate: 'kept', value: [{ role: 'user', content: 'a' }] },
  assistant: { fate: 'kept', value: [{ role: 'assistant', content: 'a' }] },
  tool: { fate: 'kept', value: [{ role: 'tool', tool_call_id: 'c', content: 'a' }] },
  function: { fate: 'kept', value: [{ role: 'function', name: 'f', content: 'a' }] },
};
type Part = OpenAI.ChatCompletionContentPart['type'] | 'refusal';
const user = (part: object) => [{ role: 'user', content: [part] }];
const parts: Readonly<Record<Part, Fate>> = {
  text: { fate: 'kept', value: user({ type: 'text', text: 'a' }) },
  image_url: {
    fate: 'kept',
    value: user({ type: 'image_url', image_url: { url: 'https://a.example/', detail: 'low' } }),
  },
  refusal: { fate: 'kept', value: [{ role: 'assistant', content: [{ type: 'refusal', refusal: 'no' }] }] },
  input_audio: { fate: 'refused', value: user({ type: 'input_audio', input_audio: { data: '', format: 'mp3' } }) },
  file: { fate: 'refused', value: user({ type: 'file', file: { file_id: 'f' } }) },
};
type Said = Exclude<keyof OpenAI.ChatCompletionAssistantMessageParam, 'role'>;
const assistant = (fields_: object) => [{ role: 'assistant', ...fields_ }];
const called = { id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } };
const said: Readonly<Record<Said, Fate>> = {
  content: { fate: 'kept', value: assistant({ content: 'a' }) },
  name: { fate: 'kept', value: assistant({ content: 'Hello', name: 'n' }) },
  refusal: { fate: 'kept', value: assistant({ refusal: 'no' }) },
  tool_calls: { fate: 'kept', value: assistant({ tool_calls: [called] }) },
  function_call: { fate: 'kept', value: assistant({ function_call: called.function }) },
  audio: { fate: 'nothing', value: assistant({ audio: { id: 'a' } }), why: 'no audio is ever made here to refer to' },
};
type Kind = OpenAI.ChatCompletionTool['type'];
const tools: Readonly<Record<Kind, Fate>> = {
  function: { fate: 'kept', value: [weather] },
  custom: { fate: 'warned', value: [{ type: 'custom', custom: { name: 'f' } }] },
};

test('nor is a role, a part, a member of an earlier answer or a kind of tool', () => {
  const decode = (body: unknown) => openaiChat.decode(body);
  const each = (field: string, table: Readonly<Record<string, Fate>>, base: object = smallest): void => {
    for (const row of Object.values(table)) checkFields(decode, base, { [field]: row });
  };
  each('messages', roles);
  each('messages', parts);
  each('messages', said, { ...smallest, messages: [{ role: 'assistant' }] });
  each('tools', tools);
});
