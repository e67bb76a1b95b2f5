import { setImmediate, setTimeout } from 'node:timers/promises';
import { ChatError } from '../../chat/errors.ts';

/** Why the answer is over: what the gateway gave as a reason, else that the client has left. */
function closed(signal: AbortSignal): ChatError {
  const reason: unknown = signal.reason;
  return reason instanceof ChatError ? reason : new ChatError('client_closed', 'The client closed the connection.');
}

/** Waits `ms` milliseconds, or throws ChatError `client_closed` at once when the client leaves. */
export async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => Promise.reject(closed(signal)));
}

/** Lets other connections have their turn between two batches, so that batches leave as separate chunks; throws like `rest`. */
export async function turn(signal: AbortSignal): Promise<void> {
  await setImmediate(undefined, { signal }).catch(() => Promise.reject(closed(signal)));
}

/** Throws like `rest` when the client has already left. */
export function stay(signal: AbortSignal): void {
  if (signal.aborted) throw closed(signal);
}
