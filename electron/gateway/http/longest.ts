import { ChatError } from '../chat/errors.ts';

/** Breaks an answer off when it takes longer than the user allows; 0: never. The result stops the clock. */
export function limitAnswer(controller: AbortController, longestMs: number): () => void {
  if (longestMs === 0) return () => {};
  const message = `The answer was not complete after ${Math.round(longestMs / 1000)} s, and was broken off.`;
  const timer = setTimeout(() => controller.abort(new ChatError('upstream_timeout', message)), longestMs);
  return () => clearTimeout(timer);
}
