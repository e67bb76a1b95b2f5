import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Response } from 'express';
import { ChatError, type ChatErrorOptions, type ErrorCode } from '../chat/errors.ts';
import { openaiChat } from '../dialects/openai-chat/dialect.ts';
import { sendError } from './errors.ts';

/** What a client is told: status, Retry-After, x-should-retry. */
function told(
  code: ErrorCode,
  options: ChatErrorOptions = {},
): readonly [number, string | undefined, string | undefined] {
  const headers = new Map<string, string>();
  let status = 0;
  const response = {
    headersSent: false,
    req: { complete: true, socket: {} },
    getHeader: () => 'req_1',
    setHeader: (name: string, value: string) => headers.set(name, value),
    status: (sent: number) => ((status = sent), { json: () => {} }),
  };
  // Nothing else of a response is used.
  sendError(response as unknown as Response, openaiChat, new ChatError(code, 'x', options));
  return [status, headers.get('retry-after'), headers.get('x-should-retry')];
}

test('waits are told in seconds, at least one and at most sixty', () => {
  assert.deepEqual(told('no_token_available', { retryAfterMs: 42_000 }), [503, '42', 'false']);
  assert.deepEqual(told('no_token_available', { retryAfterMs: 7_400 }), [503, '8', 'true']);
  assert.deepEqual(told('upstream_rate_limited', { retryAfterMs: 3_600_000 }), [429, '60', 'false']);
  assert.deepEqual(told('upstream_rate_limited', { retryAfterMs: 10 }), [429, '1', 'false']);
});

test('a 429 and a stop always name a wait', () => {
  assert.deepEqual(told('upstream_rate_limited'), [429, '30', 'false']);
  assert.deepEqual(told('shutting_down'), [503, '2', 'true']);
});

test('what cannot get better by itself is not to be repeated', () => {
  assert.deepEqual(told('invalid_api_key'), [401, undefined, 'false']);
  assert.deepEqual(told('upstream_error'), [502, undefined, 'false']);
});
