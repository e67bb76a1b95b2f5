import { ChatError, type ErrorCode } from '../../chat/errors.ts';

/** Which failure of a real provider a status stands for. */
const codes: Readonly<Record<number, ErrorCode>> = {
  401: 'upstream_auth_failed',
  403: 'model_not_allowed',
  404: 'model_not_found',
  408: 'upstream_timeout',
  413: 'request_too_large',
  429: 'upstream_rate_limited',
  502: 'upstream_error',
  504: 'upstream_timeout',
};

const retryAfterMs = 2_000;

/** The failure a test asked for, with exactly this HTTP status (400–599). */
export function failure(status: number): ChatError {
  const code = codes[status] ?? (status >= 500 ? 'upstream_error' : 'request_rejected');
  return new ChatError(code, `This test model failed with status ${status}, as it was asked to.`, {
    status,
    upstream: { status },
    hint: 'Nothing is broken; this answer shows how a client displays the error.',
    ...(status === 429 || status === 503 ? { retryAfterMs } : {}),
  });
}

/** A connection that breaks in the middle of an answer. */
export function broken(): ChatError {
  return new ChatError('upstream_disconnect', 'This test model broke off its answer, as it was asked to.');
}
