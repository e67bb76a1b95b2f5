import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { defaultSettings, frames, scripts } from '../../../../tests/simulators/openai-upstream/simulator.ts';
import type { ErrorCode } from '../../chat/errors.ts';
import { originalOf, startBench, until, type Bench } from './testing/bench.ts';
import { portOf } from '../../../../tests/port-of.ts';

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

const page = '<html><title>Just a moment...</title></html>';
const forwarded = originalOf({ model: 'm', messages: [{ role: 'user', content: 'Hello' }], stream: true });
const { chunk } = frames;

describe('failures', () => {
  const cases: readonly (readonly [string, scripts.Script, ErrorCode, string?])[] = [
    ['a wrong parameter', scripts.refused(400, null, "Unsupported value: 'x'"), 'request_rejected'],
    ['an unknown model', scripts.refused(404, 'model_not_found', 'The model does not exist'), 'model_not_found'],
    ['a limit', scripts.refused(429, 'rate_limit_exceeded', 'Slow down'), 'upstream_rate_limited'],
    ['a quota', scripts.refused(429, 'insufficient_quota', 'You exceeded your current quota'), 'quota_exceeded'],
    ['no money', scripts.status(402, { error: { message: 'Insufficient Balance' } }), 'quota_exceeded'],
    ['a failing service', scripts.status(500, { error: { message: 'Internal' } }), 'upstream_error'],
    ['an empty failure', scripts.status(503), 'upstream_error'],
    ['a page with 200', scripts.status(200, page), 'upstream_blocked'],
    ['a page with 403', scripts.status(403, page), 'upstream_blocked'],
    ['a page with 503', scripts.status(503, page), 'upstream_blocked'],
    ['an error with 200', scripts.status(200, { error: { code: 'insufficient_quota', message: 'none left' } }), 'quota_exceeded'],
    ['other JSON with 200', scripts.status(200, { ok: true }), 'upstream_protocol'],
    ['a redirect', scripts.status(302, '', { location: 'http://169.254.169.254/' }), 'no_such_api'],
    ['a reset before any byte', scripts.reset(), 'upstream_unreachable'],
    ['a reset after the headers', scripts.cut(0), 'upstream_disconnect'],
    ['a reset in the middle', scripts.cut(3), 'upstream_disconnect', 'part 0 part 1 part 2 '],
    ['an end in the middle', scripts.fin(3), 'upstream_truncated', 'part 0 part 1 part 2 '],
    ['an end before any frame', scripts.fin(0), 'upstream_truncated'],
    ['an error frame first', scripts.raw(frames.frame({ error: { message: 'x', type: 'server_error' } })), 'upstream_error'],
    ['an error frame in the middle', scripts.raw(chunk('m', { content: 'a' }), frames.frame({ error: { message: 'x', code: 429 } })), 'upstream_rate_limited', 'a'],
    ['a damaged frame', scripts.raw(chunk('m', { content: 'a' }), 'data: {"choices":[{"del\n\n', frames.done), 'upstream_protocol', 'a'],
    ['a line without end', scripts.endlessLine(40 << 20), 'upstream_protocol'],
  ]; // prettier-ignore
  for (const [name, script, code, shown = ''] of cases) {
    it(name, async () => {
      bench.site.answer(script);
      for (const original of [undefined, forwarded]) {
        const result = await bench.ask({ original });
        assert.equal(result.error?.code, code, result.error?.message);
        assert.deepEqual([result.text, result.finish], [shown, undefined]);
        assert.doesNotMatch(result.error?.message ?? '', /[<>]/);
        assert.ok(!result.verbatim.includes('[DONE]') && !result.verbatim.includes('error'));
      }
      assert.equal(bench.site.seen.length, 2, 'each request is sent once');
    });
  }

  it('a key that is refused, without the key', async () => {
    const secret = 'CANARY-key-0123456789';
    const { error } = await bench.ask({ secret });
    assert.equal(error?.code, 'upstream_auth_failed');
    assert.equal(error.blame, 'credential');
    assert.doesNotMatch(JSON.stringify([error.message, error.upstream, error.hint, bench.log]), /CANARY/);
  });

  it('a key that cannot be a header, before anything is sent', async () => {
    for (const secret of ['sk-ключ', 'sk-a\nb', 'sk-a b']) {
      assert.equal((await bench.ask({ secret })).error?.code, 'upstream_auth_failed');
    }
    assert.equal(bench.site.seen.length, 0);
  });

  it("a user's header that is echoed is blotted out", async () => {
    const headers = { 'x-secret': 'CANARY-header-01234' };
    bench.site.answer(scripts.refused(400, null, 'bad header CANARY-header-01234'));
    const { error } = await bench.ask({}, bench.provider({ headers }));
    assert.doesNotMatch(JSON.stringify([error?.message, error?.upstream]), /CANARY/);
  });

  it('no key at all', async () => {
    assert.equal((await bench.ask({ secret: null })).error?.code, 'no_token_configured');
  });

  it('says when to ask again', async () => {
    bench.site.answer(
      scripts.status(429, {}, { 'x-ratelimit-reset-requests': '9s', 'x-ratelimit-remaining-requests': '0' }),
    );
    assert.equal((await bench.ask()).error?.retryAfterMs, 9_000);
  });

  it('a service that never answers, and one that stops', async () => {
    const provider = bench.provider({ timeouts: { headersTimeout: 60, idleTimeout: 60 } });
    for (const [script, shown] of [
      [scripts.hang(), ''],
      [scripts.stall(2), 'part 0 part 1 '],
    ] as const) {
      bench.site.answer(script);
      const result = await bench.ask({}, provider);
      assert.deepEqual([result.error?.code, result.text], ['upstream_timeout', shown]);
    }
    await until(() => bench.site.seen.every(({ outcome }) => outcome === 'aborted'));
  });

  it('nobody there', async () => {
    const { error } = await bench.ask({}, bench.provider({ baseUrl: 'http://127.0.0.1:1/v1' }));
    assert.equal(error?.code, 'upstream_unreachable');
  });

  for (const baseUrl of [
    'http://169.254.169.254/v1',
    'https://[fe80::1]/v1',
    'http://api.example.com/v1',
    'https://me:pw@api.example.com',
    'file:///etc',
    'nonsense://',
    'https://',
    '',
  ]) {
    it(`an address where no service may be: ${baseUrl}`, async () => {
      const { error } = await bench.ask({}, bench.provider({ baseUrl }));
      assert.deepEqual([error?.code, /base URL/.test(error?.hint ?? '')], ['upstream_unreachable', true]);
    });
  }

  it('follows no redirect, so that the key stays where it belongs', async () => {
    let asked = 0;
    const other = createServer((_request, response) => {
      asked += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    bench.site.answer(scripts.status(307, '', { location: `http://127.0.0.1:${portOf(other)}/` }));
    const { error } = await bench.ask();
    assert.deepEqual([error?.code, asked], ['no_such_api', 0]);
    other.close();
  });
});

describe('leaving', () => {
  for (const [name, script] of [
    ['before the headers', scripts.hang()],
    ['in the middle', scripts.stall(2)],
  ] as const) {
    it(`closes the upstream: ${name}`, async () => {
      bench.site.answer(script);
      const controller = new AbortController();
      const asked = bench.ask({ signal: controller.signal, seen: () => controller.abort() });
      await until(() => bench.site.seen.length === 1);
      if (name === 'before the headers') controller.abort();
      assert.equal((await asked).error?.code, 'client_closed');
      await until(() => bench.site.seen[0]?.outcome === 'aborted');
    });
  }

  it('by no longer reading closes it too', async () => {
    bench.site.answer(scripts.stall(2));
    let seen = 0;
    await bench.ask({
      seen() {
        seen += 1;
        throw new Error('enough');
      },
    });
    assert.equal(seen, 1);
    await until(() => bench.site.seen[0]?.outcome === 'aborted');
  });
});
