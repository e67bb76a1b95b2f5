import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Message } from './message.ts';
import type { Kind, Output } from './projection.ts';

type Step = { readonly kind: Kind; readonly text: string; readonly index?: number | undefined };

/** What a reader of the outputs has, taking edits back as they say. */
class Reader {
  reasoning = '';
  answer = '';
  blocks: string[] = [];

  add({ reasoning, answer, blocks }: Output): void {
    this.reasoning += reasoning;
    this.answer += answer;
    this.blocks.push(...blocks);
  }

  takeBack({ reasoning, answer }: Output, keptBlocks: number): void {
    assert.ok(this.reasoning.endsWith(reasoning) && this.answer.endsWith(answer), 'what was said before is known');
    this.reasoning = this.reasoning.slice(0, this.reasoning.length - reasoning.length);
    this.answer = this.answer.slice(0, this.answer.length - answer.length);
    this.blocks.length = keptBlocks;
  }
}

function played(steps: readonly Step[]) {
  const message = new Message();
  const reader = new Reader();
  for (const { kind, text, index } of steps) {
    if (index === undefined) {
      reader.add(message.append(kind, text));
      continue;
    }
    const { before, after, keptBlocks } = message.edit(index, kind, text);
    reader.takeBack(before, keptBlocks);
    reader.add(after);
  }
  const whole = message.whole();
  reader.add(message.finish());
  const { reasoning, answer, blocks } = reader;
  return { reader: { reasoning, answer, blocks }, whole };
}

const opening = '<details type="reasoning" done="false">\n<summary>Thinking…</summary>\n> ';
const pieces = ['a', 'b c', '🧪', '\n', '> ', '>', '<', opening, '</details>', '\n</details>\n', '<details>', '<glm_block >', '{"x":1}', '</glm_block>', '<glm_', 'é', '【']; // prettier-ignore
const text = fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join(''));
const kind = fc.constantFrom<Kind>('reasoning', 'answer', 'markup');
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind, text }),
  fc.record({ kind, text, index: fc.oneof(fc.nat(60), fc.nat(6000)) }),
);

describe('message', () => {
  it('says step by step what it says as a whole', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        const { reader, whole } = played(steps);
        assert.deepEqual(reader, whole);
      }),
      { numRuns: 3_000, seed: 20261120 },
    );
  });

  it('says the same however its deltas are cut', () => {
    const cut = ({ kind: of, text: whole }: Step): Step[] => Array.from(whole, (point) => ({ kind: of, text: point }));
    const calm = fc.record({ kind: fc.constantFrom<Kind>('reasoning', 'markup'), text }).filter((item) => {
      return item.kind === 'reasoning' || !item.text.includes('</details>');
    });
    fc.assert(
      fc.property(fc.array(calm, { maxLength: 10 }), (steps) => {
        assert.deepEqual(played(steps.flatMap(cut)).whole, played(steps).whole);
      }),
      { numRuns: 2_000, seed: 20261120 },
    );
  });

  it('counts code points, in short and in long texts', () => {
    const plain = fc
      .array(fc.constantFrom('a', '🧪', '中', ' ', 'word '), { maxLength: 30 })
      .map((parts) => parts.join(''));
    const edits = fc.array(fc.tuple(fc.nat(9_000), plain), { maxLength: 12 });
    fc.assert(
      fc.property(plain, fc.nat(300), edits, (start, times, changes) => {
        const message = new Message();
        const first = `.${start.repeat(times)}`;
        let model = Array.from(first);
        message.append('answer', first);
        for (const [index, replacement] of changes) {
          model = model.slice(0, index).concat(Array.from(replacement));
          message.edit(index, 'answer', replacement);
        }
        assert.equal(message.whole().answer, model.join(''));
      }),
      { numRuns: 400, seed: 20261120 },
    );
  });

  it('shrinks when an edit takes text back', () => {
    const message = new Message();
    message.append('answer', 'x'.repeat(100_000));
    message.edit(10, 'markup', 'y');
    assert.ok(message.size < 1_000);
  });
});
