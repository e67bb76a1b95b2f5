import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toolsOf, turnsOf } from './messages.ts';

const said = (body: unknown) =>
  turnsOf(body).map(({ role, parts }) => `${role}: ${parts.map(({ kind, text }) => `${kind} ${text}`).join(' + ')}`);

test('a conversation of Chat Completions', () => {
  assert.deepEqual(
    said({
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Look' },
            { type: 'image_url', image_url: 'data:x' },
          ],
        },
        {
          role: 'assistant',
          content: null,
          reasoning_content: 'Hm',
          tool_calls: [{ function: { name: 'f', arguments: '{}' } }],
        },
        { role: 'tool', content: 'done' },
      ],
    }),
    [
      'system: text Be brief.',
      'user: text Look + image data:x',
      'assistant: reasoning Hm + call f {}',
      'tool: text done',
    ],
  );
});

test('a conversation of Messages', () => {
  assert.deepEqual(
    said({
      system: [{ type: 'text', text: 'Be brief.' }],
      messages: [
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Hm' },
            { type: 'tool_use', name: 'f', input: { a: 1 } },
          ],
        },
        { role: 'user', content: [{ type: 'tool_result', content: [{ type: 'text', text: 'done' }] }] },
      ],
    }),
    ['system: text Be brief.', 'assistant: reasoning Hm + call f {"a":1}', 'user: result done'],
  );
});

test('a conversation of Responses', () => {
  assert.deepEqual(said({ instructions: 'Be brief.', input: 'Hi' }), ['system: text Be brief.', 'user: text Hi']);
  assert.deepEqual(
    said({
      input: [
        { role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
        { type: 'function_call', name: 'f', arguments: '{}' },
        { type: 'function_call_output', output: 'done' },
      ],
    }),
    ['user: text Hi', 'assistant: call f {}', 'tool: result done'],
  );
});

test('tools by name, and nothing where there is nothing', () => {
  assert.deepEqual(toolsOf({ tools: [{ function: { name: 'a' } }, { name: 'b' }, { type: 'web_search' }, 7] }), [
    'a',
    'b',
    'web_search',
  ]);
  for (const body of [null, 7, 'x', [], {}, { messages: 7, tools: 7 }, { messages: [null, 7, {}] }]) {
    assert.ok(Array.isArray(turnsOf(body)) && Array.isArray(toolsOf(body)));
  }
});
