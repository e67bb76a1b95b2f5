import { gatewayState } from '../../lib/gateway-state.ts';
import { useStore } from '../../lib/store.ts';

/** Like useLock, for controls that are also shown on the sign-in page. */
export const useFixed = (path: string): string | null => useStore(gatewayState)?.locked[path] ?? null;
