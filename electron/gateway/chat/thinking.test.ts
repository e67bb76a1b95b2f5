import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChatEvent } from './events.ts';
import { createThinkingPolicy } from './thinking.ts';

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
