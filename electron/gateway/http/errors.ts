import type { ErrorRequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { ChatError, toChatError } from '../chat/errors.ts';
import type { Dialect } from '../dialects/dialect.ts';

const maxRetryAfterSeconds = 60;

/** Sends an error in the shape of the dialect, with the headers its clients act on. */
export function sendError(response: Response, dialect: Dialect, error: ChatError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const requestId = String(response.getHeader('x-request-id') ?? '');
  if (error.retryAfterMs !== undefined) {
    response.setHeader(
      'retry-after',
      String(Math.min(maxRetryAfterSeconds, Math.max(1, Math.ceil(error.retryAfterMs / 1000)))),
    );
  }
  if (error.shouldRetry !== undefined) response.setHeader('x-should-retry', String(error.shouldRetry));
  if (error.code === 'shutting_down') response.setHeader('connection', 'close');
  response.status(error.status).json(dialect.errorBody(error, requestId));
}

/** The last handler of the app: whatever was thrown becomes JSON, and a fault of ours is logged without the request. */
export function errorHandler(dialect: Dialect, log: Logger): ErrorRequestHandler {
  return (thrown: unknown, request, response, _next) => {
    const error =
      thrown instanceof URIError ? new ChatError('not_found', 'The path is not valid.') : toChatError(thrown);
    if (error.code === 'internal_error')
      log.error({ err: thrown, method: request.method, route: request.path }, 'request failed');
    sendError(response, dialect, error);
  };
}
