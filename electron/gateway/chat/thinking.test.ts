import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatEvent } from './events.ts';
import type { ChatRequest, Part } from './request.ts';
import { createThinkingPolicy, liftReasoning, thinkingModeOf } from './thinking.ts';

const answer: ChatEvent[][] = [
  [{ type: 'reasoning', text: 'Let me ' }],
  [
    { type: 'reasoning', text: 'see.' },
    { type: 'usage', usage: { inputTokens: 1 } },
    { type: 'text', text: 'Four.' },
  ],
  [{ type: 'finish', reason: 'stop' }],
];
const shown = (mode: 'separate' | 'think' | 'strip' | 'raw') => {
  const policy = createThinkingPolicy(mode);
  const events = answer.flatMap((batch) => policy(batch));
  const text = (type: 'text' | 'reasoning') => events.map((event) => (event.type === type ? event.text : '')).join('');
  return { text: text('text'), reasoning: text('reasoning'), types: events.map(({ type }) => type) };
};

test('separate leaves the events as they are', () => assert.deepEqual(shown('separate').reasoning, 'Let me see.'));
test('strip drops the reasoning and nothing else', () =>
  assert.deepEqual(shown('strip'), { text: 'Four.', reasoning: '', types: ['usage', 'text', 'finish'] }));
test('think wraps the reasoning once, wherever the chunks fall', () =>
  assert.equal(shown('think').text, '<think>Let me see.</think>\n\nFour.'));
test('raw shows the markup of the web page', () =>
  assert.match(shown('raw').text, /^<details type="reasoning" done="true">\nLet me see\.\n<\/details>\n\nFour\.$/));
test('an answer that ends in reasoning still closes its tag before the finish', () => {
  const events = createThinkingPolicy('think')([
    { type: 'reasoning', text: 'x' },
    { type: 'finish', reason: 'stop' },
  ]);
  assert.deepEqual(
    events.map((event) => (event.type === 'text' ? event.text : event.type)),
    ['<think>x', '</think>\n\n', 'finish'],
  );
});
test('a signature alone opens no tag', () => {
  const events = createThinkingPolicy('think')([
    { type: 'reasoning', text: '', signature: 's' },
    { type: 'text', text: 'Four.' },
  ]);
  assert.deepEqual(events, [{ type: 'text', text: 'Four.' }]);
});

test('the setting of a model goes before the general one, in any case', () => {
  const settings = { general: 'separate', models: { 'glm-5': 'strip' } } as const;
  assert.equal(thinkingModeOf(settings, { id: 'GLM-5' }), 'strip');
  assert.equal(thinkingModeOf(settings, { id: 'GLM-4.7' }), 'separate');
});

function lifted(mode: 'separate' | 'think' | 'strip' | 'raw', text: string, role: 'assistant' | 'user' = 'assistant') {
  const content: Part[] = [
    { type: 'text', text },
    { type: 'tool-call', id: 'c', name: 'f', arguments: '{}' },
  ];
  const request: ChatRequest = {
    model: 'm', messages: [{ role, content }], tools: [], toolChoice: { type: 'auto' }, sampling: {}, responseFormat: { type: 'text' },
  }; // prettier-ignore
  const parts = liftReasoning(request, mode).messages[0]?.content ?? [];
  assert.deepEqual(parts.at(-1), content[1], 'the call stays');
  return parts.slice(0, -1).map((part) => ('text' in part ? [part.type, part.text] : []));
}

for (const mode of ['think', 'raw'] as const) {
  test(`what ${mode} put into the text comes back as reasoning, also when the client has trimmed it`, () => {
    const { text } = shown(mode);
    const parts = [
      ['reasoning', 'Let me see.'],
      ['text', 'Four.'],
    ];
    assert.deepEqual(lifted(mode, text), parts);
    assert.deepEqual(lifted(mode, `\n${text.replaceAll('\n\n', '\n')} `.trim()), parts);
    assert.deepEqual(lifted(mode, text.replace('Four.', '')), [['reasoning', 'Let me see.']]);
  });
}

test('texts that only speak of the tags stay what they are', () => {
  const { text } = shown('think');
  for (const [mode, said, role] of [
    ['separate', text, 'assistant'],
    ['strip', text, 'assistant'],
    ['raw', text, 'assistant'],
    ['think', text, 'user'],
    ['think', `The tags: ${text}`, 'assistant'],
    ['think', '<think>never closed', 'assistant'],
  ] as const)
    assert.deepEqual(lifted(mode, said, role), [['text', said]]);
});
