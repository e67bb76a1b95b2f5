import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { fixture } from '../testing/fixtures.ts';
import { Message } from './message.ts';
import type { Kind } from './projection.ts';

type Part = readonly [Kind, string, index?: number];

function project(...parts: readonly Part[]) {
  const message = new Message();
  for (const [kind, text, index] of parts) {
    if (index === undefined) message.append(kind, text);
    else message.edit(index, kind, text);
  }
  const { reasoning, answer, blocks } = message.whole();
  return { reasoning, answer, blocks };
}

const open = '<details type="reasoning" done="false">\n<summary>Thinking…</summary>\n> ';
const finished = '<details type="reasoning" done="true" duration="2">\n<summary>Thought for 2 seconds</summary>\n> ';

const cases: readonly (readonly [string, readonly Part[], string, string])[] = [
  ['plain phases', [['reasoning', 'hm'], ['answer', 'yes'], ['reasoning', ' more']], 'hm more', 'yes'],
  ['quoted lines', [['reasoning', `${open}a\n> b\n>\n> c`]], 'a\nb\n\nc', ''],
  ['lines without a marker', [['reasoning', `${open}a\nb`]], 'a\nb', ''],
  ['a marker only at line starts', [['reasoning', `${open}1 > 0\n>> quoted`]], '1 > 0\n> quoted', ''],
  ['an answer after an unclosed wrapper', [['reasoning', `${open}a`], ['answer', 'yes']], 'a', 'yes'],
  ['an edit that closes the wrapper', [['reasoning', `${open}a`], ['markup', '\n</details>\nyes', 77]], 'a', 'yes'],
  ['an edit that finishes the last line', [['reasoning', `${open}a`], ['markup', ' b\n> c\n</details>\n\nyes', 72]], 'a b\nc', 'yes'],
  ['an edit that rewrites everything', [['reasoning', `${open}a`], ['markup', `${finished}a\n</details>\nyes`, 0]], 'a', 'yes'],
  ['an answer that mentions the tag', [['markup', `${finished}a\n</details>\nUse </details>\nto close it`, 0]], 'a', 'Use </details>\nto close it'],
  ['reasoning that mentions the tag', [['markup', `${finished}use </details>\n> or not\n</details>\nyes`, 0]], 'use </details>\nor not', 'yes'],
  ['reasoning that mentions the tag in a line', [['reasoning', `${open}a </details> b`]], 'a </details> b', ''],
  ['a tag at the end of a line, then the answer', [['reasoning', `${open}a</details>\n`], ['answer', 'yes']], 'a', 'yes'],
  ['a wrapper that is not one of reasoning', [['answer', '<details><summary>x</summary>y</details>']], '', '<details><summary>x</summary>y</details>'],
  ['a wrapper that comes later', [['answer', `x${open}a`]], '', `x${open}a`],
  ['a word that begins like it', [['answer', '<detailsman']], '', '<detailsman'],
  ['half an opening tag', [['answer', '<details type="reas']], '', '<details type="reas'],
  ['half an opening tag in thinking', [['reasoning', '<det'], ['answer', 'yes']], '<det', 'yes'],
  ['a wrapper in the answer phase', [['answer', `${open}a\n</details>\n`], ['answer', 'yes']], 'a', 'yes'],
  ['a tag cut in two', [['reasoning', `${open}a\n</det`], ['reasoning', 'ails>\n'], ['answer', 'yes']], 'a', 'yes'],
  ['blanks between wrapper and answer', [['markup', `${finished}a</details>   yes`, 0]], 'a', 'yes'],
  ['an endless opening tag', [['reasoning', `<details type="reasoning" ${'x'.repeat(600)}>`]], `<details type="reasoning" ${'x'.repeat(600)}>`, ''],
]; // prettier-ignore

describe('projection', () => {
  for (const [name, parts, reasoning, answer] of cases) {
    it(name, () => {
      const result = project(...parts);
      assert.deepEqual([result.reasoning, result.answer], [reasoning, answer]);
    });
  }

  it('takes tool blocks only from markup', () => {
    const block = '<glm_block view="x">{"a":1}</glm_block>';
    assert.deepEqual(project(['markup', `a${block}b`, 0]), { reasoning: '', answer: 'ab', blocks: ['{"a":1}'] });
    assert.equal(project(['answer', block]).answer, block);
    assert.equal(project(['markup', '<glm_blocks>', 0]).answer, '<glm_blocks>');
    assert.equal(project(['markup', 'x <glm_', 0]).answer, 'x <glm_');
  });
});

/** The original cleans each delta by itself; these are its cases as a whole message would meet them. */
const recommended: Readonly<Record<string, readonly [string, string]>> = {
  'done-true-with-duration': ['a\nb', ''],
  'open-tag-only': ['', ''],
  'two-summaries': ['', '<details><summary>A</summary>\n> x</details><details><summary>B</summary>\n> y'],
  'answer-mentions-tag': ['a', 'Use </details>\nto close it'],
};

describe('thinking cases of the fixture', () => {
  const shape = z.object({
    name: z.string(),
    kind: z.enum(['thinking_delta', 'answer_edit']),
    input: z.string(),
    seed: z.string(),
  });
  for (const { name, kind, input, seed } of fixture('zai-thinking', shape)) {
    // Continuations make sense only inside a wrapper; there the test above covers them.
    if (name === 'quoted-continuation' || name === 'leading-newline-details') continue;
    it(`${kind}: ${name}`, () => {
      if (kind === 'thinking_delta') {
        const asAnswer = name === 'two-summaries';
        const { reasoning, answer } = project([asAnswer ? 'answer' : 'reasoning', input]);
        assert.deepEqual([reasoning.trim(), answer], recommended[name] ?? [seed.trim(), '']);
        return;
      }
      const start = input.startsWith('<details') ? 0 : open.length - 2;
      const { reasoning, answer } = project(['reasoning', `${open}z`], ['markup', input, start]);
      const [, wanted] = recommended[name] ?? ['', seed];
      assert.equal(answer, wanted);
      assert.equal(reasoning.includes('details'), false);
    });
  }
});
