import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Blame } from '../../../../shared/blame.ts';
import type { ErrorCode } from '../../chat/errors.ts';
import { failureOf } from '../wire/anthropic-messages/errors.ts';
import { refusalError } from '../wire/openai-chat/errors.ts';
import { basesOf } from './bases.ts';
import { chatRules, messagesRules } from './errors.ts';

const now = Date.parse('2026-09-01T12:00:00+08:00');
const rulesAt = (setting: string) => chatRules(basesOf(setting) ?? assert.fail());
const bodyOf = (code: number | string, message = 'in words') => ({ error: { code: String(code), message } });

function meaning(body: unknown, status = 400, base = 'standard') {
  return refusalError({ status, body, now }, 'Z.AI API', rulesAt(base));
}

/** Every code of the vendor's table, with the HTTP status it comes with. */
export const table: readonly (readonly [code: number, http: number, ErrorCode, Blame, failover: boolean])[] = [
  [500, 500, 'upstream_error', 'provider', true],
  ...[1000, 1001, 1002, 1003, 1004].map((code) => [code, 401, 'upstream_auth_failed', 'credential', true] as const),
  ...[1100, 1110, 1111, 1112, 1121].map((code) => [code, 429, 'upstream_auth_failed', 'credential', true] as const),
  [1120, 500, 'upstream_error', 'provider', true],
  [1113, 429, 'wrong_base', 'gateway', true],
  ...[1200, 1210, 1212, 1213, 1214, 1215].map((code) => [code, 400, 'request_rejected', 'request', false] as const),
  [1211, 400, 'model_not_found', 'request', false],
  ...[1220, 1221, 1222].map((code) => [code, 400, 'model_not_allowed', 'request', false] as const),
  ...[1230, 1231, 1234].map((code) => [code, 500, 'upstream_error', 'provider', true] as const),
  [1261, 400, 'context_length_exceeded', 'request', false],
  [1300, 400, 'request_rejected', 'request', false],
  [1301, 400, 'request_rejected', 'request', false],
  [1302, 429, 'concurrency_limited', 'rate', true],
  [1303, 429, 'upstream_rate_limited', 'rate', true],
  [1304, 429, 'quota_exceeded', 'quota', true],
  [1305, 429, 'upstream_rate_limited', 'rate', true],
  [1308, 429, 'quota_exceeded', 'quota', true],
  [1309, 429, 'plan_expired', 'credential', true],
  [1310, 429, 'quota_exceeded', 'quota', true],
  [1311, 429, 'model_not_in_plan', 'request', true],
  [1312, 429, 'upstream_error', 'provider', true],
  [1313, 429, 'quota_exceeded', 'quota', true],
];

describe('refusals of the vendor', () => {
  for (const [code, http, meant, blame, failover] of table) {
    it(`${code} is ${meant}`, () => {
      // As an HTTP reply, inside a stream that had begun, and as the bare object.
      for (const error of [meaning(bodyOf(code), http), meaning(bodyOf(code), 200), meaning({ code, message: 'in words' }, 200)]) {
        assert.deepEqual([error.code, error.blame, error.failover], [meant, blame, failover]);
        assert.match(error.message, /in words\.$/);
        assert.equal(error.upstream?.code, code);
      }
    }); // prettier-ignore
  }

  for (const [base, code, meant, other] of [
    ['standard', 1113, 'wrong_base', 'coding'],
    ['china', 1113, 'wrong_base', 'china-coding'],
    ['coding', 1309, 'wrong_base', 'standard'],
    ['china-coding', 1309, 'wrong_base', 'china'],
    ['coding', 1113, 'quota_exceeded', ''],
    ['standard', 1309, 'plan_expired', ''],
    ['https://proxy.example/v1', 1113, 'quota_exceeded', ''],
  ] as const) {
    it(`${code} at ${base} is ${meant}`, () => {
      const error = meaning(bodyOf(code), 429, base);
      assert.equal(error.code, meant);
      assert.ok(error.hint.includes(other));
    });
  }

  for (const [name, body, meant] of [
    ['in the type', { type: 'error', error: { type: '1308', message: 'in words' } }, 'quota_exceeded'],
    ['as a code beside a type', { type: 'error', error: { type: 'rate_limit_error', code: '1302', message: 'x' } }, 'concurrency_limited'],
    ['at the beginning of the words', { type: 'error', error: { type: 'invalid_request_error', message: '[1211][Unknown model]' } }, 'model_not_found'],
    ['spelled in the words', { type: 'error', error: { type: 'api_error', message: 'Upstream error, code: 1261' } }, 'context_length_exceeded'],
    ['both kinds of key are good there: no balance', bodyOf(1113), 'quota_exceeded'],
    ['both kinds of key are good there: no plan', bodyOf(1309), 'plan_expired'],
    ['a number that is none of its codes', { type: 'error', error: { type: 'invalid_request_error', message: '1500 tokens are too many' } }, 'request_rejected'],
  ] as const) {
    it(`of the Messages base: ${name}`, () => {
      const error = failureOf({ status: 400, body, now }, { name: 'Z.AI API', rules: messagesRules });
      assert.equal(error.code, meant);
    });
  } // prettier-ignore

  it('without a code: by the status and the words', () => {
    assert.equal(meaning({ error: { message: 'beta' } }, 434).code, 'model_not_allowed');
    assert.equal(meaning({ error: { message: 'file' } }, 435).code, 'request_too_large');
    assert.equal(meaning({ error: { message: '您当前使用该API的并发数过高' } }, 429).code, 'concurrency_limited');
    assert.equal(meaning({ error: { message: 'slow down' } }, 429).code, 'upstream_rate_limited');
  });

  for (const [words, waits] of [
    ['Usage limit reached for 5 hour. Your limit will reset at 2026-09-01 15:30:00', 3.5 * 3_600_000],
    ['您的限额将在 2026-09-01 12:00:30 重置', 30_000],
    ['resets at 2026-09-01T05:00Z', 3_600_000],
    ['Your weekly limit will reset at 2026-09-06 00:00:00', 26 * 3_600_000],
    ['reset at 2026-09-01 11:00:00', undefined],
    ['reset at some time', undefined],
  ] as const) {
    it(`a quota rests as long as it says: ${words}`, () => {
      assert.equal(meaning(bodyOf(1308, words), 429).retryAfterMs, waits);
    });
  }
});
