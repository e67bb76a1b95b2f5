import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { classify } from './errors.ts';

const page = '<html><title>x</title></html>';
const cases: readonly (readonly [name: string, status: number, body: unknown, code: string, blame: string])[] = [
  ['not signed in, HTTP 200', 200, { code: 401, message: '用户未登录' }, 'upstream_auth_failed', 'credential'],
  ['not signed in, by words alone', 200, { code: 1002, message: '请登录后再试' }, 'upstream_auth_failed', 'credential'],
  ['an expired token', 200, { code: 1, message: 'token expired' }, 'upstream_auth_failed', 'credential'],
  ['401', 401, {}, 'upstream_auth_failed', 'credential'],
  ['403', 403, { message: 'Forbidden' }, 'upstream_auth_failed', 'credential'],
  ['too fast, HTTP 200', 200, { code: 429, message: '操作太快，请稍后再试' }, 'upstream_rate_limited', 'rate'],
  ['too fast, by words alone', 200, { code: 500001, message: '请求过于频繁' }, 'upstream_rate_limited', 'rate'],
  ['429', 429, 'Too Many Requests', 'upstream_rate_limited', 'rate'],
  ['the quota of a day', 200, { code: 1010, message: '今日对话次数已达上限' }, 'quota_exceeded', 'quota'],
  ['the guard, in its words', 403, { code: 403, msg: '请求异常，拒绝操作' }, 'guard_required', 'captcha'],
  ['the guard, by its signature', 200, { code: 1, message: 'mtgsig invalid' }, 'guard_required', 'captcha'],
  ['the guard, by its page', 200, { code: 1, message: 'see https://verify.meituan.com/v2' }, 'guard_required', 'captcha'],
  ['a page with 200', 200, page, 'upstream_blocked', 'captcha'],
  ['a page with 403', 403, page, 'upstream_blocked', 'captcha'],
  ['a page with 404', 404, page, 'upstream_protocol', 'provider'],
  ['a page with 502', 502, page, 'upstream_error', 'provider'],
  ['a redirect', 302, '', 'upstream_protocol', 'provider'],
  ['sensitive content', 200, { code: 1003, message: '内容包含敏感信息' }, 'request_rejected', 'request'],
  ['too long', 200, { code: 1004, message: '输入过长' }, 'context_length_exceeded', 'request'],
  ['413', 413, '', 'request_too_large', 'request'],
  ['wrong parameters', 200, { code: 400, message: '参数错误' }, 'request_rejected', 'request'],
  ['a session it does not know', 200, { code: 404, message: '会话不存在' }, 'upstream_protocol', 'provider'],
  ['busy, with 500', 500, { message: '系统繁忙，请稍后再试' }, 'upstream_error', 'provider'],
  ['504', 504, {}, 'upstream_timeout', 'provider'],
  ['anything else', 200, { code: 1, message: 'x' }, 'upstream_error', 'provider'],
]; // prettier-ignore

describe('what refusals mean', () => {
  for (const [name, status, body, code, blame] of cases) {
    it(name, () => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const error = classify({ status, body: text, now: 0 });
      assert.deepEqual([error.code, error.blame], [code, blame]);
      assert.match(error.message, /LongCat|quota/);
    });
  }

  it('the guard is explained, and leads to the official API', () => {
    const { message, hint, failover } = classify({ status: 200, body: { code: 1, message: 'h5guard' }, now: 0 });
    assert.match(`${message} ${hint}`, /guard.*official API key/);
    assert.equal(failover, false);
  });

  it('the wait that the site names is kept, and no token is repeated', () => {
    const secret = 'AgE-secret-token';
    const error = classify({ status: 429, headers: { 'retry-after': '7' }, body: { message: `no ${secret}` }, now: 0, secret });
    assert.equal(error.retryAfterMs, 7_000);
    assert.ok(!JSON.stringify([error.message, error.upstream]).includes(secret));
  }); // prettier-ignore
});
