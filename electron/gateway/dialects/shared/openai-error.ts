import type { ChatError } from '../../chat/errors.ts';

const types: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
};

function errorType(status: number): string {
  return types[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error');
}

export interface ErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string;
  };
}

/**
 * OpenAI's error object: what happened, then the one thing to do. The request id is repeated only where the user is asked to report it.
 * What an upstream said is not shown here; it is in the log, redacted.
 */
export function errorBody(error: ChatError, requestId?: string): ErrorBody {
  const report = error.code === 'internal_error' && requestId ? ` Request id: ${requestId}` : '';
  const message = `${error.message} ${error.hint}${report}`.trim();
  return { error: { message, type: errorType(error.status), param: error.param ?? null, code: error.code } };
}
