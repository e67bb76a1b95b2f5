/** Bodies as agents really send them, shortened in their texts only: each is answered, and nothing in it is a fault. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readChatStream } from '../chat-stream.ts';
import { readMessageStream } from '../messages-stream.ts';
import { Product } from './product.ts';

let product: Product;
before(async () => {
  product = await Product.start();
});
after(() => product.stop());

const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  properties: { path: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
  additionalProperties: false,
};
const ephemeral = { type: 'ephemeral', ttl: '1h' };
const text = (said: string, more: object = {}): object => ({ type: 'text', text: said, ...more });

/** Claude Code: a billing line, a system message as the last one, thinking, calls in parallel, results mixed with text. */
function claudeCode(prompt: string): Record<string, unknown> {
  return {
    model: 'local/script',
    max_tokens: 128_000,
    stream: true,
    thinking: { type: 'adaptive', display: 'summarized' },
    output_config: { effort: 'high' },
    context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
    metadata: { user_id: JSON.stringify({ device_id: 'd'.repeat(64), session_id: 's' }) },
    container: null,
    service_tier: 'auto',
    system: [
      text('x-anthropic-billing-header: cc_version=2.1.329; cch=00000;'),
      text('You are Claude Code.', { cache_control: ephemeral }),
    ],
    tools: [
      { name: 'Read', description: 'Reads.', input_schema: schema, cache_control: ephemeral },
      { type: 'custom', name: 'Later', input_schema: schema, defer_loading: true, strict: true },
    ],
    messages: [
      { role: 'user', content: [text('<system-reminder>', { cache_control: ephemeral }), text('Begin.')] },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm.', signature: 'EqQBtheirs' },
          { type: 'redacted_thinking', data: 'AA==' },
          text('I will read.'),
          { type: 'tool_use', id: 'call_1', name: 'Read', input: { path: 'a' } },
          { type: 'tool_use', id: 'toolu_2', name: 'Read', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'call_1', content: [text('one')], cache_control: ephemeral },
          { type: 'tool_result', tool_use_id: 'toolu_2', is_error: true },
          text('Go on.'),
        ],
      },
      { role: 'assistant', content: [text('I have read it.')] },
      { role: 'user', content: prompt },
      { role: 'system', content: [text('Note.', { cache_control: ephemeral })] },
    ],
  };
}

test('Claude Code: a whole session in one body', async () => {
  const headers = { 'anthropic-version': '2023-06-01', 'anthropic-beta': 'claude-code-20250219,effort-2025-11-24' };
  const body = claudeCode('THINK So.\nREPEAT 1 done\nCALL_TOOL Read {"path":null}');
  const reply = await product.ask('/v1/messages?beta=true', body, headers);
  const { blocks, stopReason } = readMessageStream(reply.text);
  assert.deepEqual(blocks.map(({ type, text: said }) => [type, said.trim()]), [['thinking', 'So.'], ['text', 'done'], ['tool_use', '{"path":null}']]); // prettier-ignore
  assert.equal(stopReason, 'tool_use');
  const row = await product.row(String(reply.headers['x-request-id']));
  assert.deepEqual(row.warnings.map(({ code }) => code).toSorted(), ['part_ignored', 'reasoning_signed']); // prettier-ignore
});

test('Claude Code: its web search is sent alone and answered in text', async () => {
  const tools = [{ type: 'web_search_20250305', name: 'web_search', max_uses: 8 }];
  const body = { ...claudeCode('REPEAT 1 found'), tools, tool_choice: { type: 'tool', name: 'web_search' } };
  const { blocks } = readMessageStream((await product.ask('/v1/messages?beta=true', body)).text);
  assert.equal(blocks.at(-1)?.text, 'found');
});

const call = (id: string, args: string): object => ({
  id,
  type: 'function',
  function: { name: 'Read', arguments: args },
});

test('claude-code-router: everything Claude Code says, in chat messages', async () => {
  const reply = await product.chat({
    model: 'local/script',
    stream: true,
    max_tokens: 128_000,
    reasoning: { effort: 'high', enabled: true },
    tool_choice: 'auto',
    tools: [{ type: 'function', function: { name: 'Read', description: 'Reads.', parameters: schema } }],
    messages: [
      { role: 'system', content: [text('You are Claude Code.', { cache_control: ephemeral })] },
      { role: 'user', content: [text('Begin.', { cache_control: ephemeral })] },
      { role: 'assistant', content: null, thinking: { content: 'Hm.', signature: 's' }, tool_calls: [call('call_1', '{}'), call('toolu_2', '')] },
      { role: 'tool', tool_call_id: 'call_1', content: JSON.stringify([text('one')]), cache_control: ephemeral },
      { role: 'tool', tool_call_id: 'toolu_2', content: '' },
      { role: 'assistant', content: 'I have read it.' },
      { role: 'user', content: 'REPEAT 1 done' },
      { role: 'system', content: 'Note.' },
    ],
  }); // prettier-ignore
  const read = readChatStream(reply.text);
  assert.deepEqual([read.content, read.finishReason], ['done', 'stop']);
  assert.ok(read.usage?.total_tokens, 'usage is there although it was not asked for');
});

test('other agents: three user turns in a row, explicit nulls, calls without tools, fields of several services', async () => {
  const nulls = Object.fromEntries(
    ['stop', 'seed', 'user', 'response_format', 'logit_bias', 'n', 'metadata', 'tool_choice'].map((name) => [
      name,
      null,
    ]),
  );
  const reply = await product.chat({
    ...nulls,
    model: 'local/echo',
    stream: true,
    stream_options: { include_usage: true },
    parallel_tool_calls: true,
    store: false,
    thinking: { type: 'disabled' },
    enable_thinking: false,
    thinking_budget: 100,
    chat_template_kwargs: { enable_thinking: false },
    extra_body: { anything: 1 },
    messages: [
      { role: 'developer', content: 'You are an agent.' },
      { role: 'assistant', content: '', refusal: null, reasoning_content: 'Hm.', tool_calls: [call('c', '')] },
      { role: 'tool', tool_call_id: 'c', content: [text('one')] },
      { role: 'user', content: '<environment>' },
      { role: 'user', content: [text('<instructions>'), { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } }] },
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: 'And so' },
    ],
  }); // prettier-ignore
  const read = readChatStream(reply.text, true);
  assert.deepEqual([read.content, read.finishReason, read.usage !== null], ['Hello', 'stop', true]);
});
