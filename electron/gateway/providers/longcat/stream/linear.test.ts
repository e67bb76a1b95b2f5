import assert from 'node:assert/strict';
import { it } from 'node:test';
import { growth, linear } from '../../../../../tests/growth.ts';
import * as frames from '../../../../../tests/simulators/longcat/frames.ts';
import { conversationText } from '../history.ts';
import { replay } from '../testing/replay.ts';

const content = (text: string) => frames.newer({ type: 'content', content: text });
const times = (count: number, make: (index: number) => string): string[] => Array.from({ length: count }, (_, index) => make(index)); // prettier-ignore

/** Inputs of about `size` bytes. Where the site repeats everything so far, its own bytes grow with the square of the answer. */
const inputs: Readonly<Record<string, (size: number) => string[]>> = {
  'small pieces': (size) => times(size / 120, () => content('words of ')),
  'one long piece': (size) => [content('x'.repeat(size))],
  'pieces that could be everything so far': (size) => times(size / 120, (index) => content(index % 2 ? 'ab' : 'a')),
  'everything so far': (size) => times(Math.sqrt(size / 60), (index) => content('lorem '.repeat(10 * index + 10))),
  'everything so far, older': (size) => times(Math.sqrt(size / 60), (index) => frames.older({ content: 'lorem '.repeat(10 * index + 10) })),
  'text rewritten each time': (size) => times(Math.sqrt(size / 60), (index) => frames.older({ content: `${index} ${'lorem '.repeat(10 * index + 10)}` })),
  'changing kinds': (size) => times(size / 120, (index) => frames.newer({ type: index % 2 ? 'think' : 'content', content: 'a' })),
  'sources': (size) => times(size / 150, (index) => frames.newer({ type: 'search', content: [{ url: `https://e.example/${index}` }] })),
  'a body that is no stream': (size) => [`{"code":${'1'.repeat(size)}`],
  'blanks': (size) => times(size / 100, () => '\n'.repeat(100)),
}; // prettier-ignore

for (const [name, make] of Object.entries(inputs)) {
  for (const delivery of ['stream', 'whole'] as const) {
    it(`${name}, ${delivery}: linear time`, () => {
      const bytes = new Map<number, Uint8Array[]>();
      const run = (size: number): void => {
        const pieces = bytes.get(size) ?? make(size).map((text) => Buffer.from(text));
        bytes.set(size, pieces);
        replay(pieces, { delivery });
      };
      assert.ok(growth(run, 1 << 18) < linear);
    });
  }
}

it('F140: conversations that are full of marks: linear time', () => {
  for (const piece of ['<turn>', '</turn', '< ', '<   turn']) {
    const run = (size: number): void => {
      const text = piece.repeat(size / piece.length);
      const messages = [1, 2].map(() => ({ role: 'user' as const, content: [{ type: 'text' as const, text }] }));
      conversationText(messages);
    };
    assert.ok(growth(run, 1 << 18) < linear, piece);
  }
});
