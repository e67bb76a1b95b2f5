import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { growth, linear } from '../../../../../tests/growth.ts';
import { bytes, gist, piece, replay, replayText, sse } from '../testing/replay.ts';
import type { ParserOptions } from './parser.ts';

const done = '[DONE]';
const details = (text: string, state = 'false', summary = 'Thinking…') =>
  `<details type="reasoning" done="${state}">\n<summary>${summary}</summary>\n${text}\n</details>\n`;

/** The same text in the two ways of the site. */
const deltas = (text: string, size: number): string => {
  const points = Array.from(text);
  const parts = Array.from({ length: Math.ceil(points.length / size) }, (_, at) =>
    points.slice(at * size, (at + 1) * size).join(''),
  );
  return sse(...parts.map(piece), done);
};
const cumulative = (text: string, size: number): string => {
  const points = Array.from(text);
  const frames = Array.from({ length: Math.ceil(points.length / size) }, (_, at) => ({
    content: points.slice(0, (at + 1) * size).join(''),
    done: false,
  }));
  return sse(...frames, done);
};

/** Text, and what a client has of it: reasoning and answer. */
const texts: readonly (readonly [name: string, text: string, reasoning: string, answer: string, mode?: 'tagged'])[] = [
  ['v2: an end tag that was never opened', 'Okay, 2 < 3 & so.\n</think>\n\nHello 🧪 there!', 'Okay, 2 < 3 & so.', 'Hello 🧪 there!'],
  ['v1: both tags', '<think>\nWhy?\n\nBecause.\n</think>\n<answer>\n42 </ans </answer>', 'Why?\n\nBecause.', '42 </ans'],
  ['v1: both tags where they are asked for', '<think>a</think><answer>b</answer>', 'a', 'b', 'tagged'],
  ['the page: details and answer', `${details('> First\n>\n> > quoted\nbare', 'true')}<answer>4</answer>`, 'First\n\n> quoted\nbare', '4'],
  ['details without answer tags', `${details('> x')}\n\nFour.`, 'x', 'Four.'],
  ['an answer alone', '<answer>4</answer>', '', '4'],
  ['plain text', 'Plain answer, <b>no</b> tags.', '', 'Plain answer, <b>no</b> tags.', 'tagged'],
  ['an answer that speaks of its tags', 'x</think><answer>Write `<answer>` and `</answer>` around it.</answer>\n', 'x', 'Write `<answer>` and `</answer>` around it.'],
  ['an answer with a block of details', 'x</think><details>\n<summary>More</summary>\ntext\n</details>', 'x', '<details>\n<summary>More</summary>\ntext\n</details>'],
  ['a plain answer that begins with details', '<details>\n<summary>More</summary>\ntext\n</details> end', '', '<details>\n<summary>More</summary>\ntext\n</details> end', 'tagged'],
  ['code with a backslash and n', 'x</think>print("a\\nb")\n\n    indented', 'x', 'print("a\\nb")\n\n    indented'],
  ['what follows the answer', '<think>a</think><answer>b</answer> c', 'a', 'b</answer> c'],
]; // prettier-ignore

const clean = (text: string, options: Partial<ParserOptions>) => {
  const { reasoning, text: answer, finish, error, notices } = replayText(text, options);
  return { reasoning, answer: answer.trimEnd(), finish, error: error?.code, notices };
};

describe('reasoning and answer', () => {
  for (const [name, text, reasoning, answer, mode = 'unopened'] of texts) {
    it(`${name}: in pieces, repeated, and in one`, () => {
      const wanted = { reasoning, answer, finish: 'stop', error: undefined, notices: [] };
      for (const delivery of ['stream', 'whole'] as const) {
        const options: Partial<ParserOptions> = { inlineThinking: mode, delivery };
        for (const size of [1, 2, 3, 7, 1000]) {
          assert.deepEqual(clean(deltas(text, size), options), wanted, `${delivery}, pieces of ${size}`);
          assert.deepEqual(clean(cumulative(text, size), options), wanted, `${delivery}, repeated every ${size}`);
        }
      }
    });
  }

  it('is the same however the bytes come', () => {
    const all = bytes(deltas(texts[1]?.[1] ?? '', 2));
    const whole = gist(replay([all]));
    fc.assert(
      fc.property(fc.array(fc.nat(all.length), { maxLength: 6 }), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), all.length];
        const parts = at.slice(1).map((end, place) => all.subarray(at[place], end));
        assert.deepEqual(gist(replay(parts)), whole);
      }),
      { numRuns: 200 },
    );
  });

  it('comes as it is written, not at the end', () => {
    const { events } = replayText(sse({ content: 'Let me' }, { content: 'Let me see' }, { content: 'Let me see</think>A' }, { content: 'Let me see</think>A.' }, done)); // prettier-ignore
    assert.deepEqual(
      events.map((event) => ('text' in event ? [event.type, event.text] : [event.type])),
      [['reasoning', 'Let me see'], ['text', 'A.'], ['finish']],
    );
  });

  it('without the mark that ends reasoning, is told once more as the answer; cut off, it is not', () => {
    const stream = sse(piece('Just '), piece('an answer.'), done);
    assert.deepEqual(gist(replayText(stream)), { text: 'Just an answer.', reasoning: 'Just an answer.', usage: undefined, finish: 'stop', error: undefined, notices: [] }); // prettier-ignore
    assert.equal(replayText(stream, { delivery: 'whole' }).reasoning, '');
    const cut = replayText(sse({ choices: [{ delta: { content: 'Hm, ' }, finish_reason: 'length' }] }));
    assert.deepEqual([cut.text, cut.reasoning, cut.finish], ['', 'Hm,', 'length']);
  });
});

describe('frames that repeat and frames that do not', () => {
  it('a wrapper whose head and tail change while it grows', () => {
    const frames = ['> One', '> One\n> Two', '> One\n> Two\n> Three'].map((text) => ({ content: details(text) }));
    const last = details('> One\n> Two\n> Three', 'true', 'Thought for 3 seconds');
    const { text, reasoning, notices } = replayText(
      sse(...frames, { content: `${last}<answer>A</answer>` }, { content: `${last}<answer>A b</answer>`, done: true }),
    );
    assert.deepEqual([reasoning, text, notices], ['One\nTwo\nThree', 'A b', []]);
  });

  it('a first piece that is said twice is no repetition, once the third shows it', () => {
    const stream = sse(piece('1'), piece('1'), piece('0 is'), piece(' six.'), done);
    assert.equal(replayText(stream, { inlineThinking: 'tagged' }).text, '110 is six.');
  });

  it('a last frame may repeat what came in pieces', () => {
    for (const end of [
      { content: 'a</think>b c', done: true },
      { content: ' c', done: true },
    ])
      assert.equal(replayText(sse(piece('a</think>'), piece('b'), end)).text, 'b c');
  });

  it('text that is rewritten after it was sent is named, and whole replies are exact', () => {
    const stream = sse({ content: 'x</think>One' }, { content: 'x</think>One two' }, { content: 'x</think>One two 3' }, { content: 'x</think>Six seven' }, done); // prettier-ignore
    assert.deepEqual(
      replayText(stream).notices.map(({ code }) => code),
      ['rewrote_text'],
    );
    assert.equal(replayText(stream, { delivery: 'whole' }).text, 'Six seven');
  });

  it('an older frame adds nothing, and nothing is said twice', () => {
    const stream = sse(...['a</think>b', 'a</think>bc', 'a</think>bcd', 'a</think>b', 'a</think>bcde'].map((content) => ({ content })), done); // prettier-ignore
    assert.deepEqual([replayText(stream).text, replayText(stream).notices], ['bcde', []]);
  });

  it('a damaged line is made up for by the next frame, but never where it would be missing', () => {
    const damaged = 'data: {"content": "\n\n';
    const repeated = sse({ content: 'a' }, { content: 'ab' }, { content: 'abc' });
    assert.equal(replayText(repeated + damaged + sse({ content: 'abc</think>d' }, done)).text, 'd');
    const pieces = sse(piece('a'), piece('b'), piece('c'));
    assert.equal(replayText(pieces + damaged + sse(piece('</think>d'), done)).error?.code, 'upstream_protocol');
  });
});

describe('ends', () => {
  const text = { content: 'a</think>b' };
  for (const [name, stream, finish, error] of [
    ['[DONE]', sse(text, done), 'stop', undefined],
    ['done: true', sse(text, { done: true }), 'stop', undefined],
    ['both, and once more', sse(text, { content: 'a</think>b', done: true }, done, done), 'stop', undefined],
    ['a word, then the end of the body', sse(text, 'DONE'), 'stop', undefined],
    ['-1, then the end of the body', sse(text, '-1'), 'stop', undefined],
    [
      'a word that was not the last one',
      sse(text, 'done', { content: 'a</think>bc' }),
      undefined,
      'upstream_truncated',
    ],
    [
      'a reason, then the end of the body',
      sse({ choices: [{ delta: { content: 'a</think>b' }, finish_reason: 'length' }] }),
      'length',
      undefined,
    ],
    ['nothing', sse(text), undefined, 'upstream_truncated'],
    ['an empty answer', sse(done), undefined, 'upstream_protocol'],
    ['an error', sse(text, { error: { message: 'Server overloaded', code: 500 } }), undefined, 'upstream_error'],
    ['a limit', sse({ detail: 'Too many requests', code: 429 }), undefined, 'upstream_rate_limited'],
    ['a captcha', sse({ error: { message: 'Captcha required' } }), undefined, 'captcha_required'],
  ] as const) {
    it(name, () => {
      const result = replayText(stream);
      assert.deepEqual([result.finish, result.error?.code], [finish, error]);
      if (finish === 'stop') assert.equal(result.text, 'b');
    });
  }

  it('what comes after the end is ignored and named', () => {
    const { text: told, notices } = replayText(sse(text, done, { content: 'a</think>b more' }));
    assert.deepEqual([told, notices.map(({ code }) => code)], ['b', ['sent_after_end']]);
  });

  it('words, empty lines and comments are no text', () => {
    const noise = `: ping\n\ndata:\n\n${sse('ping')}`;
    assert.equal(replayText(noise + sse(text) + noise + sse(done)).text, 'b');
  });

  it('usage is the last one that was said', () => {
    const usage = (total: number) => ({ prompt_tokens: 1, completion_tokens: total - 1, total_tokens: total });
    const result = replayText(sse({ usage: usage(3) }, { ...text, usage: usage(5) }, { done: true }));
    assert.deepEqual(result.usage, { inputTokens: 1, outputTokens: 4, totalTokens: 5 });
  });
});

describe('time is linear in', () => {
  const count = (size: number, make: (place: number) => string): object[] =>
    Array.from({ length: size }, (_, place) => piece(make(place)));
  const inputs: Readonly<Record<string, (size: number) => object[]>> = {
    'small pieces': (size) => count(size, () => 'ab '),
    'the same piece for ever': (size) => count(size, () => 'a'),
    'blank pieces': (size) => [piece('a</think>b'), ...count(size, () => '\n')],
    'blank pieces in a wrapper': (size) => [piece('<details type="reasoning"><summary>x</summary>'), ...count(size, () => '\n')],
    'closing tags': (size) => [piece('a</think><answer>b'), ...count(size, () => '</answer>')],
    'closing tags in one': (size) => [piece('x'), { content: `x${'</think>'.repeat(size)}` }, { content: `x${'</answer>'.repeat(size)}` }],
    'beginnings of tags': (size) => count(size, (place) => (place % 2 ? '<' : '<details ')),
    'quotes': (size) => [piece(`<details type="reasoning">${'>\n'.repeat(size)}`)],
    'wrappers that never end': (size) => [piece('<details type="reasoning">'.repeat(size))],
    'frames that repeat, by their bytes': (size) => {
      const side = Math.floor(Math.sqrt(size));
      return Array.from({ length: side }, (_, place) => ({ content: `${details('> ab'.repeat(place))}<answer>x` }));
    },
  }; // prettier-ignore
  for (const [name, make] of Object.entries(inputs)) {
    for (const delivery of ['stream', 'whole'] as const) {
      it(`${name}, ${delivery}`, () => {
        const streams = new Map(
          [4_000, 8_000, 16_000, 32_000, 64_000].map((size) => [size, bytes(sse(...make(size), done))]),
        );
        const grown = growth((size) => void replay([streams.get(size) ?? bytes('')], { delivery }), 4_000);
        assert.ok(grown < linear, `${grown.toFixed(1)} times for four times as much`);
      });
    }
  }
});
