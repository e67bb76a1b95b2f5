import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as frames from '../../../../../tests/simulators/longcat/frames.ts';
import { replay } from '../testing/replay.ts';

const both = ['stream', 'whole'] as const;
const run = (parts: readonly string[], delivery: 'stream' | 'whole' = 'stream') =>
  replay(parts.map((part) => Buffer.from(part)), { delivery }); // prettier-ignore
const content = (text: string, more: frames.Data = {}) => frames.newer({ type: 'content', content: text }, more);
const think = (text: string) => frames.newer({ type: 'think', content: text });
const codesOf = ({ notices }: ReturnType<typeof run>) => notices.map(({ code }) => code);

describe('the newer generation', () => {
  const cases: readonly (readonly [name: string, pieces: readonly string[], text: string])[] = [
    ['pieces', ['Hi', ' there', '.'], 'Hi there.'],
    ['everything so far each time', ['Hi', 'Hi there', 'Hi there', 'Hi there.'], 'Hi there.'],
    ['a piece that begins like all before it', ['Ha', 'Haha', '!'], 'HaHaha!'],
    ['a repeated word', ['no ', 'no ', 'no'], 'no no no'],
    ['one piece', ['all'], 'all'],
  ];
  for (const [name, pieces, text] of cases) {
    for (const delivery of both) {
      it(`${name}, ${delivery}`, () => {
        const result = run([...pieces.map((piece) => content(piece)), frames.newerEnd(text, [1, 2])], delivery);
        assert.deepEqual([result.text, result.finish, codesOf(result)], [text, 'stop', []]);
      });
    }
  }

  it('what the site calls the whole answer decides about a last piece that could be both', () => {
    const parts = [content('Ha'), content('Haha')];
    assert.equal(run([...parts, frames.newerEnd('HaHaha', [1, 2])]).text, 'HaHaha');
    assert.equal(run([...parts, frames.newerEnd('Haha', [1, 2])]).text, 'Haha');
    assert.equal(run([...parts, frames.newerEnd('', [1, 2])]).text, 'Haha');
  });

  it('the rest of an answer that only its end holds is passed on', () => {
    for (const delivery of both) {
      assert.equal(run([content('Hi'), frames.newerEnd('Hi there.', [1, 2])], delivery).text, 'Hi there.');
      assert.equal(run([frames.newerEnd('Hi there.', [1, 2])], delivery).text, 'Hi there.');
    }
  });

  it('an answer that differs from its end: a whole one is exact, a streamed one stays with a notice', () => {
    const parts = [content('Hello wrld'), frames.newerEnd('Hello world', [1, 2])];
    assert.deepEqual([run(parts).text, codesOf(run(parts))], ['Hello wrld', ['rewrote_text']]);
    assert.deepEqual([run(parts, 'whole').text, codesOf(run(parts, 'whole'))], ['Hello world', ['rewrote_text']]);
  });

  it('thinking aloud before the answer is reasoning where it can still be told', () => {
    const parts = [content('Let me see. '), content('Yes.'), frames.newerEnd('Yes.', [1, 2])];
    const whole = run(parts, 'whole');
    assert.deepEqual([whole.reasoning, whole.text], ['Let me see. ', 'Yes.']);
    assert.deepEqual([run(parts).text, codesOf(run(parts))], ['Let me see. Yes.', ['rewrote_text']]);
  });

  it('thinking comes before the text, whichever word the site has for it', () => {
    const parts = [
      think('a'),
      frames.newer({ type: 'reason', content: 'b' }),
      content('c'),
      frames.newerEnd('c', [1, 2]),
    ];
    assert.deepEqual(
      run(parts).events.map(({ type }) => type),
      ['reasoning', 'reasoning', 'text', 'usage', 'finish'],
    );
  });

  it('sources in every form, each once, and only what a browser opens', () => {
    const list = [
      { title: 'One', url: 'https://one.example/' },
      { title: 'Bad', url: 'javascript:alert(1)' },
    ];
    const { citations } = run([
      frames.newer({ type: 'search', content: { query: 'q' } }),
      frames.newer({ type: 'search', content: { resultList: list } }),
      frames.newer({ type: 'common_search', content: [...list, { title: 'Two', link: 'http://two.example/' }, 7, null] }),
      frames.newer({ type: 'general_search', content: JSON.stringify({ resultList: [{ url: 'https://three.example/' }] }) }),
      frames.newer({ type: 'local_life_search', content: 'looking around' }),
      content('x'),
      frames.newerEnd('x', [1, 2]),
    ]); // prettier-ignore
    assert.deepEqual(citations, [
      { index: 1, url: 'https://one.example/', title: 'One' },
      { index: 2, url: 'http://two.example/', title: 'Two' },
      { index: 3, url: 'https://three.example/' },
    ]);
  });

  it('an event nobody knows is noticed once and harms nothing', () => {
    const card = frames.newer({ type: 'card', content: 'x' });
    const { text, notices } = run([card, content('Hi'), card, frames.newerEnd('Hi', [1, 2])]);
    assert.deepEqual([text, notices], ['Hi', [{ code: 'sent_unknown_part', provider: 'longcat', type: 'card' }]]);
  });

  it('the last frame ends the answer, also without a finish event, and usage may stand beside the event', () => {
    const tokenInfo = { promptTokens: 3, completionTokens: 4, totalTokens: 7, hasTokens: true };
    const { text, usage, finish } = run([content('Hi', { lastOne: true, tokenInfo })]);
    assert.deepEqual([text, usage, finish], ['Hi', { inputTokens: 3, outputTokens: 4, totalTokens: 7 }, 'stop']);
  });

  const ends: readonly (readonly [frames.Data, string])[] = [
    [{ finishType: 'sensitive' }, 'content-filter'],
    [{ finishType: 'max_tokens' }, 'length'],
    [{ finishType: 'whatever' }, 'stop'],
    [{ finishType: undefined, finalContent: undefined, finalContentX: 'Hi!' }, 'stop'],
  ];
  for (const [event, reason] of ends) {
    it(`${JSON.stringify(event)} is ${reason}`, () => {
      assert.equal(run([content('Hi'), frames.newerEnd('Hi', [1, 2], event)]).finish, reason);
    });
  }

  const failures: readonly (readonly [string, string, string])[] = [
    ['an error event', frames.newer({ type: 'eventError', message: '系统繁忙' }), 'upstream_error'],
    ['its other spelling', frames.newer({ type: 'event_error', content: '请求过于频繁' }), 'upstream_rate_limited'],
    ['a code in a frame', frames.line({ code: 401, message: '用户未登录' }), 'upstream_auth_failed'],
    ['a code as text', frames.line({ code: '429', message: 'slow' }), 'upstream_rate_limited'],
    ['an error object', frames.line({ error: { code: 500, message: 'x' } }), 'upstream_error'],
    ['the guard', frames.line({ code: 403, message: '请求异常，拒绝操作' }), 'guard_required'],
  ];
  for (const [name, frame, code] of failures) {
    it(`${name}, after what came before it`, () => {
      for (const delivery of both) {
        const { text, error, finish } = run([content('Hi'), frame, content('more')], delivery);
        assert.deepEqual([text, error?.code, finish], ['Hi', code, undefined]);
      }
    });
  }
});

describe('the older generation', () => {
  it('everything so far each time, without pieces', () => {
    const parts = [
      frames.older({ reasonContent: 'Let' }),
      frames.older({ reasonContent: 'Let me' }),
      frames.older({ reasonContent: 'Let me', content: 'Hi' }),
      frames.older({ reasonContent: 'Let me', content: 'Hi there' }),
      frames.olderEnd('Hi there.', [1, 2], { reasonContent: 'Let me' }),
    ];
    for (const delivery of both) {
      const { text, reasoning, finish, notices } = run(parts, delivery);
      assert.deepEqual([text, reasoning, finish, notices], ['Hi there.', 'Let me', 'stop', []]);
    }
  });

  it('pieces and everything so far, mixed', () => {
    const parts = [
      frames.older({ delta: 'Hi', content: 'Hi' }),
      frames.older({ content: 'Hi there' }),
      frames.older({ delta: '.', content: 'Hi there.' }),
      frames.older({}),
      frames.olderEnd('Hi there.', [1, 2]),
    ];
    assert.equal(run(parts).text, 'Hi there.');
  });

  it('text that is rewritten stays as it was, with a notice; a whole answer is exact', () => {
    const parts = [
      frames.older({ content: 'Hello wrld' }),
      frames.older({ content: 'Hello world' }),
      frames.older({ content: 'Hello world, again' }),
      frames.olderEnd('Hello world, again', [1, 2]),
    ];
    assert.deepEqual([run(parts).text, codesOf(run(parts))], ['Hello wrld, again', ['rewrote_text']]);
    assert.equal(run(parts, 'whole').text, 'Hello world, again');
  });

  it('sensitive at the end is a filter, and sources are cited', () => {
    const { finish, citations } = run([
      frames.older({}, { searchResults: frames.sources }),
      frames.olderEnd('', [1, 0], { sensitive: true }),
    ]);
    assert.deepEqual([finish, citations.length], ['content-filter', 2]);
  });

  it('[DONE] ends an answer, but alone it is the end of nothing', () => {
    assert.equal(run([frames.older({ delta: 'Hi', content: 'Hi' }), frames.done]).finish, 'stop');
    assert.equal(run([frames.done]).error?.code, 'upstream_truncated');
  });
});

describe('bodies that are no stream', () => {
  const cases = [
    ['nothing', '', 'upstream_truncated'],
    ['blanks', '\n\n  ', 'upstream_truncated'],
    ['a page', '<!doctype html><html></html>', 'upstream_blocked'],
    ['success without an answer', '{"code":0,"message":"success"}', 'upstream_protocol'],
    ['broken JSON', '{"code":', 'upstream_protocol'],
    ['the guard', '{"code":403,"msg":"请求异常,拒绝操作"}', 'guard_required'],
    ['comments and broken frames only', ': ping\n\ndata: {"event"\n\ndata: []\n\n', 'upstream_truncated'],
    ['much of it', `{"code":500,"message":"${'x'.repeat(1e6)}"}`, 'upstream_protocol'],
  ] as const;
  for (const [name, body, code] of cases) {
    it(name, () => assert.equal(run([body]).error?.code, code));
  }
});

it('an answer longer than 16 MB is given up', () => {
  const piece = content('x'.repeat(1 << 19));
  const { error } = run(Array.from({ length: 40 }, () => piece));
  assert.deepEqual([error?.code, error?.blame], ['upstream_protocol', 'provider']);
});
