import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatRequest } from '../../chat/request.ts';
import type { Decoded } from '../dialect.ts';
import { openaiResponses } from './dialect.ts';

function decoded(fields: object): Decoded {
  return openaiResponses.decode({ model: 'm', input: 'Hello', ...fields });
}

function decode(fields: object): ChatRequest {
  return decoded(fields).request;
}

const none = { type: 'object', properties: {} };
const weather = { type: 'function', name: 'weather' };
const time = { type: 'function', name: 'time' };

test('functions, flat', () => {
  const parameters = { type: 'object', properties: { city: { type: 'string' } } };
  const tools = [
    { type: 'function', name: 'a', description: 'A.', parameters, strict: true, output_schema: {} },
    { type: 'function', name: 'b', description: null, parameters: null, strict: null },
  ];
  assert.deepEqual(decode({ tools }).tools, [
    { name: 'a', description: 'A.', parameters, strict: true },
    { name: 'b', parameters: none },
  ]);
});

test('the tools of a namespace keep their names unless these are taken', () => {
  const tools = [
    { type: 'namespace', name: 'git', description: 'Git.', tools: [weather, { type: 'function', name: 'log' }] },
    weather,
    {
      type: 'namespace',
      name: 'svn',
      tools: [
        { type: 'function', name: 'log' },
        { type: 'custom', name: 'diff' },
      ],
    },
  ];
  const request = decode({ tools, tool_choice: { type: 'function', name: 'log', namespace: 'svn' } });
  assert.deepEqual(
    request.tools.map(({ name }) => name),
    ['weather', 'git__weather', 'log', 'svn__log', 'diff'],
  );
  assert.deepEqual(request.toolChoice, { type: 'tool', name: 'svn__log' });
});

test('calls in the history have the name their tool is offered under', () => {
  const tools = [weather, { type: 'namespace', name: 'git', tools: [weather] }];
  const input = [
    { type: 'function_call', call_id: 'a', name: 'weather', namespace: 'git', arguments: '' },
    { type: 'function_call', call_id: 'b', name: 'weather', arguments: '' },
    { type: 'function_call', call_id: 'c', name: 'gone', namespace: 'old', arguments: '' },
  ];
  const [message] = decode({ tools, input }).messages;
  assert.deepEqual(
    message?.content.map((part) => part.type === 'tool-call' && part.name),
    ['git__weather', 'weather', 'gone'],
  );
});

test('a free-form tool is offered as a function of one text, with its grammar', () => {
  const tools = [
    {
      type: 'custom',
      name: 'patch',
      description: 'Edits.',
      format: { type: 'grammar', syntax: 'lark', definition: 'start: "x"' },
    },
    { type: 'custom', name: 'say', format: { type: 'text' } },
  ];
  const [patch, say] = decode({ tools }).tools;
  assert.equal(patch?.description, 'Edits.\n\nThe input must match this lark grammar:\nstart: "x"');
  assert.deepEqual([patch?.parameters['required'], say?.name], [['input'], 'say']);
});

test('search is a wish, other tools of the vendor are left out and said', () => {
  const cases: [object, boolean | undefined][] = [
    [{ type: 'web_search' }, true],
    [{ type: 'web_search_preview', search_context_size: 'low' }, true],
    [{ type: 'web_search_2025_08_26' }, true],
    [{ type: 'web_search', external_web_access: true }, true],
    // What Codex always sends.
    [{ type: 'web_search', external_web_access: false }, undefined],
  ];
  for (const [tool, search] of cases) {
    assert.equal(decode({ tools: [tool] }).search, search, JSON.stringify(tool));
    assert.deepEqual(decoded({ tools: [tool] }).warnings, []);
  }
  const { request, warnings } = decoded({ tools: [{ type: 'code_interpreter' }, { type: 'mcp' }, weather] });
  assert.deepEqual(request.tools, [{ name: 'weather', parameters: none }]);
  assert.deepEqual(warnings, [
    { code: 'part_ignored', part: 'tools[0]', type: 'code_interpreter' },
    { code: 'part_ignored', part: 'tools[1]', type: 'mcp' },
  ]);
});

test('tool_choice in all its forms', () => {
  const cases: [unknown, ChatRequest['toolChoice']][] = [
    ['auto', { type: 'auto' }],
    ['none', { type: 'none' }],
    ['required', { type: 'required' }],
    [{ type: 'none' }, { type: 'none' }],
    [
      { type: 'function', name: 'time' },
      { type: 'tool', name: 'time' },
    ],
    [
      { type: 'function', function: { name: 'time' } },
      { type: 'tool', name: 'time' },
    ],
    [
      { type: 'custom', name: 'time' },
      { type: 'tool', name: 'time' },
    ],
    [{ type: 'web_search_preview' }, { type: 'auto' }],
  ];
  for (const [choice, expected] of cases)
    assert.deepEqual(decode({ tools: [weather, time], tool_choice: choice }).toolChoice, expected);
  const allowed = {
    type: 'allowed_tools',
    mode: 'required',
    tools: [{ type: 'function', name: 'time' }, { type: 'mcp' }],
  };
  const request = decode({ tools: [weather, time], tool_choice: allowed });
  assert.deepEqual([request.toolChoice, request.tools.map(({ name }) => name)], [{ type: 'required' }, ['time']]);
});

test('a choice without tools has no effect, and is said when it asked for a call', () => {
  assert.deepEqual(decoded({ tool_choice: 'auto' }).warnings, []);
  assert.deepEqual(decoded({ tool_choice: 'required' }).warnings, [{ code: 'tool_choice_without_tools' }]);
  assert.deepEqual(decode({ tool_choice: { type: 'function', name: 'x' } }).toolChoice, { type: 'auto' });
});
