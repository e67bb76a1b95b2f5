import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinedChat, joinedMessages } from './joined.ts';

const chunk = (delta: object, finish: string | null = null): string =>
  `data: ${JSON.stringify({ id: 'x', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
const args = (index: number, text: string): string => chunk({ tool_calls: [{ index, function: { arguments: text } }] });

test('neighbouring deltas of one kind are one', () => {
  assert.equal(
    joinedChat(
      chunk({ role: 'assistant', content: 'a' }) +
        chunk({ content: 'b' }) +
        chunk({ content: 'c' }) +
        chunk({}, 'stop'),
    ),
    chunk({ role: 'assistant', content: 'abc' }) + chunk({}, 'stop'),
  );
  assert.equal(joinedChat(args(0, '{') + args(0, '}') + args(1, '1')), args(0, '{}') + args(1, '1'));
  const delta = (index: number, text: string): string =>
    `event: content_block_delta\ndata: ${JSON.stringify({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } })}\n\n`;
  assert.equal(joinedMessages(delta(0, 'a') + delta(0, 'b') + delta(1, 'c')), delta(0, 'ab') + delta(1, 'c'));
});

test('nothing else is', () => {
  const apart = [
    chunk({ content: 'a' }) + chunk({ reasoning_content: 'b' }) + chunk({ content: 'c' }),
    chunk({ content: 'a' }) + chunk({ content: 'b' }, 'stop'),
    chunk({ content: 'a' }) + chunk({ content: 'b' }).replace('"x"', '"y"'),
    chunk({ content: 'a' }) + chunk({ content: 'b', refusal: null }),
    chunk({}, 'stop') + chunk({}, 'stop'),
    args(0, 'a') + args(1, 'b') + args(0, 'c'),
    `${chunk({ content: 'a' })}data: [DONE]\n\n`,
  ];
  for (const wire of apart) assert.equal(joinedChat(wire), wire);
});
