import { isBuiltIn } from '../../../shared/provider.ts';
import type { CanaryKind } from '../../../shared/radar.ts';
import type { Source } from '../exchange/answer.ts';
import type { StoredToken } from '../pool/token-store.ts';

/** Switched on and readable: what a user expects to be used. */
export const isInUse = ({ enabled, secret }: StoredToken): boolean => enabled && secret !== null;

/** What this provider can be asked with now. Empty: nothing is set up, or it is no service at all (the local test models). */
export function kindsOf({ provider, pool }: Source): readonly CanaryKind[] {
  if (!pool) return provider.models().some(({ test }) => test) ? [] : ['none'];
  const own = isBuiltIn(provider.id) && !provider.id.endsWith('-api') ? 'token' : 'key';
  return [...(pool.tokens().some(isInUse) ? ([own] as const) : []), ...(pool.offersGuests ? (['guest'] as const) : [])];
}
