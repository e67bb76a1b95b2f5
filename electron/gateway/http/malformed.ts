import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ChatError } from '../chat/errors.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { errorHeaders } from './errors.ts';

/** Says whose client is calling (dialect-of.ts). */
export type Speaks = (request: { readonly path: string; readonly headers: IncomingHttpHeaders }) => Dialect;

interface ReaderError extends NodeJS.ErrnoException {
  /** What had just come in when the reader gave up. */
  readonly rawPacket?: Buffer;
}

/** What Node's own reader of HTTP refuses; anything else is a request that is none. */
function toError({ code }: ReaderError): ChatError {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new ChatError('request_timeout', 'The request did not arrive in time.');
    case 'HPE_HEADER_OVERFLOW':
      return new ChatError('headers_too_large', 'The headers of the request are too large.');
    default:
      return new ChatError('bad_request', 'This is not a request of HTTP/1.1.');
  }
}

/** As much of a request as can be made out in what has just come in: its path, and headers without their values. */
function glimpse(packet: Buffer | undefined): { path: string; headers: IncomingHttpHeaders } {
  const [first = '', ...lines] = packet?.subarray(0, 32_768).toString('latin1').split('\r\n') ?? [];
  const target = /^[A-Z]{1,20} (\S{1,2000}) HTTP\/1\.\d$/.exec(first)?.[1];
  if (target === undefined) return { path: '', headers: {} };
  const names = lines.flatMap((line) => /^([\w-]{1,100}):/.exec(line)?.[1]?.toLowerCase() ?? []);
  return { path: pathOf(target), headers: Object.fromEntries(names.map((name) => [name, ''])) };
}

const pathOf = (target = ''): string => target.replace(/^https?:\/\/[^/?#]*/i, '').split('?')[0] ?? '';

/**
 * Answers in JSON what never becomes a request, and closes the connection. The form is that of the client's dialect, as far as
 * its path is known by then: headers that never end do not tell it.
 */
export function answerMalformed(server: Server, speaks: Speaks): void {
  const answering = new WeakMap<Duplex, { readonly request: IncomingMessage; readonly response: ServerResponse }>();
  const begun = (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    answering.set(socket, { request, response });
    response.once('close', () => answering.delete(socket));
  };
  server.on('request', begun);
  server.on('checkContinue', begun);
  server.on('clientError', (thrown: ReaderError, socket) => {
    const known = answering.get(socket);
    // Into an answer that has begun nothing else may be written.
    if (!socket.writable || known?.response.headersSent) {
      socket.destroy();
      return;
    }
    const error = toError(thrown);
    const { request } = known ?? {};
    const dialect = speaks(
      request ? { path: pathOf(request.url), headers: request.headers } : glimpse(thrown.rawPacket),
    );
    const id = known?.response.getHeader('x-request-id');
    const requestId = typeof id === 'string' ? id : `req_${randomUUID().replaceAll('-', '').slice(0, 24)}`;
    const body = JSON.stringify(dialect.errorBody(error, requestId));
    const head = [
      `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${requestId}`,
      ...(dialect.requestIdHeader === undefined ? [] : [`${dialect.requestIdHeader}: ${requestId}`]),
      ...Object.entries(errorHeaders(error)).map(([name, value]) => `${name}: ${value}`),
      'connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
  });
}
