import type { ChatError } from '../../chat/errors.ts';
import { ThreadRefusal } from './thread.ts';

/** Anthropic's word for each status; Claude Code acts on it (docs: API errors). */
const types: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

/** Anthropic says 529 where others say 503 for "all are busy": clients wait and try again instead of giving up. */
export function errorStatus(error: ChatError): number {
  return error.code === 'no_token_available' || error.code === 'provider_unavailable' ? 529 : error.status;
}

function errorType(error: ChatError): string {
  if (error.code === 'queue_full' || error.code === 'queue_timeout') return 'overloaded_error';
  const status = errorStatus(error);
  return types[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error');
}

/** The words at which Claude Code makes room in the conversation instead of giving up. */
const tooLong = /prompt is too long/i;

export interface ErrorBody {
  readonly type: 'error';
  readonly error: { readonly type: string; readonly message: string; readonly details?: object };
  readonly request_id: string;
}

/** Anthropic's error object: what happened, then the one thing to do. */
export function errorBody(error: ChatError, requestId: string): ErrorBody {
  const said = `${error.message} ${error.hint}`.trim();
  const message =
    error.code === 'context_length_exceeded' && !tooLong.test(said) ? `prompt is too long: ${said}` : said;
  const details = error instanceof ThreadRefusal ? { details: error.details } : {};
  return { type: 'error', error: { type: errorType(error), message, ...details }, request_id: requestId };
}
