import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  defaultSettings,
  frames,
  scripts,
  type SeenRequest,
} from '../../../../tests/simulators/anthropic-upstream/simulator.ts';
import type { Script } from '../../../../tests/simulators/anthropic-upstream/scripts.ts';
import type { ErrorCode } from '../../chat/errors.ts';
import { says } from '../wire/shared/classify.ts';
import { startBench, type Bench } from './testing/bench.ts';

let bench: Bench;
before(async () => {
  bench = await startBench();
});
after(() => bench.close());
beforeEach(() => {
  Object.assign(bench.site.settings, defaultSettings());
  bench.site.seen.length = 0;
  bench.site.answer(scripts.answer());
});

const start = frames.messageStart('glm-5', { input_tokens: 3 });
const said = (text: string) => [
  frames.blockStart(0, { type: 'text', text: '' }),
  frames.blockDelta(0, { type: 'text_delta', text }),
];
const page = '<html><title>Just a moment</title></html>';

describe('a failure names the party at fault', () => {
  const cases: readonly (readonly [string, Script, ErrorCode])[] = [
    [
      'a key that is not known',
      scripts.refused(401, 'authentication_error', 'invalid x-api-key'),
      'upstream_auth_failed',
    ],
    [
      'an empty account',
      scripts.refused(400, 'invalid_request_error', 'Your credit balance is too low'),
      'quota_exceeded',
    ],
    ['too many requests', scripts.refused(429, 'rate_limit_error', 'Slow down'), 'upstream_rate_limited'],
    ['a service that is full', scripts.refused(529, 'overloaded_error', 'Overloaded'), 'upstream_error'],
    ['a model that is not known', scripts.refused(404, 'not_found_error', 'model: x'), 'model_not_found'],
    ['a web page instead of an answer', scripts.status(200, page), 'upstream_blocked'],
    ['a web page that refuses', scripts.status(403, page), 'upstream_blocked'],
    ['a redirect', scripts.status(302, '', { location: 'http://127.0.0.1:1/' }), 'no_such_api'],
    [
      'a way that leads back',
      scripts.status(508, { error: { code: 'loop_detected', message: 'Loop' } }),
      'loop_detected',
    ],
    ['an error with status 200', scripts.status(200, { code: 500, msg: 'x', message: 'Busy' }), 'upstream_error'],
    ['JSON of another kind', scripts.status(200, { hello: 1 }), 'upstream_protocol'],
    ['a stream without events', scripts.raw(': hello\n\n'), 'upstream_protocol'],
    [
      'an event that is no JSON',
      scripts.raw(start, 'event: content_block_delta\ndata: {"a":\n\n'),
      'upstream_protocol',
    ],
    ['an error as the first event', scripts.raw(frames.errorFrame('overloaded_error', 'Full')), 'upstream_error'],
    ['a bare error in the stream', scripts.raw('data: {"code":429,"message":"Slow"}\n\n'), 'upstream_rate_limited'],
    ['a line without end', scripts.endlessLine(64 << 20), 'upstream_protocol'],
  ];
  for (const [name, script, code] of cases) {
    it(`${name}: ${code}`, async () => {
      bench.site.answer(script);
      const { error, events } = await bench.ask();
      assert.equal(error?.code, code);
      assert.deepEqual(
        events.filter(({ type }) => type !== 'usage'),
        [],
      );
      assert.equal(bench.site.seen.length, 1);
    });
  }

  it('and waits as long as the service says', async () => {
    const reset = new Date(Date.now() + 90_000).toISOString();
    for (const [headers, least, most] of [
      [{ 'retry-after': '7' }, 7_000, 7_000],
      [{ 'anthropic-ratelimit-tokens-remaining': '0', 'anthropic-ratelimit-tokens-reset': reset }, 60_000, 90_000],
    ] as const) {
      bench.site.answer(scripts.refused(429, 'rate_limit_error', 'Slow down', headers));
      const waits = (await bench.ask()).error?.retryAfterMs ?? 0;
      assert.ok(waits >= least && waits <= most, `${waits} ms`);
    }
  });

  it("and a service's own words come before the API's", async () => {
    const rules = [{ when: says(/code 1113/), code: 'quota_exceeded', message: '{name}: {text}' }] as const;
    bench.site.answer(scripts.refused(429, '1113', 'code 1113'));
    const { error } = await bench.ask({}, bench.provider({ rules }));
    assert.deepEqual([error?.code, error?.message], ['quota_exceeded', 'Acme: code 1113.']);
  });

  it('in words that clients look for, and without the key', async () => {
    bench.site.answer(
      scripts.refused(400, 'invalid_request_error', 'prompt is too long: 208310 tokens > 200000 maximum'),
    );
    assert.equal((await bench.ask()).error?.message, 'prompt is too long: 208310 tokens > 200000 maximum.');
    bench.site.answer(scripts.refused(400, 'invalid_request_error', 'bad header sk-ant-good and header-secret'));
    const { error } = await bench.ask({}, bench.provider({ headers: { 'x-extra': 'header-secret' } }));
    assert.doesNotMatch(JSON.stringify([error?.message, error?.upstream]), /sk-ant-good|header-secret/);
  });

  it('and no redirect carries the key away', async () => {
    bench.site.answer(scripts.status(307, '', { location: `${bench.site.url}/elsewhere` }));
    await bench.ask();
    assert.deepEqual(
      bench.site.seen.map(({ path }) => path),
      ['/v1/messages'],
    );
  });
});

describe('a broken answer', () => {
  const broken: readonly (readonly [string, Script, ErrorCode])[] = [
    ['reset in the middle', scripts.cut(3), 'upstream_disconnect'],
    ['ended in the middle', scripts.fin(3), 'upstream_truncated'],
    ['failing in the middle', scripts.failing(3, 'overloaded_error', 'Overloaded'), 'upstream_error'],
  ];
  for (const delivery of ['stream', 'whole'] as const) {
    for (const [name, script, code] of broken) {
      it(`${name} shows what came before and then fails: ${delivery}`, async () => {
        bench.site.answer(script);
        const result = await bench.ask({ delivery });
        assert.equal(result.text, 'part 0 part 1 part 2 ');
        assert.equal(result.finish, undefined);
        assert.equal(result.error?.code, code);
      });
    }
  }

  it('that is handed on as it is holds no error frame and no end', async () => {
    bench.site.answer(scripts.failing(1, 'overloaded_error', 'Overloaded'));
    const body = { max_tokens: 5, messages: [{ role: 'user', content: 'Hi' }] };
    const result = await bench.ask({ original: { dialect: 'anthropic-messages', body, headers: {} } });
    assert.match(result.verbatim, /part 0/);
    assert.doesNotMatch(result.verbatim, /error|message_stop/);
    assert.equal(result.error?.code, 'upstream_error');
  });

  it('that gave its reason is whole without its last word, which is added for a client of the dialect', async () => {
    bench.site.answer(scripts.raw(start, ...said('Hi'), frames.messageDelta('max_tokens', { output_tokens: 1 })));
    const body = { max_tokens: 5, messages: [{ role: 'user', content: 'Hi' }], stream: true };
    const result = await bench.ask({ original: { dialect: 'anthropic-messages', body, headers: {} } });
    assert.deepEqual([result.finish, result.error], ['length', undefined]);
    assert.ok(result.verbatim.endsWith(frames.messageStop()));
  });

  it('is not followed beyond its end', async () => {
    const end = [frames.messageDelta('end_turn', { output_tokens: 1 }), frames.messageStop()];
    bench.site.answer(scripts.raw(start, ...said('Hi'), ...end, ...said('more'), ...end, 'data: [DONE]\n\n'));
    const result = await bench.ask();
    assert.equal(result.text, 'Hi');
    assert.equal(result.events.filter(({ type }) => type === 'finish').length, 1);
  });
});

describe('a client that leaves', () => {
  async function closed(seen: SeenRequest | undefined): Promise<boolean> {
    for (let turn = 0; turn < 100; turn += 1) {
      if (seen?.outcome === 'aborted') return true;
      await wait(20);
    }
    return false;
  }
  for (const where of ['headers', 'body'] as const) {
    it(`closes the upstream that hangs in the ${where}`, async () => {
      bench.site.answer(scripts.hang(where));
      const controller = new AbortController();
      const asked = bench.ask({ signal: controller.signal, seen: () => controller.abort() });
      while (bench.site.seen.length === 0) await wait(5);
      if (where === 'headers') controller.abort();
      assert.equal((await asked).error?.code, 'client_closed');
      assert.ok(await closed(bench.site.seen[0]));
    });
  }
});
