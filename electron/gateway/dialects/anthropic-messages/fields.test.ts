import { test } from 'node:test';
import type Anthropic from '@anthropic-ai/sdk';
import { checkFields, type Fate } from '../testing/fields.ts';
import { anthropicMessages } from './dialect.ts';

/** `betas`, `user_profile_id` and `workspace_id` are headers, which the client only takes as fields. */
type Params = Exclude<
  keyof Anthropic.Beta.MessageCreateParamsNonStreaming | keyof Anthropic.MessageCreateParamsNonStreaming | 'temperature' | 'top_k' | 'top_p',
  'betas' | 'user_profile_id' | 'workspace_id'
>; // prettier-ignore
const smallest = { model: 'm', max_tokens: 10, messages: [{ role: 'user', content: 'Hello' }] };
const weather = { name: 'weather', input_schema: { type: 'object' } };
const thinking = { type: 'adaptive' };

const fields: Readonly<Record<Params, Fate>> = {
  model: { fate: 'kept', value: 'n' },
  messages: { fate: 'kept', value: [{ role: 'user', content: 'Bye' }] },
  max_tokens: { fate: 'kept', value: 20 },
  system: { fate: 'kept', value: 'Be terse.' },
  stream: { fate: 'answered', value: true },
  tools: { fate: 'kept', value: [weather] },
  tool_choice: { fate: 'kept', value: { type: 'any' }, beside: { tools: [weather] } },
  thinking: { fate: 'kept', value: thinking },
  output_config: { fate: 'kept', value: { effort: 'high' }, beside: { thinking } },
  output_format: { fate: 'kept', value: { type: 'json_schema', schema: {} } },
  stop_sequences: { fate: 'kept', value: ['END'] },
  temperature: { fate: 'kept', value: 0.5 },
  top_p: { fate: 'kept', value: 0.5 },
  metadata: { fate: 'kept', value: { user_id: 'u' } },
  thread: { fate: 'refused', value: { type: 'create' } },
  top_k: { fate: 'warned', value: 5 },
  compaction: { fate: 'warned', value: { type: 'summary' } },
  container: { fate: 'warned', value: 'c' },
  context_management: { fate: 'warned', value: { edits: [{ type: 'compact_20260112' }] } },
  fallbacks: { fate: 'warned', value: [{ model: 'n' }] },
  inference_geo: { fate: 'warned', value: 'us' },
  mcp_servers: { fate: 'warned', value: [{ type: 'url', name: 'n', url: 'https://a.example/' }] },
  billing_policy: {
    fate: 'nothing',
    value: { type: 'billing_policy', bill_to: 'self' },
    why: 'Anthropic sends no bill',
  },
  cache_control: { fate: 'nothing', value: { type: 'ephemeral' }, why: 'caching changes the price, not the answer' },
  diagnostics: { fate: 'nothing', value: {}, why: 'it asks Anthropic about its own cache' },
  fallback_credit_token: { fate: 'nothing', value: 't', why: 'it changes the price, not the answer' },
  service_tier: { fate: 'nothing', value: 'standard_only', why: 'it changes the price and the speed, not the answer' },
  speed: { fate: 'nothing', value: 'fast', why: 'it changes the price and the speed, not the answer' },
};

test('no field of the official client is lost: kept, answered, refused, or warned about', () => {
  checkFields((body) => anthropicMessages.decode(body), smallest, fields);
});

type Block = Anthropic.Beta.BetaContentBlockParam['type'] | Anthropic.ContentBlockParam['type'];
const user = (block: object) => [{ role: 'user', content: [block] }];
const kept = {
  text: { fate: 'kept', value: user({ type: 'text', text: 'a' }) },
  image: { fate: 'kept', value: user({ type: 'image', source: { type: 'url', url: 'https://a.example/' } }) },
  document: { fate: 'kept', value: user({ type: 'document', source: { type: 'text', data: 'a' } }) },
  search_result: { fate: 'kept', value: user({ type: 'search_result', content: [] }) },
  thinking: { fate: 'kept', value: user({ type: 'thinking', thinking: 'a', signature: 's' }) },
  tool_use: { fate: 'kept', value: user({ type: 'tool_use', id: 't', name: 'f', input: {} }) },
  tool_result: { fate: 'kept', value: user({ type: 'tool_result', tool_use_id: 't' }) },
  compaction: { fate: 'kept', value: user({ type: 'compaction', content: 'What was said before.' }) },
} as const satisfies Partial<Record<Block, Fate>>;
/** What ran at Anthropic, or can be read there only. */
const leftOut: Readonly<Record<Exclude<Block, keyof typeof kept>, true>> = {
  advisor_tool_result: true,
  bash_code_execution_tool_result: true,
  code_execution_tool_result: true,
  container_upload: true,
  fallback: true,
  mcp_tool_listing: true,
  mcp_tool_result: true,
  mcp_tool_use: true,
  redacted_thinking: true,
  server_tool_use: true,
  text_editor_code_execution_tool_result: true,
  tool_addition: true,
  tool_removal: true,
  tool_search_tool_result: true,
  web_fetch_tool_result: true,
  web_search_tool_result: true,
};
const sources: Readonly<Record<Anthropic.DocumentBlockParam['source']['type'] | 'file', Fate>> = {
  text: { fate: 'kept', value: user({ type: 'document', source: { type: 'text', data: 'a' } }) },
  content: { fate: 'kept', value: user({ type: 'document', source: { type: 'content', content: 'a' } }) },
  base64: { fate: 'refused', value: user({ type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' } }) },
  url: { fate: 'refused', value: user({ type: 'document', source: { type: 'url', url: 'https://a.example/a.pdf' } }) },
  file: { fate: 'refused', value: user({ type: 'document', source: { type: 'file', file_id: 'f' } }) },
}; // prettier-ignore
const inResult = (block: object): unknown => user({ type: 'tool_result', tool_use_id: 't', content: [block] });
const results: Readonly<Record<'text' | 'image' | 'search_result' | 'document' | 'tool_reference', Fate>> = {
  text: { fate: 'kept', value: inResult({ type: 'text', text: 'a' }) },
  image: { fate: 'kept', value: inResult({ type: 'image', source: { type: 'url', url: 'https://a.example/' } }) },
  search_result: { fate: 'kept', value: inResult({ type: 'search_result', content: [] }) },
  document: { fate: 'kept', value: inResult({ type: 'document', source: { type: 'text', data: 'a' } }) },
  tool_reference: { fate: 'warned', value: inResult({ type: 'tool_reference', tool_name: 'f' }) },
};

test('nor is a block, a source of a document or what a tool has answered', () => {
  const decode = (body: unknown) => anthropicMessages.decode(body);
  for (const row of [kept, sources].flatMap((table): readonly Fate[] => Object.values(table)))
    checkFields(decode, smallest, { messages: row });
  for (const type of Object.keys(leftOut))
    checkFields(decode, smallest, { messages: { fate: 'warned', value: user({ type }) } });
  const empty = { ...smallest, messages: user({ type: 'tool_result', tool_use_id: 't' }) };
  for (const row of Object.values(results)) checkFields(decode, empty, { messages: row });
});

test('nor is a kind of tool', () => {
  const decode = (body: unknown) => anthropicMessages.decode(body);
  const tools: readonly Fate[] = [
    { fate: 'kept', value: [weather] },
    { fate: 'kept', value: [{ ...weather, type: 'custom' }] },
    { fate: 'kept', value: [{ type: 'web_search_20260318', name: 'web_search' }] },
    ...['bash_20250124', 'code_execution_20260521', 'memory_20250818', 'web_fetch_20260318', 'mcp_toolset'].map(
      (type): Fate => ({ fate: 'warned', value: [{ type, name: 'x' }] }),
    ),
  ];
  for (const row of tools) checkFields(decode, smallest, { tools: row });
});
