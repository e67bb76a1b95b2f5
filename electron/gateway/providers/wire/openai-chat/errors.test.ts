import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ErrorCode } from '../../../chat/errors.ts';
import { code } from '../shared/classify.ts';
import { refusalError } from './errors.ts';

const page = '<!doctype html><html><title>x</title></html>';
const openai = (word: string | null, message = 'said so', type = 'invalid_request_error') => ({
  error: { message, type, param: null, code: word },
});

describe('what a refusal means', () => {
  const cases: readonly (readonly [string, number, unknown, ErrorCode])[] = [
    ['OpenAI: wrong key', 401, openai('invalid_api_key', 'Incorrect API key provided: sk-abcdefghijkl'), 'upstream_auth_failed'],
    ['OpenAI: no money', 429, openai('insufficient_quota', 'You exceeded your current quota', 'insufficient_quota'), 'quota_exceeded'],
    ['OpenAI: too fast', 429, openai('rate_limit_exceeded', 'Rate limit reached for gpt-4o on requests per min (RPM): Limit 3', 'requests'), 'upstream_rate_limited'],
    ['OpenAI: unknown model', 404, openai('model_not_found', 'The model `x` does not exist or you do not have access to it.'), 'model_not_found'],
    ['OpenAI: too long', 400, openai('context_length_exceeded', "This model's maximum context length is 8192 tokens."), 'context_length_exceeded'],
    ['OpenAI: content', 400, openai('content_policy_violation'), 'request_rejected'],
    ['OpenAI: place', 403, openai('unsupported_country_region_territory', 'Country, region, or territory not supported'), 'region_not_served'],
    ['OpenAI: parameter', 400, openai(null, "Unsupported value: 'temperature'"), 'request_rejected'],
    ['OpenAI: server', 500, openai(null, 'The server had an error', 'server_error'), 'upstream_error'],
    ['OpenAI: overloaded', 503, openai(null, 'The engine is currently overloaded'), 'upstream_error'],
    ['Azure: content', 400, openai('content_filter', "The response was filtered due to Azure OpenAI's content management policy."), 'request_rejected'],
    ['Azure: deployment', 404, { error: { code: 'DeploymentNotFound', message: 'The API deployment does not exist.' } }, 'model_not_found'],
    ['OpenRouter: credits', 402, { error: { code: 402, message: 'Insufficient credits' } }, 'quota_exceeded'],
    ['OpenRouter: moderation', 403, { error: { code: 403, message: 'Input was flagged', metadata: { reasons: [] } } }, 'request_rejected'],
    ['OpenRouter: no user', 401, { error: { code: 401, message: 'User not found.' } }, 'upstream_auth_failed'],
    ['OpenRouter: provider', 502, { error: { code: 502, message: 'Provider returned error' } }, 'upstream_error'],
    ['DeepSeek: balance', 402, openai('invalid_request_error', 'Insufficient Balance', 'unknown_error'), 'quota_exceeded'],
    ['DeepSeek: model', 400, openai('invalid_request_error', 'Model Not Exist'), 'model_not_found'],
    ['Moonshot: quota', 429, { error: { type: 'exceeded_current_quota_error', message: 'please check your account balance' } }, 'quota_exceeded'],
    ['Moonshot: rate', 429, { error: { type: 'rate_limit_reached_error', message: 'max organization concurrency: 1' } }, 'upstream_rate_limited'],
    ['Moonshot: overloaded', 429, { error: { type: 'engine_overloaded_error', message: 'The engine is currently overloaded' } }, 'upstream_error'],
    ['SiliconFlow: balance', 403, { code: 30001, message: 'Sorry, your account balance is insufficient', data: null }, 'quota_exceeded'],
    ['SiliconFlow: bare text', 401, '"Invalid token"', 'upstream_auth_failed'],
    ['DashScope: arrears', 400, openai('Arrearage', 'Access denied, please make sure your account is in good standing.'), 'quota_exceeded'],
    ['DashScope: content', 400, openai('data_inspection_failed', 'Input data may contain inappropriate content.'), 'request_rejected'],
    ['Groq: too large', 413, openai('rate_limit_exceeded', 'Request too large for model', 'tokens'), 'request_too_large'],
    ['Groq: gone', 400, openai('model_decommissioned', 'The model `x` has been decommissioned'), 'model_not_found'],
    ['Mistral: validation', 422, { detail: [{ loc: ['body', 'messages'], msg: 'field required', type: 'missing' }] }, 'request_rejected'],
    ['Gemini: quota by the minute', 429, [{ error: { code: 429, message: 'Quota exceeded for metric: generate_requests per minute', status: 'RESOURCE_EXHAUSTED' } }], 'upstream_rate_limited'],
    ['vLLM: parameter', 400, { object: 'error', message: 'top_k must be -1', type: 'BadRequestError', param: null, code: 400 }, 'request_rejected'],
    ['vLLM: too long', 400, { object: 'error', message: "This model's maximum context length is 4096 tokens.", type: 'BadRequestError', code: 400 }, 'context_length_exceeded'],
    ['vLLM: model', 404, { object: 'error', message: 'The model `x` does not exist.', type: 'NotFoundError', code: 404 }, 'model_not_found'],
    ['Ollama: model', 404, { error: { message: 'model "x" not found, try pulling it first', type: 'api_error' } }, 'model_not_found'],
    ['LM Studio: bare error', 400, { error: 'Trying to keep the first 5000 tokens when context the overflows. However, context length is 4096' }, 'context_length_exceeded'],
    ['llama.cpp: loading', 503, { error: { code: 503, message: 'Loading model', type: 'unavailable_error' } }, 'upstream_error'],
    ['llama.cpp: too long', 400, { error: { code: 400, message: 'the request exceeds the available context size', type: 'exceed_context_size_error' } }, 'context_length_exceeded'],
    ['LongCat: quota with 403', 403, { error: { message: 'quota', type: 'permission_error', code: 'insufficient_quota' } }, 'quota_exceeded'],
    ['LongCat: quota with 402', 402, { error: { message: 'quota' } }, 'quota_exceeded'],
    ['a model for others', 403, openai(null, 'Your plan does not include this model'), 'model_not_allowed'],
    ['a key without rights', 403, openai(null, 'Access denied'), 'upstream_auth_failed'],
    ['Traygate itself', 508, openai('loop_detected'), 'loop_detected'],
    ['a redirect', 302, '', 'no_such_api'],
    ['a page: wrong address', 404, page, 'no_such_api'],
    ['a page: captcha', 403, page, 'upstream_blocked'],
    ['a page: challenge', 503, page, 'upstream_blocked'],
    ['a page with 200', 200, page, 'upstream_blocked'],
    ['a page with 401', 401, page, 'upstream_blocked'],
    ['a page: gateway', 502, page, 'upstream_error'],
    ['a page: Cloudflare without its origin', 522, page, 'upstream_error'],
    ['a page: too large', 413, page, 'request_too_large'],
    ['a page: too fast', 429, page, 'upstream_rate_limited'],
    ['captcha in JSON', 403, { message: 'captcha required' }, 'upstream_blocked'],
    ['plain text: wrong address', 404, '404 page not found', 'no_such_api'],
    ['another method', 405, { detail: 'Method Not Allowed' }, 'no_such_api'],
    ['too slow', 504, {}, 'upstream_timeout'],
    ['too slow to send', 408, {}, 'upstream_timeout'],
    ['overloaded in its own status', 529, {}, 'upstream_error'],
    ['nothing at all', 500, '', 'upstream_error'],
    ['nothing at all, too fast', 429, '', 'upstream_rate_limited'],
  ]; // prettier-ignore
  for (const [name, status, body, expected] of cases) {
    it(name, () => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const error = refusalError({ status, body: text, now: 0 }, 'Acme');
      assert.equal(error.code, expected, error.message);
      assert.equal(error.upstream?.status, status);
      assert.match(error.message, /^\S.*[.!?…]$/);
      assert.doesNotMatch(error.message, /[<>{}]/);
    });
  }

  it("never punishes a key for the client, the address or the service's page", () => {
    for (const [status, body] of [
      [400, {}],
      [404, {}],
      [413, {}],
      [422, {}],
      [403, page],
      [401, page],
      [302, ''],
    ] as const)
      assert.ok(!['credential', 'quota', 'rate'].includes(refusalError({ status, body, now: 0 }, 'Acme').blame));
  });

  it('holds no secret', () => {
    const secret = ['CANARY-key', 'CANARY-header'];
    const body = { error: { message: 'bad CANARY-key and CANARY-header and sk-proj-abcdefghijk' } };
    const error = refusalError({ status: 400, body, now: 0, secret }, 'Acme');
    assert.doesNotMatch(JSON.stringify([error.message, error.upstream]), /CANARY|sk-proj/);
  });

  it('says when to ask again: the header, else the reset of the limit, and for quotas up to a day', () => {
    const wait = (status: number, headers: Record<string, string>, body: unknown = {}) =>
      refusalError({ status, headers, body, now: 0 }, 'Acme').retryAfterMs;
    assert.equal(wait(429, { 'retry-after': '7', 'x-ratelimit-reset-requests': '9s' }), 7_000);
    assert.equal(wait(429, { 'x-ratelimit-reset-requests': '9s' }), 9_000);
    assert.equal(wait(503, { 'retry-after': '7' }), 7_000);
    assert.equal(wait(500, { 'x-ratelimit-reset-requests': '9s' }), undefined);
    assert.equal(wait(429, { 'retry-after': '36000' }), 1_800_000);
    assert.equal(wait(429, { 'retry-after': '36000' }, openai('insufficient_quota')), 36_000_000);
  });

  it("asks the service's own lines first", () => {
    const own = [
      {
        when: code(1113),
        code: 'quota_exceeded',
        message: 'No balance at {name}: {text}',
        hint: 'Try the other base.',
      },
    ] as const;
    const error = refusalError(
      { status: 429, body: { error: { code: '1113', message: 'recharge' } }, now: 0 },
      'Acme',
      own,
    );
    assert.deepEqual(
      [error.code, error.message, error.hint],
      ['quota_exceeded', 'No balance at Acme: recharge.', 'Try the other base.'],
    );
  });
});
