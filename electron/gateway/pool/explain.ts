import { ChatError } from '../chat/errors.ts';
import { fitness } from './health.ts';
import type { StoredToken } from './token-store.ts';

/** What keeps a token from being used for good, or null. */
function obstacle({ secret, enabled, health }: StoredToken): string | null {
  if (secret === null) return 'locked';
  if (!enabled) return 'switched off';
  if (health.state === 'invalid') return 'no longer accepted';
  return health.state === 'guest' ? 'of a guest' : null;
}

/** Why nobody can answer, and when somebody can: `no_token_configured` or `no_token_available`. */
export function nothingLeft(name: string, tokens: readonly StoredToken[], tried: boolean, now: number): ChatError {
  if (tokens.length === 0)
    return new ChatError('no_token_configured', `No token for ${name} is configured, and guest mode is off.`);
  const resting = tokens.filter((token) => obstacle(token) === null && fitness(token.health, now) === 'unfit');
  const returns = resting.flatMap(({ health }) => (health.until === null ? [] : [health.until]));
  if (returns.length > 0) {
    const wait = Math.max(1_000, Math.min(...returns) - now);
    const message = `All tokens for ${name} are resting; the first returns in ${Math.ceil(wait / 1000)} s.`;
    return new ChatError('no_token_available', message, { retryAfterMs: wait });
  }
  if (tried) return new ChatError('no_token_available', `No other token for ${name} is left to try.`);
  const counts = new Map<string, number>();
  for (const token of tokens) {
    const why = obstacle(token);
    if (why !== null) counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  const reasons = [...counts].map(([why, count]) => `${count} ${why}`).join(', ');
  return new ChatError('no_token_available', `No token for ${name} is usable: ${reasons}.`, {
    hint: 'Check, replace or switch on a token in Traygate › Providers.',
  });
}
