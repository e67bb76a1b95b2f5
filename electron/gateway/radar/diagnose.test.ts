import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Breakage, CanaryKind } from '../../../shared/radar.ts';
import { ChatError, type ChatErrorOptions, type ErrorCode } from '../chat/errors.ts';
import { toFailure } from '../exchange/recorder.ts';
import { diagnose, diagnoseRest } from './diagnose.ts';

type Said = NonNullable<ChatErrorOptions['upstream']>;

test('each way in which a provider breaks has its name', () => {
  const cases: [Breakage, ErrorCode, Said?, CanaryKind?][] = [
    ['client-version', 'client_version_outdated', { status: 426 }],
    ['signature', 'client_version_outdated', { status: 400, message: 'Invalid signature' }],
    ['signature', 'client_version_outdated', { status: 200, message: '签名验证失败' }],
    ['captcha', 'captcha_required'],
    ['guard', 'guard_required'],
    ['waf', 'upstream_blocked', { status: 405 }],
    ['region', 'region_not_served'],
    ['region', 'model_not_allowed', { status: 403, message: 'The model is not available in your region.' }],
    ['region', 'upstream_auth_failed', { status: 403, message: '该地区不可用' }],
    ['credential', 'upstream_auth_failed', { status: 403, message: 'This key may not do that.' }],
    ['model-renamed', 'model_not_found'],
    ['model-refused', 'model_not_allowed', { status: 403, message: 'The model needs a higher level.' }],
    ['model-refused', 'model_not_in_plan'],
    ['plan', 'plan_expired'],
    ['quota', 'quota_exceeded'],
    ['rate', 'upstream_rate_limited'],
    ['rate', 'concurrency_limited'],
    ['base', 'wrong_base'],
    ['base', 'loop_detected'],
    ['base', 'no_such_api', { status: 404 }, 'key'],
    ['base', 'no_such_api', { status: 301 }, 'none'],
    ['format', 'no_such_api', { status: 404 }, 'token'],
    ['format', 'upstream_protocol', { status: 200 }, 'key'],
    ['network', 'upstream_unreachable'],
    ['dns', 'upstream_dns'],
    ['tls', 'upstream_tls'],
    ['proxy', 'proxy_unreachable'],
    ['timeout', 'upstream_timeout'],
    ['outage', 'upstream_error'],
    ['cut', 'upstream_truncated'],
    ['cut', 'upstream_disconnect'],
    ['request', 'request_rejected', { status: 400 }],
    ['resting', 'no_token_available'],
    ['traygate', 'internal_error'],
  ];
  for (const [broken, code, upstream, kind = 'token'] of cases) {
    const failure = toFailure(new ChatError(code, 'It failed.', upstream && { upstream }));
    assert.equal(diagnose(failure, kind), broken, `${code} ${JSON.stringify(upstream)} ${kind}`);
  }
});

test('tokens that rest are told by what has put them to rest', () => {
  const codes: [string | undefined, Breakage][] = [
    ['quota_exceeded', 'quota'],
    ['upstream_rate_limited', 'rate'],
    ['upstream_auth_failed', 'credential'],
    ['guest_token', 'credential'],
    ['something_new', 'resting'],
    [undefined, 'resting'],
  ];
  for (const [code, broken] of codes) assert.equal(diagnoseRest(code), broken, code);
});
