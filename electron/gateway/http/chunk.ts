import type { ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';

/** What has room or not: the socket, once the response has it. */
export const outlet = (response: ServerResponse): Writable => response.socket ?? response;

/**
 * Writes text as one chunk of a stream, in one call to the socket. `response.write` hands over length, text and line ends one
 * by one, and Node then copies them together; for a stream of small pieces that costs more than making them. False: the
 * client is slower, wait for `drain` of the outlet.
 */
export function writeChunk(response: ServerResponse, text: string): boolean {
  // Without a socket an earlier answer of the connection is not over yet; a client of HTTP/1.0 knows no chunks.
  if (!response.headersSent || !response.socket || !response.chunkedEncoding) return response.write(text);
  return response.socket.write(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
}
