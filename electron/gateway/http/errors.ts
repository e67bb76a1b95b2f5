import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { ChatError, toChatError } from '../chat/errors.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { discardRest } from './unread.ts';

const maxRetryAfterSeconds = 60;
/** Up to these waits a client does well to repeat by itself: tokens may be longer away than they say, a limit never is. */
const longestWaits: ReadonlyMap<string, number> = new Map([
  ['no_token_available', 10_000],
  ['rate_limit_exceeded', 60_000],
]);

/** What clients are advised when the provider named no time; Codex repeats a 429 only if it is told when. */
function retryAfterSeconds(error: ChatError): number | null {
  if (error.retryAfterMs !== undefined)
    return Math.min(maxRetryAfterSeconds, Math.max(1, Math.ceil(error.retryAfterMs / 1000)));
  if (error.code === 'shutting_down' || error.code === 'queue_full' || error.code === 'queue_timeout') return 2;
  return error.status === 429 ? 30 : null;
}

function shouldRetry(error: ChatError): boolean | undefined {
  const short = longestWaits.get(error.code);
  return short !== undefined && error.retryAfterMs !== undefined ? error.retryAfterMs <= short : error.shouldRetry;
}

export function statusFor(dialect: Dialect, error: ChatError): number {
  return dialect.errorStatus?.(error) ?? error.status;
}

/** What clients act on without reading the body. */
export function errorHeaders(error: ChatError): Readonly<Record<string, string>> {
  const wait = retryAfterSeconds(error);
  const retry = shouldRetry(error);
  return {
    ...(wait !== null && { 'retry-after': String(wait) }),
    ...(retry !== undefined && { 'x-should-retry': String(retry) }),
  };
}

/** Sends an error in the shape of the dialect, with the headers its clients act on. */
export function sendError(response: Response, dialect: Dialect, error: ChatError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const requestId = String(response.getHeader('x-request-id') ?? '');
  for (const [name, value] of Object.entries(errorHeaders(error))) response.setHeader(name, value);
  if (error.code === 'shutting_down') response.setHeader('connection', 'close');
  response.status(statusFor(dialect, error)).json(dialect.errorBody(error, requestId));
  discardRest(response.req);
}

/** The last handler of the app: whatever was thrown becomes JSON, and a fault of ours is logged without the request. */
export function errorHandler(speaks: (request: Request) => Dialect, log: Logger): ErrorRequestHandler {
  return (thrown: unknown, request, response, _next) => {
    const error =
      thrown instanceof URIError ? new ChatError('not_found', 'The path is not valid.') : toChatError(thrown);
    if (error.code === 'internal_error')
      log.error({ err: thrown, method: request.method, route: request.path.slice(0, 200) }, 'request failed');
    sendError(response, speaks(request), error);
  };
}
