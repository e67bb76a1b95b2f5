import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChatEvent } from '../../../chat/events.ts';
import { framesOf, replay } from '../testing/replay.ts';
import { Citations, safeUrl } from './citations.ts';

const response = (text: string) => ({ phase: 'tool_response', delta_content: text });
const answer = (text: string) => ({ phase: 'answer', delta_content: text });
const done = { phase: 'done', done: true };
const run = (...frames: readonly object[]) => replay([framesOf(...frames, done)]);

const references = '[ref_id=turn0search0†A†https://a.example/]\nx\n[ref_id=turn0search1†B†https://b.example/]';

describe('citations', () => {
  it('are numbered by first use, one number for one address', () => {
    const twice = `${references}\n[ref_id=turn1search0†B again†https://b.example/]`;
    const { content, citations } = run(response(twice), answer('x【turn0search1】y【turn0search0】z【turn1search0】'));
    assert.equal(content, 'x[1](https://b.example/)y[2](https://a.example/)z[1](https://b.example/)');
    assert.deepEqual(citations.map(({ index, title }) => [index, title]), [[1, 'B'], [2, 'A']]); // prettier-ignore
  });

  it('leave unknown and unfinished marks alone', () => {
    const texts = ['【nobody】', '【turn0search0', '【【turn9search0】', `【${'x'.repeat(200)}】`, '】【', '【】'];
    for (const text of texts) assert.equal(run(response(references), answer(text)).content, text);
  });

  it('understand a mark with a place in the page', () => {
    assert.equal(run(response(references), answer('【turn0search0†L1-L3】')).content, '[1](https://a.example/)');
  });

  it('read references from broken lines', () => {
    const broken =
      '[ref_id=x†\n[ref_id=†t†https://c.example]\n[ref_id=q]\n[ref_id=turn0search0†a†b†https://a.example/]';
    assert.equal(run(response(broken), answer('【turn0search0】')).citations[0]?.title, 'a†b');
  });

  it('number only what can be listed, after the answer', () => {
    const results = [
      { title: 'No link' },
      { name: 'A [1]', link: 'https://a.example/(x)' },
      { url: 'javascript:alert(1)' },
      7,
      { url: 'https://b.example' },
    ];
    const { content } = run({ phase: 'search', sources: results }, answer('Yes.'));
    assert.equal(
      content,
      'Yes.\n\n---\n[1] [A \\[1\\]](https://a.example/%28x%29)\n[2] [b.example](https://b.example)',
    );
  });

  it('hold back one unfinished mark at most', () => {
    const citations = new Citations();
    const events: ChatEvent[] = [];
    assert.equal(citations.resolve('text【turn', events), 'text');
    assert.equal(citations.resolve('x'.repeat(100), events), `【turn${'x'.repeat(100)}`);
  });
});

describe('addresses', () => {
  for (const [given, made] of [
    ['https://example.org/b?x=1&y=2', 'https://example.org/b?x=1&y=2'],
    ['http://example.org/a b', 'http://example.org/a%20b'],
    ['https://example.org/中', 'https://example.org/%E4%B8%AD'],
    ['https://example.org/a)[x](javascript:alert(1)', 'https://example.org/a%29[x]%28javascript:alert%281%29'],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['https://user:secret@example.org/', undefined],
    ['//example.org', undefined],
    ['', undefined],
    [`https://example.org/${'x'.repeat(3000)}`, undefined],
  ] as const) {
    it(given.slice(0, 60), () => assert.equal(safeUrl(given), made));
  }
});
