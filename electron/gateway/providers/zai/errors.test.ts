import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import type { ErrorCode } from '../../chat/errors.ts';
import { classify, type Repair } from './errors.ts';
import { fixture } from './testing/fixtures.ts';

const shape = z.object({ status: z.number(), body: z.string() });

/** What must be made of each body of the fixture, in its order: see README: Errors. */
const expected: readonly (readonly [ErrorCode, Repair?])[] = [
  ['client_version_outdated', 'signature'],
  ['upstream_auth_failed'],
  ['upstream_auth_failed'],
  ['model_not_allowed'],
  ['upstream_blocked', 'version'],
  ['client_version_outdated', 'version'],
  ['upstream_rate_limited'],
  ['upstream_rate_limited'],
  ['upstream_rate_limited'],
  ['upstream_rate_limited'],
  ['upstream_rate_limited'],
  ['upstream_rate_limited'], // 1302 is the vendor's code for too high concurrency
  ['upstream_error'],
  ['upstream_error'], // a stream, which the stream parser reads: see transcript 11
  ['upstream_error'],
  ['upstream_error'],
];

describe('refusals of the fixture', () => {
  for (const [index, { status, body }] of fixture('zai-errors', shape).entries()) {
    it(`${status} ${body.slice(0, 60)}`, () => {
      const [code, repair] = expected[index] ?? [];
      if (body.startsWith('data: ')) return;
      const failure = classify({ status, body, now: 0 });
      assert.deepEqual([failure.error.code, failure.repair], [code, repair]);
      assert.equal(failure.error.upstream?.status, status);
    });
  }
});

const html = '<html><body>Verify that you are human</body></html>';

describe('other refusals', () => {
  const cases: readonly (readonly [string, number, unknown, ErrorCode, Repair?])[] = [
    ['captcha as JSON', 200, { error: { code: 'FRONTEND_CAPTCHA_REQUIRED' } }, 'captcha_required'],
    ['captcha by its second field', 400, { error: { code: 400, error_code: 'x', detail: 'captcha failed' } }, 'captcha_required'],
    ['web page with 200', 200, html, 'upstream_blocked'],
    ['web page with 403', 403, html, 'upstream_blocked'],
    ['web page with 503', 503, html, 'upstream_blocked'],
    ['gateway page', 502, '<html>502 Bad Gateway</html>', 'upstream_error'],
    ['code one level down', 400, { error: { data: { code: 429 } } }, 'upstream_rate_limited'],
    ['code and text on different levels', 500, { message: 'slow', data: { code: '1308' } }, 'quota_exceeded'],
    ['client outdated in band', 200, { detail: 'outdated', code: 426 }, 'client_version_outdated', 'version'],
    ['level in band', 200, { code: 403, detail: 'no' }, 'model_not_allowed'],
    ['auth in band', 200, { code: 401, detail: 'no' }, 'upstream_auth_failed'],
    ['chat unknown', 404, { detail: 'Chat not found' }, 'upstream_protocol', 'chat'],
    ['model unknown', 404, { detail: 'Model not found' }, 'model_not_found'],
    ['too long', 400, { error: { code: '1261', message: 'Prompt exceeds max length' } }, 'context_length_exceeded'],
    ['not in the plan', 200, { code: 1311, detail: 'no' }, 'model_not_in_plan'],
    ['no permission', 200, { code: 1220, detail: 'no' }, 'model_not_allowed'],
    ['unsafe content', 200, { code: '1301', detail: 'no' }, 'request_rejected'],
    ['a wrong parameter', 200, { code: 1214, detail: 'no' }, 'request_rejected'],
    ['a busy model', 429, { code: 1312, detail: 'no' }, 'upstream_error'],
    ['fair use', 200, { code: 1313, detail: 'no' }, 'quota_exceeded'],
    ['redirect', 302, '', 'upstream_protocol'],
    ['nothing at all', 500, '', 'upstream_error'],
    ['deep nonsense', 500, JSON.parse('{"error":'.repeat(50) + '1' + '}'.repeat(50)), 'upstream_error'],
  ]; // prettier-ignore
  for (const [name, status, body, code, repair] of cases) {
    it(name, () => {
      const failure = classify({ status, body, now: 0 });
      assert.deepEqual([failure.error.code, failure.repair], [code, repair]);
    });
  }

  it('never blames the token for the client or the address', () => {
    for (const body of ['签名验证失败', html, 'captcha'])
      assert.notEqual(classify({ status: 403, body, now: 0 }).error.blame, 'credential');
  });

  it('repeats no secret and no second line', () => {
    const secret = 'CANARY-token-123';
    const jwt = 'eyJhbGciOiJFUzI1NiJ9.eyJpZCI6IjEifQ.c2ln';
    const { error } = classify({ status: 400, body: { detail: `bad ${secret}\nand ${jwt} here` }, now: 0, secret });
    assert.equal(error.message, 'Z.AI rejected the request: bad ••• and ••• here.');
    assert.doesNotMatch(JSON.stringify(error.upstream), /CANARY|eyJ/);
  });
});

it('says when to ask again', () => {
  assert.equal(classify({ status: 429, body: '', headers: { 'retry-after': '7' }, now: 0 }).error.retryAfterMs, 7_000);
});

describe('the message', () => {
  for (const [said, ending] of [
    ['Too Many Requests', 'Too Many Requests.'],
    ['Please wait.', 'Please wait.'],
    ['请求过于频繁！', '请求过于频繁！'],
    ['', 'no reason given.'],
  ] as const) {
    it(`is a sentence when the site says ${JSON.stringify(said)}`, () => {
      const { error } = classify({ status: 429, body: { message: said }, now: 0 });
      assert.ok(error.message.endsWith(`: ${ending}`), error.message);
    });
  }
});
