import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError, type ErrorCode } from '../../chat/errors.ts';
import { openaiChat } from './dialect.ts';

test('the type of an error follows its status', () => {
  const cases: [ErrorCode, string][] = [
    ['invalid_parameter', 'invalid_request_error'],
    ['context_length_exceeded', 'invalid_request_error'],
    ['invalid_api_key', 'authentication_error'],
    ['forbidden_host', 'permission_error'],
    ['model_not_found', 'not_found_error'],
    ['method_not_allowed', 'invalid_request_error'],
    ['request_too_large', 'invalid_request_error'],
    ['upstream_rate_limited', 'rate_limit_error'],
    ['no_token_available', 'api_error'],
    ['upstream_error', 'api_error'],
    ['internal_error', 'api_error'],
  ];
  for (const [code, type] of cases) {
    const body = openaiChat.errorBody(new ChatError(code, 'It failed.'), 'req_1');
    assert.deepEqual(body, { error: { ...(body as { error: object }).error, type, param: null, code } });
  }
});

test('an error says what happened, what to do and which parameter; not what the provider said', () => {
  const error = new ChatError('upstream_error', 'Z.AI answered with an error.', {
    param: 'model',
    upstream: { message: 'SECRET' },
  });
  assert.deepEqual(openaiChat.errorBody(error, 'req_1'), {
    error: {
      message: 'Z.AI answered with an error. Try again later, or choose another model.',
      type: 'api_error',
      param: 'model',
      code: 'upstream_error',
    },
  });
});

test('the request id is named where it is to be reported', () => {
  const body = JSON.stringify(openaiChat.errorBody(new ChatError('internal_error', 'It failed.'), 'req_1'));
  assert.match(body, /report the request id\. Request id: req_1"/);
});
