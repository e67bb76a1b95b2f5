import { builtIns, isBuiltIn, type ProviderId, usesApiKeys } from '../../shared/provider.ts';
import type { ProviderState } from '../../shared/state.ts';

export type ProviderKind = 'key' | 'web' | 'added' | 'local';

/** What one needs for it, and where it comes from. */
export function kindOf(id: ProviderId): ProviderKind {
  if (!isBuiltIn(id)) return 'added';
  if (id === 'local') return 'local';
  return usesApiKeys(id) ? 'key' : 'web';
}

/** The official API of the same vendor, for a provider that goes through its web chat. */
export function officialOf(id: ProviderId): keyof typeof builtIns | null {
  const official = `${id}-api`;
  return isBuiltIn(official) ? official : null;
}

/** For `t`: texts about tokens that read otherwise where they are API keys end in `_key`. */
export const wordFor = (id: ProviderId): { readonly context?: 'key' } => (usesApiKeys(id) ? { context: 'key' } : {});

/** It comes with the product and nobody has given it anything to answer with: on offer, but not missed. */
export const isNotSetUp = ({ builtIn, hasGuests, needsToken, total }: ProviderState): boolean =>
  builtIn && needsToken && !hasGuests && total === 0;

/** Whether the user counts on it. */
export const isWanted = (provider: ProviderState): boolean => provider.enabled && !isNotSetUp(provider);

export const isHealthy = ({ state }: ProviderState): boolean => state === 'ok' || state === 'guest';

/** Something the user can and should do: nothing can answer, or the provider asks for a person. */
export const needsAttention = (provider: ProviderState): boolean =>
  isWanted(provider) && (provider.state === 'needs-token' || provider.state === 'cooling' || provider.problem !== null);
