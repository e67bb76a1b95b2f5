import type { ProviderState } from '../../shared/state.ts';

export const isHealthy = ({ state }: ProviderState): boolean => state === 'ok' || state === 'guest';

/** Something the user can and should do: nothing can answer, or the provider asks for a person. */
export const needsAttention = ({ enabled, problem, state }: ProviderState): boolean =>
  enabled && (state === 'needs-token' || state === 'cooling' || problem !== null);
