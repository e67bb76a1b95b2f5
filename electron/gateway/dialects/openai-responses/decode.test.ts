import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Notice } from '../../../../shared/notice.ts';
import type { ChatRequest } from '../../chat/request.ts';
import { openaiResponses } from './dialect.ts';
import { seal } from './sealed.ts';

function decode(fields: object): ChatRequest {
  return openaiResponses.decode({ model: 'm', input: 'Hello', ...fields }).request;
}

function messages(...input: object[]): ChatRequest['messages'] {
  return decode({ input }).messages;
}

function warnings(fields: object): readonly Notice[] {
  return openaiResponses.decode({ model: 'm', input: 'Hello', ...fields }).warnings;
}

const text = (value: string) => ({ type: 'text' as const, text: value });

test('the smallest body', () => {
  const decoded = openaiResponses.decode({ model: 'm', input: 'Hello' });
  assert.deepEqual(decoded.request, {
    model: 'm',
    messages: [{ role: 'user', content: [text('Hello')] }],
    tools: [],
    toolChoice: { type: 'auto' },
    sampling: {},
    responseFormat: { type: 'text' },
  });
  assert.equal(decoded.stream, false);
  assert.deepEqual(decoded.warnings, []);
});

test('explicit nulls, unknown fields and what only the vendor has mean nothing', () => {
  const names =
    'stream stream_options tools tool_choice parallel_tool_calls text reasoning include max_output_tokens temperature top_p stop ' +
    'metadata user safety_identifier prompt_cache_key client_metadata store service_tier truncation background instructions ' +
    'previous_response_id conversation prompt top_logprobs max_tool_calls';
  const nulls = Object.fromEntries(names.split(' ').map((name) => [name, null]));
  const known = {
    include: ['reasoning.encrypted_content'],
    store: false,
    service_tier: 'auto',
    truncation: 'disabled',
    background: false,
    prompt_cache_key: 'k',
    client_metadata: { a: 'b' },
    stream_options: { include_obfuscation: false },
    text: { format: { type: 'text' }, verbosity: 'medium' },
    anything: { new: [1] },
  };
  for (const fields of [nulls, known]) {
    assert.deepEqual(decode(fields), decode({}));
    assert.deepEqual(warnings(fields), []);
  }
});

test('messages with and without type, in every form of content', () => {
  for (const role of ['system', 'developer', 'user', 'assistant'] as const) {
    for (const type of [{}, { type: 'message' }, { type: null }]) {
      const content = (value: unknown) => messages({ ...type, role, content: value })[0]?.content;
      assert.deepEqual(content('a'), [text('a')]);
      assert.deepEqual(content(''), []);
      assert.deepEqual(content(null), []);
      const parts = [
        { type: 'input_text', text: 'a' },
        { type: 'output_text', text: 'b', annotations: [], logprobs: [] },
        { type: 'input_image', image_url: 'data:image/png;base64,AA', detail: 'low', file_id: null },
        { type: 'input_image', image_url: 'https://example.com/a.png' },
        { type: 'refusal', refusal: 'no' },
      ];
      assert.deepEqual(content(parts), [
        text('a'),
        text('b'),
        { type: 'image', url: 'data:image/png;base64,AA', detail: 'low' },
        { type: 'image', url: 'https://example.com/a.png' },
        text('no'),
      ]);
    }
  }
});

test('instructions are a leading system message', () => {
  assert.deepEqual(decode({ instructions: 'Be brief.' }).messages, [
    { role: 'system', content: [text('Be brief.')] },
    { role: 'user', content: [text('Hello')] },
  ]);
  assert.equal(decode({ instructions: '' }).messages.length, 1);
});

const fn = (id: string, name: string, args: unknown = '{}') => ({
  type: 'function_call',
  id: `fc_${id}`,
  status: 'completed',
  call_id: id,
  name,
  arguments: args,
});
const output = (id: string, value: unknown) => ({ type: 'function_call_output', call_id: id, output: value });
const said = (value: string) => ({
  type: 'message',
  id: 'msg_1',
  status: 'completed',
  role: 'assistant',
  content: [{ type: 'output_text', text: value, annotations: [] }],
});
const call = (id: string, name: string, args = '{}') => ({ type: 'tool-call' as const, id, name, arguments: args });
const result = (id: string, name: string, value: string) => ({
  role: 'tool' as const,
  content: [{ type: 'tool-result' as const, id, name, content: [text(value)], isError: false }],
});
const thought = (value: string) => ({ type: 'reasoning' as const, text: value });
const summary = (value: string) => ({
  type: 'reasoning',
  id: 'rs_1',
  summary: [{ type: 'summary_text', text: value }],
});

test('what the model did in one turn is one message', () => {
  assert.deepEqual(
    messages(
      { role: 'user', content: 'Go' },
      summary('hm'),
      said('Looking.'),
      fn('a', 'one', '{"x":1}'),
      fn('b', 'two', ''),
      output('b', 'second'),
      output('a', [{ type: 'input_text', text: 'first' }]),
      fn('c', 'one', { y: 2 }),
      output('c', null),
      said('Done.'),
      said('Really.'),
      { role: 'user', content: 'Thanks' },
    ),
    [
      { role: 'user', content: [text('Go')] },
      {
        role: 'assistant',
        content: [thought('hm'), text('Looking.'), call('a', 'one', '{"x":1}'), call('b', 'two', '')],
      },
      result('b', 'two', 'second'),
      result('a', 'one', 'first'),
      { role: 'assistant', content: [call('c', 'one', '{"y":2}')] },
      {
        role: 'tool',
        content: [{ type: 'tool-result', id: 'c', name: 'one', content: [], isError: false }],
      },
      { role: 'assistant', content: [text('Done.')] },
      { role: 'assistant', content: [text('Really.')] },
      { role: 'user', content: [text('Thanks')] },
    ],
  );
});

test('a result comes right after its calls, even when the model went on to speak', () => {
  assert.deepEqual(messages(fn('a', 'one'), said('Wait.'), output('a', 'x')), [
    { role: 'assistant', content: [call('a', 'one'), text('Wait.')] },
    result('a', 'one', 'x'),
  ]);
});

test('an output whose call is not there keeps its id; pictures stay in it', () => {
  const image = { type: 'input_image', image_url: 'data:image/png;base64,AA' };
  assert.deepEqual(messages(output('z', [image])), [
    {
      role: 'tool',
      content: [
        {
          type: 'tool-result',
          id: 'z',
          content: [{ type: 'image', url: 'data:image/png;base64,AA' }],
          isError: false,
        },
      ],
    },
  ]);
});

test('free-form calls are calls with one argument', () => {
  assert.deepEqual(
    messages(
      { type: 'custom_tool_call', call_id: 'a', name: 'patch', input: 'x"y' },
      { type: 'custom_tool_call_output', call_id: 'a', output: 'ok' },
    ),
    [{ role: 'assistant', content: [call('a', 'patch', '{"input":"x\\"y"}')] }, result('a', 'patch', 'ok')],
  );
});

test('thinking comes back from what was sealed, from content, from the summary; foreign seals are dropped', () => {
  const cases: [object, object | undefined][] = [
    [
      { encrypted_content: seal({ text: 'deep', signature: 's' }), summary: [{ text: 'short' }] },
      { ...thought('deep'), signature: 's' },
    ],
    [
      {
        summary: [
          { type: 'summary_text', text: 'a' },
          { type: 'summary_text', text: 'b' },
        ],
        content: null,
      },
      thought('a\n\nb'),
    ],
    [{ summary: [{ text: 'a' }], content: [{ type: 'reasoning_text', text: 'whole' }] }, thought('whole')],
    [{ encrypted_content: 'gAAAAA', summary: [{ text: 'a' }] }, thought('a')],
    [{ encrypted_content: 'traygate1.%%%', summary: [] }, undefined],
    [{ encrypted_content: `traygate1.${Buffer.from('{"text":1}').toString('base64url')}` }, undefined],
    [{ summary: 'odd', content: 7, encrypted_content: 7 }, undefined],
    [{}, undefined],
  ];
  for (const [item, part] of cases) {
    const [user, assistant] = messages({ role: 'user', content: 'x' }, { type: 'reasoning', ...item });
    assert.ok(user);
    assert.deepEqual(assistant?.content, part && [part], JSON.stringify(item));
  }
  assert.deepEqual(warnings({ input: [{ role: 'user' }, { type: 'reasoning', encrypted_content: 'gAAAAA' }] }), [
    { code: 'reasoning_sealed' },
  ]);
});

test('items nobody knows are left out and said once per kind', () => {
  const input = [
    { type: 'web_search_call', id: 'ws_1', status: 'completed' },
    { role: 'user', content: 'x' },
    { type: 'web_search_call', id: 'ws_2', status: 'completed' },
    { type: 'item_reference', id: 'rs_abc_0' },
    { type: 'local_shell_call', action: {} },
  ];
  assert.deepEqual(decode({ input }).messages, [{ role: 'user', content: [text('x')] }]);
  assert.deepEqual(warnings({ input }), [
    { code: 'part_ignored', part: 'input[0]', type: 'web_search_call' },
    { code: 'reasoning_reference' },
    { code: 'part_ignored', part: 'input[4]', type: 'local_shell_call' },
  ]);
});

test('sampling, limits, format and thinking', () => {
  const cases: [object, Partial<ChatRequest>][] = [
    [
      { temperature: 0, top_p: 0.5, stop: 'x', max_output_tokens: 2 ** 31 },
      { sampling: { temperature: 0, topP: 0.5, maxTokens: 1_000_000, stop: ['x'] } },
    ],
    [
      { parallel_tool_calls: false, user: 'u' },
      { parallelToolCalls: false, user: 'u' },
    ],
    [{ safety_identifier: 's' }, { user: 's' }],
    [{ text: { format: { type: 'json_object' } } }, { responseFormat: { type: 'json-object' } }],
    [
      { text: { format: { type: 'json_schema', name: 'n', schema: { type: 'object' }, strict: true } } },
      { responseFormat: { type: 'json-schema', name: 'n', schema: { type: 'object' }, strict: true } },
    ],
    [{ reasoning: { effort: 'high', summary: 'auto' } }, { thinking: { enabled: true, effort: 'high' } }],
    [{ reasoning: { effort: 'xhigh' } }, { thinking: { enabled: true, effort: 'max' } }],
    [{ reasoning: { effort: 'none' } }, { thinking: { enabled: false, effort: 'none' } }],
    [{ reasoning: { summary: 'auto' } }, {}],
    [{ reasoning: {} }, {}],
  ];
  for (const [fields, expected] of cases)
    assert.deepEqual(decode(fields), { ...decode({}), ...expected }, JSON.stringify(fields));
});

test('what is understood but not honoured is said', () => {
  assert.deepEqual(warnings({ top_logprobs: 3, max_tool_calls: 2, text: { verbosity: 'low' } }), [
    { code: 'field_ignored', field: 'top_logprobs' },
    { code: 'field_ignored', field: 'max_tool_calls' },
    { code: 'field_ignored', field: 'text.verbosity' },
  ]);
});

test('long sessions are no attack', () => {
  const input = Array.from({ length: 10_000 }, (_, place) => (place % 2 ? output('a', 'x') : fn('a', 'one')));
  assert.equal(decode({ input }).messages.length, 10_000);
});
