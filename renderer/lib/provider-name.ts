import { builtIns, isBuiltIn, type ProviderId } from '../../shared/provider.ts';
import { gatewayState } from './gateway-state.ts';

/** The name of a provider; of one that is no longer there, its id. */
export function providerName(id: ProviderId): string {
  if (isBuiltIn(id)) return builtIns[id].name;
  return gatewayState.get()?.providers.find((provider) => provider.id === id)?.name ?? id;
}
