import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Notice } from '../../../../shared/notice.ts';
import fixture from '../../../../tests/fixtures/anthropic/request.json' with { type: 'json' };
import { type ChatRequest, type Message, textOf } from '../../chat/request.ts';
import { anthropicMessages } from './dialect.ts';
import { sign } from '../shared/signature.ts';

const hello = [{ role: 'user', content: 'Hello' }];
const text = (said: string): object => ({ type: 'text', text: said });

function decode(fields: object): ChatRequest {
  return anthropicMessages.decode({ model: 'm', max_tokens: 10, messages: hello, ...fields }).request;
}
function warningsOf(fields: object): readonly Notice[] {
  return anthropicMessages.decode({ model: 'm', max_tokens: 10, messages: hello, ...fields }).warnings;
}
function contentOf(role: string, content: unknown): readonly Message[] {
  return decode({ messages: [{ role, content }] }).messages;
}

test('the smallest body', () => {
  const decoded = anthropicMessages.decode({ model: 'm', max_tokens: 10, messages: hello });
  assert.deepEqual(decoded.request, {
    model: 'm',
    messages: [{ role: 'user', content: [text('Hello')] }],
    tools: [],
    toolChoice: { type: 'auto' },
    sampling: { maxTokens: 10 },
    responseFormat: { type: 'text' },
  });
  assert.deepEqual([decoded.stream, decoded.warnings], [false, []]);
});

test('explicit nulls, unknown fields and what only Anthropic does mean nothing', () => {
  const names =
    'system tools tool_choice thinking output_config output_format stop_sequences temperature top_p top_k metadata stream thread ' +
    'container context_management mcp_servers compaction';
  const nulls = Object.fromEntries(names.split(' ').map((name) => [name, null]));
  const unknown = {
    service_tier: 'auto',
    betas: ['x'],
    mcp_servers: [],
    context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
    anything: { new: [1] },
  };
  for (const fields of [nulls, unknown])
    assert.deepEqual([decode(fields), warningsOf(fields)], [decode({}), []], JSON.stringify(fields));
});

test('system is a string or blocks; what is meant for billing is left out', () => {
  const cases: [unknown, string | undefined][] = [
    ['Be terse.', 'Be terse.'],
    ['', undefined],
    [[], undefined],
    [[{ ...text('A'), cache_control: { type: 'ephemeral', ttl: '1h' } }, text('B')], 'A\nB'],
    [
      [text('x-anthropic-billing-header: cc_version=2.1; cch=0;'), text('You are Claude Code.')],
      'You are Claude Code.',
    ],
    ['x-anthropic-billing-header: a\nBe terse.', 'Be terse.'],
    [[text('Say x-anthropic-billing-header: a')], 'Say x-anthropic-billing-header: a'],
  ];
  for (const [system, said] of cases) {
    const [first] = decode({ system }).messages;
    assert.deepEqual(first?.role === 'system' ? textOf(first.content) : undefined, said, JSON.stringify(system));
  }
});

test('a system message stays where it stands, also as the last one', () => {
  for (const content of ['Note.', [{ ...text('Note.'), cache_control: { type: 'ephemeral' } }]]) {
    const { messages } = decode({ system: 'S', messages: [...hello, { role: 'system', content }] });
    assert.deepEqual(
      messages.map(({ role, content: parts }) => [role, textOf(parts)]),
      [
        ['system', 'S'],
        ['user', 'Hello'],
        ['system', 'Note.'],
      ],
    );
  }
});

test('every block a user can send', () => {
  const cases: [unknown, object[]][] = [
    ['', []],
    [null, []],
    [[], []],
    [
      [text('a'), text('b')],
      [text('a'), text('b')],
    ],
    [
      [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA' } }],
      [{ type: 'image', url: 'data:image/png;base64,AA' }],
    ],
    [
      [{ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' }, cache_control: null }],
      [{ type: 'image', url: 'https://example.com/a.png' }],
    ],
    [
      [{ type: 'document', title: 'Notes', source: { type: 'text', media_type: 'text/plain', data: 'One.' } }],
      [text('Notes\nOne.')],
    ],
    [
      [
        {
          type: 'document',
          source: { type: 'base64', media_type: 'text/csv', data: Buffer.from('ä,b').toString('base64') },
        },
      ],
      [text('ä,b')],
    ],
    [[{ type: 'document', source: { type: 'content', content: [text('x'), text('y')] } }], [text('x'), text('y')]],
    [[{ type: 'document', source: { type: 'content', content: 'x' } }], [text('x')]],
    [
      [{ type: 'search_result', title: 'T', source: 'https://s', content: [text('found')] }],
      [text('T\nhttps://s\nfound')],
    ],
  ];
  for (const [content, parts] of cases)
    assert.deepEqual(contentOf('user', content), [{ role: 'user', content: parts }], JSON.stringify(content));
});

test('the history of an agent: thinking, calls, results mixed with text, names by id', () => {
  const messages = decode({
    messages: [
      ...hello,
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'hm', signature: 'theirs' },
          text('Looking.'),
          { type: 'tool_use', id: 'toolu_1', name: 'read', input: { path: 'a' } },
          { type: 'tool_use', id: 'call_2', name: 'list', input: {}, caller: { type: 'direct' } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'toolu_1', content: 'text', is_error: true },
          {
            type: 'tool_result',
            tool_use_id: 'call_2',
            content: [text('x'), { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AA' } }],
          },
          { type: 'tool_result', tool_use_id: 'nobody', cache_control: { type: 'ephemeral' } },
          text('Go on.'),
        ],
      },
    ],
  }).messages;
  assert.deepEqual(messages.slice(1), [
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'hm', signature: 'theirs' },
        text('Looking.'),
        { type: 'tool-call', id: 'toolu_1', name: 'read', arguments: '{"path":"a"}' },
        { type: 'tool-call', id: 'call_2', name: 'list', arguments: '{}' },
      ],
    },
    {
      role: 'tool',
      content: [{ type: 'tool-result', id: 'toolu_1', name: 'read', content: [text('text')], isError: true }],
    },
    {
      role: 'tool',
      content: [
        {
          type: 'tool-result',
          id: 'call_2',
          name: 'list',
          content: [text('x'), { type: 'image', url: 'data:image/png;base64,AA' }],
          isError: false,
        },
      ],
    },
    { role: 'tool', content: [{ type: 'tool-result', id: 'nobody', content: [], isError: false }] },
    { role: 'user', content: [text('Go on.')] },
  ]);
});

test('our signature comes back as thinking without one; omitted thinking comes back whole', () => {
  for (const thinking of ['', 'Let me see. 你好 👋']) {
    const part = { type: 'reasoning', text: thinking };
    const block = { type: 'thinking', thinking, signature: sign(thinking, true) };
    assert.deepEqual(contentOf('assistant', [block]), [{ role: 'assistant', content: [part] }]);
    const omitted = { type: 'thinking', thinking: '', signature: sign(thinking, false) };
    assert.deepEqual(contentOf('assistant', [omitted]), [{ role: 'assistant', content: [part] }]);
  }
  assert.notEqual(sign('a', true), sign('b', true));
});

test('blocks that run at Anthropic or that nobody knows are left out, visibly', () => {
  const types = ['redacted_thinking', 'server_tool_use', 'web_search_tool_result', 'container_upload', 'of_tomorrow'];
  for (const type of types) {
    const messages = [{ role: 'assistant', content: [{ type, data: 'CANARY' }, text('a')] }];
    assert.deepEqual(decode({ messages }).messages, [{ role: 'assistant', content: [text('a')] }]);
    assert.deepEqual(warningsOf({ messages }), [{ code: 'part_ignored', part: 'messages[0].content[0]', type }]);
  }
});

test('tools: custom ones are kept, web search becomes a wish, the others of Anthropic are left out', () => {
  const schema = { type: 'object', properties: { a: { anyOf: [{ type: 'string' }] } }, $schema: 'x' };
  const tools = [
    { name: 'a', description: 'A.', input_schema: schema, cache_control: { type: 'ephemeral' }, defer_loading: true },
    { type: 'custom', name: 'b', input_schema: { type: 'object' }, strict: true },
    { name: 'c' },
    { type: 'bash_20250124', name: 'bash' },
  ];
  const search = { type: 'web_search_20250305', name: 'web_search', max_uses: 8 };
  assert.deepEqual(decode({ tools }).tools, [
    { name: 'a', description: 'A.', parameters: schema },
    { name: 'b', parameters: { type: 'object' }, strict: true },
    { name: 'c', parameters: { type: 'object', properties: {} } },
  ]);
  assert.deepEqual(warningsOf({ tools }), [{ code: 'part_ignored', part: 'tools[3]', type: 'bash_20250124' }]);
  assert.deepEqual([decode({ tools }).search, decode({ tools: [...tools, search] }).search], [undefined, true]);
  const alone = { tools: [search], tool_choice: { type: 'tool', name: 'web_search' } };
  assert.deepEqual([decode(alone).toolChoice, decode(alone).tools, warningsOf(alone)], [{ type: 'auto' }, [], []]);
});

test('tool choice', () => {
  const tools = [{ name: 'f', input_schema: { type: 'object' } }];
  const cases: [object, object, boolean | undefined][] = [
    [{ type: 'auto' }, { type: 'auto' }, undefined],
    [{ type: 'auto', disable_parallel_tool_use: true }, { type: 'auto' }, false],
    [{ type: 'any', disable_parallel_tool_use: false }, { type: 'required' }, true],
    [{ type: 'tool', name: 'f' }, { type: 'tool', name: 'f' }, undefined],
    [{ type: 'none' }, { type: 'none' }, undefined],
  ];
  for (const [choice, expected, parallel] of cases) {
    const request = decode({ tools, tool_choice: choice });
    assert.deepEqual([request.toolChoice, request.parallelToolCalls], [expected, parallel], JSON.stringify(choice));
  }
  assert.deepEqual(decode({ tool_choice: { type: 'any' } }).toolChoice, { type: 'auto' });
  assert.deepEqual(warningsOf({ tool_choice: { type: 'any' } }), [{ code: 'tool_choice_without_tools' }]);
});

test('thinking and effort', () => {
  const on = (effort?: string): object => ({ enabled: true, ...(effort && { effort }) });
  const cases: [object, object | undefined][] = [
    [{}, undefined],
    [{ thinking: { type: 'disabled' } }, { enabled: false }],
    [{ thinking: { type: 'between_tools' } }, { enabled: false }],
    [{ thinking: { type: 'adaptive', display: 'summarized' } }, on()],
    [{ thinking: { type: 'of_tomorrow' } }, on()],
    [{ thinking: { type: 'enabled', budget_tokens: 1_024 } }, on('low')],
    [{ thinking: { type: 'enabled', budget_tokens: 10_000 } }, on('medium')],
    [{ thinking: { type: 'enabled', budget_tokens: 31_999 } }, on('high')],
    [{ thinking: { type: 'enabled', budget_tokens: 100_000 } }, on('max')],
    [{ thinking: { type: 'adaptive' }, output_config: { effort: 'xhigh' } }, on('max')],
    [{ thinking: { type: 'disabled' }, output_config: { effort: 'high' } }, { enabled: false }],
    [{ output_config: { effort: 'high' } }, undefined],
  ];
  for (const [fields, thinking] of cases) assert.deepEqual(decode(fields).thinking, thinking, JSON.stringify(fields));
});

test('sampling, format and user are passed on; limits are clamped; what has no effect is said', () => {
  const cases: [object, object][] = [
    [{ max_tokens: 128_000 }, { maxTokens: 128_000 }],
    [{ max_tokens: 2_147_483_647 }, { maxTokens: 1_000_000 }],
    [
      { temperature: 1, top_p: 0.5 },
      { maxTokens: 10, temperature: 1, topP: 0.5 },
    ],
    [{ stop_sequences: ['', 'END'] }, { maxTokens: 10, stop: ['END'] }],
  ];
  for (const [fields, sampling] of cases) assert.deepEqual(decode(fields).sampling, sampling, JSON.stringify(fields));
  const schema = { type: 'object' };
  const format = { type: 'json_schema', schema };
  for (const fields of [{ output_config: { format } }, { output_format: format }])
    assert.deepEqual(decode(fields).responseFormat, { type: 'json-schema', name: 'response', schema, strict: true });
  assert.equal(decode({ metadata: { user_id: '{"device":"x"}' } }).user, '{"device":"x"}');
  const unheard = {
    top_k: 5,
    container: 'c',
    mcp_servers: [{ url: 'https://example.com' }],
    context_management: { edits: [{ type: 'compact_20260112' }] },
  };
  assert.deepEqual(warningsOf(unheard), [
    { code: 'field_ignored', field: 'top_k' },
    { code: 'field_ignored', field: 'mcp_servers' },
    { code: 'field_ignored', field: 'container' },
    { code: 'compaction_ignored' },
  ]);
  assert.deepEqual(warningsOf({ output_config: { effort: 'high' } }), [{ code: 'effort_without_thinking' }]);
});

/** What the Python server made of the same bodies, where it was right. */
for (const { name, anthropic_request: body, openai_request: made } of fixture.cases) {
  test(`as before: ${name}`, () => {
    const { messages, tools } = anthropicMessages.decode(body).request;
    const plain = (said: string): string => said.replaceAll(/\s+/g, ' ').trim();
    const told = messages.map(({ role, content }) => {
      const [result] = content;
      return [role, plain(textOf(result?.type === 'tool-result' ? result.content : content, ' '))];
    });
    const before = made.messages.map(({ role, content }) => [role, plain(content)]);
    assert.deepEqual(told, before);
    assert.deepEqual(
      tools.map((tool) => tool.name),
      ('tools' in made ? made.tools : []).map((tool) => tool.function.name),
    );
  });
}
