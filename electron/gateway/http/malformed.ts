import { randomUUID } from 'node:crypto';
import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** What Node's own reader of HTTP refuses, in the words of docs/errors.md; anything else is a request that is none. */
const refusals: Readonly<Record<string, readonly [status: string, code: string, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'request_timeout', 'The request did not arrive in time.'],
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'headers_too_large',
    'The headers of the request are too large.',
  ],
};
const unreadable = ['400 Bad Request', 'bad_request', 'This is not a request of HTTP/1.1.'] as const;

/** Answers in JSON what never becomes a request, and closes the connection. */
export function answerMalformed(server: Server): void {
  const answering = new WeakMap<Duplex, ServerResponse>();
  const begun = ({ socket }: { readonly socket: Duplex }, response: ServerResponse): void => {
    answering.set(socket, response);
    response.once('close', () => answering.delete(socket));
  };
  server.on('request', begun);
  server.on('checkContinue', begun);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Into an answer that has begun nothing else may be written.
    if (!socket.writable || answering.get(socket)?.headersSent) {
      socket.destroy();
      return;
    }
    const [status, code, message] = refusals[error.code ?? ''] ?? unreadable;
    const body = JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code } });
    const head = [
      `HTTP/1.1 ${status}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: req_${randomUUID().replaceAll('-', '').slice(0, 24)}`,
      'connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
  });
}
