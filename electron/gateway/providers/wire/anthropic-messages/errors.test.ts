import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Blame } from '../../../../../shared/blame.ts';
import type { ErrorCode } from '../../../chat/errors.ts';
import { failureOf } from './errors.ts';

const envelope = (type: string, message: string) => JSON.stringify({ type: 'error', error: { type, message } });
type Case = readonly [status: number, body: string, code: ErrorCode, blame: Blame];

const cases: readonly Case[] = [
  [400, envelope('invalid_request_error', 'messages: too short'), 'request_rejected', 'request'],
  [422, '{"detail":[{"msg":"field required"}]}', 'request_rejected', 'request'],
  [400, envelope('invalid_request_error', 'Your credit balance is too low to access the Anthropic API.'), 'quota_exceeded', 'quota'],
  [400, envelope('invalid_request_error', 'You have reached your specified API usage limits.'), 'quota_exceeded', 'quota'],
  [401, envelope('authentication_error', 'invalid x-api-key'), 'upstream_auth_failed', 'credential'],
  [402, envelope('billing_error', 'Payment required'), 'quota_exceeded', 'quota'],
  [403, envelope('permission_error', 'Not for this key'), 'upstream_auth_failed', 'credential'],
  [403, envelope('permission_error', 'Your key may not use the model x'), 'model_not_allowed', 'request'],
  [403, '{"error":{"type":"permission_error","code":"insufficient_quota","message":"No tokens"}}', 'quota_exceeded', 'quota'],
  [403, '{"error":{"type":"forbidden","message":"Request not allowed"}}', 'region_not_served', 'network'],
  [404, envelope('not_found_error', 'model: claude-9'), 'model_not_found', 'request'],
  [404, '{"detail":"Not Found"}', 'no_such_api', 'provider'],
  [404, '<html>nginx</html>', 'no_such_api', 'provider'],
  [413, envelope('request_too_large', 'Request exceeds the maximum size'), 'request_too_large', 'request'],
  [413, '', 'request_too_large', 'request'],
  [429, envelope('rate_limit_error', 'This request would exceed your rate limit of 30,000 tokens per minute'), 'upstream_rate_limited', 'rate'],
  [429, envelope('rate_limit_error', 'You have reached your weekly limit'), 'quota_exceeded', 'quota'],
  [500, envelope('api_error', 'Internal server error'), 'upstream_error', 'provider'],
  [502, '<html>Bad gateway</html>', 'upstream_error', 'provider'],
  [503, '<html>Just a moment</html>', 'upstream_blocked', 'captcha'],
  [504, envelope('timeout_error', 'Too slow'), 'upstream_timeout', 'provider'],
  [529, envelope('overloaded_error', 'Overloaded'), 'upstream_error', 'provider'],
  // Inside a stream there is only the kind.
  [200, envelope('overloaded_error', 'Overloaded'), 'upstream_error', 'provider'],
  [200, envelope('rate_limit_error', 'Slow down'), 'upstream_rate_limited', 'rate'],
  [200, envelope('invalid_request_error', 'prompt is too long: 3 tokens > 2 maximum'), 'context_length_exceeded', 'request'],
  [200, envelope('authentication_error', 'expired'), 'upstream_auth_failed', 'credential'],
  [200, envelope('constructor', 'odd'), 'upstream_error', 'provider'],
  [508, '{"error":{"code":"loop_detected","message":"x"}}', 'loop_detected', 'gateway'],
]; // prettier-ignore

describe('a refusal', () => {
  for (const [status, body, code, blame] of cases)
    it(`${status} ${body.slice(0, 90)}: ${code}`, () => {
      const error = failureOf({ status, body, now: 0 }, { name: 'Acme' });
      assert.deepEqual([error.code, error.blame], [code, blame]);
      assert.doesNotMatch(error.message, /[<{]|undefined/);
    });

  it('of a request is said in the words of the service alone', () => {
    const words = 'input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000, decrease one.';
    const error = failureOf({ status: 400, body: envelope('invalid_request_error', words), now: 0 }, { name: 'Acme' });
    assert.deepEqual([error.message, error.hint], [words, '']);
    assert.equal(
      failureOf({ status: 400, body: '', now: 0 }, { name: 'Acme' }).message,
      'Acme rejected the request (HTTP 400).',
    );
  });

  it('that is a page at a wrong address says where to look', () => {
    const error = failureOf({ status: 404, body: '<html>', now: 0 }, { name: 'Acme' });
    assert.equal(error.hint, 'Check the base URL of this provider.');
  });
});
