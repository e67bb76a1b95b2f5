import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InlineThinking } from './inline-thinking.ts';

type Mode = 'none' | 'tagged' | 'unopened';

function tell(pieces: readonly string[], inlineThinking: Mode, delivery: 'stream' | 'whole', answered: boolean) {
  const thinking = new InlineThinking({ inlineThinking, delivery });
  const told = [...pieces.map((piece) => thinking.push(piece)), thinking.end(answered)];
  return [told.map(({ reasoning }) => reasoning).join(''), told.map(({ text }) => text).join('')];
}

/** Text, whether the answer came to its own end, and what is told of it: streamed, and where it differs, whole. */
const cases: readonly (readonly [Mode, string, boolean, readonly [string, string], (readonly [string, string])?])[] = [
  ['none', '<think>a</think>b', true, ['', '<think>a</think>b']],
  ['tagged', '<think>a</think>b', true, ['a', 'b']],
  ['tagged', '\n <think>\nwhy\n</think>\n\nb < c </think> d', true, ['why\n', 'b < c </think> d']],
  ['tagged', 'b', true, ['', 'b']],
  ['tagged', ' b <think>c</think>', true, ['', ' b <think>c</think>']],
  ['tagged', '<thin', true, ['', '<thin']],
  ['tagged', '<thinker>', true, ['', '<thinker>']],
  ['tagged', '<think></think>b', true, ['', 'b']],
  ['tagged', '<think>a</thin', false, ['a</thin', '']],
  ['tagged', '<think>a', true, ['a', 'a'], ['', 'a']],
  ['tagged', '', true, ['', '']],
  ['unopened', 'why </think> b', true, ['why ', 'b']],
  ['unopened', '<think>why</think>b', true, ['why', 'b']],
  ['unopened', 'a < b </ c </think>d', true, ['a < b </ c ', 'd']],
  ['unopened', 'why, and cut of', false, ['why, and cut of', '']],
  ['unopened', 'a plain answer', true, ['a plain answer', 'a plain answer'], ['', 'a plain answer']],
  ['unopened', '答案</think>是 🧪', true, ['答案', '是 🧪']],
  ['unopened', 'a</think>\n \n', true, ['a', '']],
]; // prettier-ignore

describe('reasoning inside the text', () => {
  for (const [mode, text, answered, streamed, whole = streamed] of cases) {
    it(`${mode}: ${JSON.stringify(text)}${answered ? '' : ', cut off'}`, () => {
      for (const [delivery, expected] of [
        ['stream', streamed],
        ['whole', whole],
      ] as const) {
        assert.deepEqual(tell(Array.from(text), mode, delivery, answered), expected);
        for (let at = 0; at <= text.length; at += 1)
          assert.deepEqual(
            tell([text.slice(0, at), text.slice(at)], mode, delivery, answered),
            expected,
            `${delivery}, split at ${at}`,
          );
      }
    });
  }

  it('is shown as it comes', () => {
    const thinking = new InlineThinking({ inlineThinking: 'unopened', delivery: 'stream' });
    assert.deepEqual(thinking.push('Let me see <'), { reasoning: 'Let me see ', text: '' });
    assert.deepEqual(thinking.push('b'), { reasoning: '<b', text: '' });
  });
});
