import { test } from 'node:test';
import type OpenAI from 'openai';
import { checkFields, type Fate } from '../testing/fields.ts';
import { openaiResponses } from './dialect.ts';

type Params = OpenAI.Responses.ResponseCreateParamsNonStreaming;
const smallest = { model: 'm', input: 'Hello' };
const weather = { type: 'function', name: 'weather' };
const decode = (body: unknown) => openaiResponses.decode(body);

/** What would need stored answers has its own tests. */
const fields: Readonly<Record<Exclude<keyof Params, 'previous_response_id' | 'store'>, Fate>> = {
  model: { fate: 'kept', value: 'n' },
  input: { fate: 'kept', value: 'Bye' },
  instructions: { fate: 'kept', value: 'Be terse.' },
  stream: { fate: 'answered', value: true },
  tools: { fate: 'kept', value: [weather] },
  tool_choice: { fate: 'kept', value: 'required', beside: { tools: [weather] } },
  parallel_tool_calls: { fate: 'kept', value: false },
  text: { fate: 'kept', value: { format: { type: 'json_object' } } },
  reasoning: { fate: 'kept', value: { effort: 'high' } },
  max_output_tokens: { fate: 'kept', value: 10 },
  temperature: { fate: 'kept', value: 0.5 },
  top_p: { fate: 'kept', value: 0.5 },
  user: { fate: 'kept', value: 'u' },
  safety_identifier: { fate: 'kept', value: 'u' },
  metadata: { fate: 'answered', value: { a: 'b' } },
  prompt_cache_key: { fate: 'answered', value: 'k' },
  background: { fate: 'refused', value: true },
  conversation: { fate: 'refused', value: 'c' },
  prompt: { fate: 'refused', value: { id: 'p' } },
  context_management: { fate: 'warned', value: [{ type: 'compaction', compact_threshold: 1_000 }] },
  include: { fate: 'warned', value: ['reasoning.encrypted_content', 'message.output_text.logprobs'] },
  moderation: { fate: 'warned', value: { model: 'omni-moderation-latest' } },
  max_tool_calls: { fate: 'warned', value: 2 },
  top_logprobs: { fate: 'warned', value: 2 },
  truncation: { fate: 'warned', value: 'auto' },
  access_programs: { fate: 'nothing', value: {}, why: 'it names programs of the vendor' },
  image: { fate: 'nothing', value: { context_compression: 'enabled' }, why: 'it tunes how the vendor keeps pictures' },
  prompt_cache_options: { fate: 'nothing', value: {}, why: 'caching changes the price, not the answer' },
  prompt_cache_retention: { fate: 'nothing', value: '24h', why: 'caching changes the price, not the answer' },
  service_tier: { fate: 'nothing', value: 'flex', why: 'it changes the price and the speed, not the answer' },
  stream_options: { fate: 'nothing', value: { include_obfuscation: true }, why: 'it only pads the stream' },
};

test('no field of the official client is lost: kept, answered, refused, or warned about', () => {
  checkFields(decode, smallest, fields);
});

type InputItem = OpenAI.Responses.ResponseInputItem;
type Item = NonNullable<Extract<InputItem, { type?: unknown }>['type']>;
const sent = (item: object) => [{ role: 'user', content: 'Hello' }, item];
const call = { call_id: 'c', name: 'f' };
const kept = {
  message: { fate: 'kept', value: sent({ type: 'message', role: 'assistant', content: 'a' }) },
  function_call: { fate: 'kept', value: sent({ type: 'function_call', ...call, arguments: '{}' }) },
  function_call_output: { fate: 'kept', value: sent({ type: 'function_call_output', call_id: 'c', output: 'a' }) },
  custom_tool_call: { fate: 'kept', value: sent({ type: 'custom_tool_call', ...call, input: 'a' }) },
  custom_tool_call_output: {
    fate: 'kept',
    value: sent({ type: 'custom_tool_call_output', call_id: 'c', output: 'a' }),
  },
  reasoning: { fate: 'kept', value: sent({ type: 'reasoning', summary: [{ type: 'summary_text', text: 'a' }] }) },
} as const satisfies Partial<Record<Item, Fate>>;
/** Of the vendor's own tools and service; a reference is another test's business (`refuse.test.ts`). */
const leftOut: Readonly<Record<Exclude<Item, keyof typeof kept | 'item_reference'>, true>> = {
  additional_tools: true,
  apply_patch_call: true,
  apply_patch_call_output: true,
  code_interpreter_call: true,
  compaction: true,
  compaction_trigger: true,
  computer_call: true,
  computer_call_output: true,
  configuration_update: true,
  file_search_call: true,
  image_generation_call: true,
  local_shell_call: true,
  local_shell_call_output: true,
  mcp_approval_request: true,
  mcp_approval_response: true,
  mcp_call: true,
  mcp_list_tools: true,
  program: true,
  program_output: true,
  shell_call: true,
  shell_call_output: true,
  tool_search_call: true,
  tool_search_output: true,
  web_search_call: true,
};

test('nor is an item', () => {
  for (const row of Object.values(kept)) checkFields(decode, smallest, { input: row });
  for (const type of Object.keys(leftOut))
    checkFields(decode, smallest, { input: { fate: 'warned', value: sent({ type }) } });
});

type Kind = OpenAI.Responses.Tool['type'];
const search = (type: Kind): Fate => ({ fate: 'kept', value: [{ type }] });
const notHere = (type: Kind): Fate => ({ fate: 'warned', value: [{ type }] });
const tools: Readonly<Record<Kind, Fate>> = {
  function: { fate: 'kept', value: [weather] },
  custom: { fate: 'kept', value: [{ type: 'custom', name: 'f' }] },
  namespace: { fate: 'kept', value: [{ type: 'namespace', name: 'n', tools: [weather] }] },
  web_search: search('web_search'),
  web_search_2025_08_26: search('web_search_2025_08_26'),
  web_search_preview: search('web_search_preview'),
  web_search_preview_2025_03_11: search('web_search_preview_2025_03_11'),
  apply_patch: notHere('apply_patch'),
  code_interpreter: notHere('code_interpreter'),
  computer: notHere('computer'),
  computer_use_preview: notHere('computer_use_preview'),
  file_search: notHere('file_search'),
  image_generation: notHere('image_generation'),
  local_shell: notHere('local_shell'),
  mcp: notHere('mcp'),
  programmatic_tool_calling: notHere('programmatic_tool_calling'),
  shell: notHere('shell'),
  tool_search: notHere('tool_search'),
};

test('nor is a kind of tool', () => {
  for (const row of Object.values(tools)) checkFields(decode, smallest, { tools: row });
});
