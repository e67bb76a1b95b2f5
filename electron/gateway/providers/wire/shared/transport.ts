import { ChatError } from '../../../chat/errors.ts';
import { toBodyError } from '../../../network/errors.ts';
import type { NetworkResponse } from '../../../network/network.ts';

/** Small things around `network.request` that every provider needs. */

/** The body as text; what breaks while it is read is a ChatError too. */
export async function textOfReply(response: NetworkResponse, url: string, limit?: number): Promise<string> {
  try {
    return await response.text(limit);
  } catch (error) {
    throw toBodyError(error, new URL(url).host);
  }
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
