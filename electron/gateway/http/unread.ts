import type { IncomingMessage } from 'node:http';

/** More than any body that is allowed, so that a client in good faith has sent all of it and reads why it was refused. */
const mostBytes = 64 << 20;
const mostMs = 10_000;

/**
 * Watches over the rest of a body that nobody wants: it is thrown away as it comes, so that the client reads its answer and the
 * connection serves its next request; one that does not come to its end soon is closed with its connection.
 */
export function discardRest(request: IncomingMessage, { bytes = mostBytes, ms = mostMs } = {}): void {
  const { socket } = request;
  if (request.complete || socket.destroyed) return;
  let left = bytes;
  const late = setTimeout(() => socket.destroy(), ms).unref();
  const done = () => clearTimeout(late);
  request.once('end', done).once('close', done);
  request.on('data', (chunk: Uint8Array) => {
    left -= chunk.length;
    if (left < 0) socket.destroy();
  });
}
