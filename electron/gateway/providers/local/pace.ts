import { setImmediate, setTimeout } from 'node:timers/promises';
import { ChatError } from '../../chat/errors.ts';

function closed(cause: unknown): ChatError {
  return new ChatError('client_closed', 'The client closed the connection before the answer was complete.', { cause });
}

/** Waits `ms` milliseconds, or throws ChatError `client_closed` at once when the client leaves. */
export async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch((cause: unknown) => Promise.reject(closed(cause)));
}

/** Lets other connections have their turn between two batches, so that batches leave as separate chunks; throws like `rest`. */
export async function turn(signal: AbortSignal): Promise<void> {
  await setImmediate(undefined, { signal }).catch((cause: unknown) => Promise.reject(closed(cause)));
}
