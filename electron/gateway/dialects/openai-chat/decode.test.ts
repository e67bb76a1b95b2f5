import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatRequest } from '../../chat/request.ts';
import { sign } from '../shared/signature.ts';
import { openaiChat } from './dialect.ts';

const hello = [{ role: 'user', content: 'Hello' }];
const weather = { type: 'function', function: { name: 'weather', parameters: { type: 'object' } } };

function decode(fields: object): ChatRequest {
  return openaiChat.decode({ model: 'm', messages: hello, ...fields }).request;
}

test('the smallest body', () => {
  const decoded = openaiChat.decode({ model: 'm', messages: hello });
  assert.deepEqual(decoded.request, {
    model: 'm',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
    tools: [],
    toolChoice: { type: 'auto' },
    sampling: {},
    responseFormat: { type: 'text' },
  });
  assert.equal(decoded.stream, false);
  assert.deepEqual(decoded.warnings, []);
});

test('explicit nulls and unknown fields mean nothing', () => {
  const names =
    'stream stream_options tools tool_choice functions function_call parallel_tool_calls response_format temperature top_p max_tokens ' +
    'max_completion_tokens stop seed n user safety_identifier presence_penalty frequency_penalty reasoning_effort reasoning thinking ' +
    'enable_thinking chat_template_kwargs include_reasoning reasoning_format separate_reasoning web_search web_search_options extra_body logprobs top_logprobs logit_bias modalities audio';
  const nulls = Object.fromEntries(names.split(' ').map((name) => [name, null]));
  const unknown = {
    metadata: { a: 1 },
    store: false,
    service_tier: 'auto',
    prompt_cache_key: 'k',
    anything: { new: [1] },
  };
  const decoded = openaiChat.decode({ model: 'm', messages: hello, ...nulls, ...unknown });
  assert.deepEqual(decoded.request, decode({}));
  assert.deepEqual(decoded.warnings, []);
});

test('every role takes every form of content', () => {
  for (const role of ['system', 'developer', 'user', 'assistant', 'tool']) {
    const content = (value: unknown): unknown => {
      const [message] = decode({ messages: [{ role, tool_call_id: 'c', content: value }] }).messages;
      const [result] = message?.content ?? [];
      return role === 'tool' && result?.type === 'tool-result' ? result.content : message?.content;
    };
    assert.deepEqual(content(null), [], role);
    assert.deepEqual(content(undefined), [], role);
    assert.deepEqual(content(''), [], role);
    assert.deepEqual(content('a'), [{ type: 'text', text: 'a' }], role);
    const parts = [
      { type: 'text', text: 'a', cache_control: { type: 'ephemeral' } },
      { type: 'image_url', image_url: { url: 'data:image/png;base64,AA', detail: 'low' } },
      { type: 'input_image', image_url: 'https://example.com/a.png' },
      { type: 'refusal', refusal: 'no' },
    ];
    assert.deepEqual(
      content(parts),
      [
        { type: 'text', text: 'a' },
        { type: 'image', url: 'data:image/png;base64,AA', detail: 'low' },
        { type: 'image', url: 'https://example.com/a.png' },
        { type: 'text', text: 'no' },
      ],
      role,
    );
  }
});

test('the history of an agent keeps calls, results, names and thinking', () => {
  const { messages } = decode({
    messages: [
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'weather', arguments: '' } }],
      },
      { role: 'tool', tool_call_id: 'call_1', content: 'sunny' },
      {
        role: 'assistant',
        content: '',
        reasoning_content: 'hm',
        tool_calls: [
          { id: 'toolu_2', function: { name: 'add', arguments: { a: 1 } } },
          { id: 'call_3', type: 'custom', custom: { name: 'run', input: 'ls' } },
        ],
      },
      { role: 'tool', tool_call_id: 'toolu_2', name: 'plus', content: [{ type: 'text', text: '1' }] },
      { role: 'assistant', content: 'one', thinking: { content: 'deep', signature: 's' }, tool_calls: [] },
      { role: 'assistant', content: null, function_call: { name: 'old', arguments: '{}' } },
      { role: 'function', name: 'old', content: 'done' },
      { role: 'user', content: 'go on', name: 'Ada' },
      { role: 'system', content: 'last' },
    ],
  });
  assert.deepEqual(messages, [
    { role: 'assistant', content: [{ type: 'tool-call', id: 'call_1', name: 'weather', arguments: '' }] },
    {
      role: 'tool',
      content: [
        {
          type: 'tool-result',
          id: 'call_1',
          name: 'weather',
          content: [{ type: 'text', text: 'sunny' }],
          isError: false,
        },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'hm' },
        { type: 'tool-call', id: 'toolu_2', name: 'add', arguments: '{"a":1}' },
        { type: 'tool-call', id: 'call_3', name: 'run', arguments: '{"input":"ls"}' },
      ],
    },
    {
      role: 'tool',
      content: [
        { type: 'tool-result', id: 'toolu_2', name: 'plus', content: [{ type: 'text', text: '1' }], isError: false },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'deep', signature: 's' },
        { type: 'text', text: 'one' },
      ],
    },
    { role: 'assistant', content: [{ type: 'tool-call', id: 'call_5', name: 'old', arguments: '{}' }] },
    {
      role: 'tool',
      content: [
        { type: 'tool-result', id: 'call_5', name: 'old', content: [{ type: 'text', text: 'done' }], isError: false },
      ],
    },
    { role: 'user', content: [{ type: 'text', text: 'go on' }], name: 'Ada' },
    { role: 'system', content: [{ type: 'text', text: 'last' }] },
  ]);
});

test('sampling is passed on; absurd limits are clamped', () => {
  const cases: [object, object][] = [
    [{ max_tokens: 128_000 }, { maxTokens: 128_000 }],
    [{ max_tokens: 2_147_483_647 }, { maxTokens: 1_000_000 }],
    [{ max_tokens: 10, max_completion_tokens: 20 }, { maxTokens: 20 }],
    [{ max_tokens: 10.7 }, { maxTokens: 10 }],
    [{ stop: 'END' }, { stop: ['END'] }],
    [{ stop: ['', 'END'] }, { stop: ['END'] }],
    [{ stop: '' }, {}],
    [
      { temperature: 0, top_p: 1, seed: 7 },
      { temperature: 0, topP: 1, seed: 7 },
    ],
    [
      { presence_penalty: -2, frequency_penalty: 2, n: 1 },
      { presencePenalty: -2, frequencyPenalty: 2 },
    ],
  ];
  for (const [fields, sampling] of cases) assert.deepEqual(decode(fields).sampling, sampling, JSON.stringify(fields));
});

test('tools and tool choice, new and old', () => {
  const add = { name: 'add', description: 'Adds.', parameters: { type: 'object' }, strict: true };
  const offered = [{ name: 'weather', parameters: { type: 'object' } }, add];
  const tools = [weather, { type: 'function', ...add }];
  const cases: [object, object][] = [
    [{ tools }, { type: 'auto' }],
    [{ tools, tool_choice: 'none' }, { type: 'none' }],
    [{ tools, tool_choice: 'any' }, { type: 'required' }],
    [{ tools, tool_choice: { type: 'required' } }, { type: 'required' }],
    [
      { tools, tool_choice: { type: 'function', function: { name: 'add' } } },
      { type: 'tool', name: 'add' },
    ],
    [
      { functions: [weather.function, add], function_call: { name: 'add' } },
      { type: 'tool', name: 'add' },
    ],
    [{ functions: [weather.function, add], function_call: 'none' }, { type: 'none' }],
  ];
  for (const [fields, choice] of cases) {
    assert.deepEqual(decode(fields).tools, offered, JSON.stringify(fields));
    assert.deepEqual(decode(fields).toolChoice, choice, JSON.stringify(fields));
  }
  const allowed = {
    type: 'allowed_tools',
    allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'add' } }] },
  };
  assert.deepEqual(decode({ tools, tool_choice: allowed }).tools, [add]);
  assert.deepEqual(decode({ tools: [{ type: 'function', function: { name: 'bare' } }] }).tools, [
    { name: 'bare', parameters: { type: 'object', properties: {} } },
  ]);
  assert.deepEqual(decode({ tool_choice: 'required' }).toolChoice, { type: 'auto' });
});

test('response formats', () => {
  const schema = { type: 'object', properties: { a: { type: 'string' } } };
  assert.deepEqual(decode({ response_format: { type: 'json_object' } }).responseFormat, { type: 'json-object' });
  assert.deepEqual(
    decode({ response_format: { type: 'json_schema', json_schema: { name: 'x', strict: true, schema } } })
      .responseFormat,
    {
      type: 'json-schema',
      name: 'x',
      strict: true,
      schema,
    },
  );
});

test('one wish from the many spellings of thinking', () => {
  const on = { enabled: true };
  const off = { enabled: false };
  const cases: [object, object | undefined][] = [
    [{}, undefined],
    [{ thinking: { type: 'enabled', budget_tokens: 5 } }, on],
    [
      { thinking: { type: 'disabled' }, reasoning_effort: 'high' },
      { enabled: false, effort: 'high' },
    ],
    [{ thinking: { type: 'adaptive' } }, undefined],
    [{ enable_thinking: false }, off],
    [{ chat_template_kwargs: { enable_thinking: true, other: 1 } }, on],
    [{ extra_body: { enable_thinking: true } }, on],
    [{ extra_body: { enable_thinking: true }, enable_thinking: false }, off],
    [{ reasoning: { enabled: true, effort: 'low' } }, { enabled: true, effort: 'low' }],
    [{ reasoning: { effort: 'high' } }, { enabled: true, effort: 'high' }],
    [{ reasoning_effort: 'none' }, { enabled: false, effort: 'none' }],
    [{ reasoning_effort: 'xhigh' }, { enabled: true, effort: 'max' }],
    [{ reasoning_effort: 'auto' }, undefined],
  ];
  for (const [fields, thinking] of cases) assert.deepEqual(decode(fields).thinking, thinking, JSON.stringify(fields));
});

test('where reasoning goes, in the words of several services', () => {
  const cases: [object, string | undefined][] = [
    [{}, undefined],
    [{ reasoning: { effort: 'high', exclude: true } }, 'strip'],
    [{ reasoning: { exclude: false }, include_reasoning: false }, undefined],
    [{ include_reasoning: false }, 'strip'],
    [{ include_reasoning: true }, undefined],
    [{ extra_body: { include_reasoning: false } }, 'strip'],
    [{ reasoning_format: 'parsed' }, 'separate'],
    [{ reasoning_format: 'raw' }, 'think'],
    [{ reasoning_format: 'hidden' }, 'strip'],
    [{ reasoning_format: 'none' }, 'think'],
    [{ reasoning_format: 'deepseek' }, 'separate'],
    [{ separate_reasoning: true }, 'separate'],
    [{ separate_reasoning: false }, 'think'],
  ];
  for (const [fields, form] of cases) {
    const { thinking } = openaiChat.decode({ model: 'm', messages: hello, ...fields });
    assert.equal(thinking, form, JSON.stringify(fields));
  }
});

test('earlier reasoning is found under every name it is kept by, once', () => {
  const thought = { type: 'reasoning', text: 'hm' };
  const cases: [object, object[]][] = [
    [{ reasoning_content: 'hm' }, [thought]],
    [{ reasoning: 'hm', reasoning_details: [{ type: 'reasoning.text', text: 'hm' }] }, [thought]],
    [{ reasoning_details: [{ type: 'reasoning.summary', summary: 'hm' }, { type: 'reasoning.encrypted' }] }, [thought]],
    [{ thinking_blocks: [{ type: 'thinking', thinking: 'hm', signature: sign('hm', true) }] }, [thought]],
    [{ thinking_blocks: [{ thinking: 'hm', signature: 'theirs' }] }, [{ ...thought, signature: 'theirs' }]],
    [{ thinking: { content: 'hm', signature: sign('hm', true) } }, [thought]],
    [{ content: [{ type: 'thinking', thinking: '', signature: sign('hm', false) }] }, [thought]],
    [{ reasoning: { a: 1 }, reasoning_details: 'x', thinking_blocks: [1] }, []],
  ];
  for (const [fields, parts] of cases) {
    const messages = [{ role: 'assistant', content: '', ...fields }];
    assert.deepEqual(decode({ messages }).messages[0]?.content, parts, JSON.stringify(fields));
  }
});

test('one wish from the spellings of search', () => {
  const cases: [object, boolean | undefined][] = [
    [{}, undefined],
    [{ web_search: true }, true],
    [{ web_search: false }, false],
    [{ web_search_options: {} }, true],
    [{ extra_body: { web_search: true } }, true],
    [{ tools: [{ type: 'web_search', web_search: { enable: true } }] }, true],
    [{ tools: [{ type: 'web_search', web_search: { enable: false } }] }, false],
  ];
  for (const [fields, search] of cases) assert.equal(decode(fields).search, search, JSON.stringify(fields));
});

test('what is understood but not honoured is said', () => {
  const { warnings } = openaiChat.decode({
    model: 'm',
    messages: hello,
    logprobs: true,
    top_logprobs: 0,
    modalities: ['text', 'audio'],
    thinking_budget: 100,
    tools: [{ type: 'code_interpreter' }],
  });
  assert.deepEqual(warnings, [
    { code: 'field_ignored', field: 'logprobs' },
    { code: 'field_ignored', field: 'modalities' },
    { code: 'field_ignored', field: 'thinking_budget' },
    { code: 'part_ignored', part: 'tools[0]', type: 'code_interpreter' },
  ]);
});

test('long sessions and deep schemas are no attack', () => {
  const long = Array.from({ length: 10_000 }, (_, place) => ({
    role: place % 2 ? 'assistant' : 'user',
    content: [{ type: 'text', text: 'x' }],
  }));
  let schema: object = { type: 'string' };
  for (let level = 0; level < 40; level += 1) schema = { type: 'object', properties: { next: schema } };
  const tool = { type: 'function', function: { name: 'deep', parameters: schema } };
  assert.equal(decode({ messages: long, tools: [tool] }).messages.length, 10_000);
});
