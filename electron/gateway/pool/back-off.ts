import type { ChatError } from '../chat/errors.ts';

/** A provider that is down may be back any second; one that refuses means it. */
const lengths = { down: { first: 1_000, most: 4_000 }, refused: { first: 30_000, most: 10 * 60_000 } } as const;

/** Milliseconds until a provider is asked for another guest session after it gave none `before` times in a row. */
export function backOffMs({ blame, retryAfterMs }: ChatError, before: number, random: number): number {
  const { first, most } = lengths[blame === 'network' || blame === 'provider' ? 'down' : 'refused'];
  const length = Math.min(first * 2 ** Math.min(before, 20), most) * (0.75 + 0.25 * random);
  return Math.round(Math.max(length, Math.min(retryAfterMs ?? 0, lengths.refused.most)));
}
