import type { Readable } from 'node:stream';
import { ChatError } from '../../../chat/errors.ts';
import { toBodyError } from '../../../network/errors.ts';
import type { NetworkResponse } from '../../../network/network.ts';

/** Small things around `network.request` that every call of this provider needs. */

/** The body as text; what breaks while it is read is a ChatError too. */
export async function textOfReply(response: NetworkResponse, url: string, limit?: number): Promise<string> {
  try {
    return await response.text(limit);
  } catch (error) {
    throw toBodyError(error, new URL(url).host);
  }
}

/** Closes the connection of a body. Breaking it off makes it emit an error, which is nobody's any more. */
export function discard(body: Readable): void {
  body.on('error', () => {});
  body.destroy();
}

const leftoverBytes = 64 * 1024;
const leftoverMs = 1_000;

/** Reads the few bytes after the last event, so that the connection can serve the next request; gives up soon. */
export function drain(body: Readable): void {
  let left = leftoverBytes;
  const timer = setTimeout(() => discard(body), leftoverMs);
  timer.unref();
  body.once('close', () => clearTimeout(timer));
  body.on('error', () => {});
  body.on('data', (chunk: Uint8Array) => {
    left -= chunk.length;
    if (left < 0) discard(body);
  });
  body.resume();
}

export const cancelled = (): ChatError => new ChatError('client_closed', 'The request was cancelled.');

/** Waits for shared work without being held by it: whoever leaves, leaves at once. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(cancelled());
  return new Promise((resolve, reject) => {
    const leave = () => reject(cancelled());
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
