import type { GatewayState } from '../../shared/state.ts';
import { createStore, useStore } from './store.ts';

export const gatewayState = createStore<GatewayState | null>(null);

/** For everything inside the shell, which is only shown once the state is known. */
export function useGateway(): GatewayState {
  const state = useStore(gatewayState);
  if (state === null) throw new Error('useGateway() is for components inside the shell.');
  return state;
}

/** The variable that fixes a setting from outside, e.g. `ANONYMOUS_MODE`, or null when it can be changed here. */
export function useLock(path: string): string | null {
  return useGateway().locked[path] ?? null;
}

export const isLoopback = (host: string): boolean => ['127.0.0.1', '::1', 'localhost'].includes(host);

/** Whether clients of this API format are answered. */
export const speaks = ({ dialects }: GatewayState, dialect: GatewayState['dialects'][number]): boolean =>
  dialects.includes(dialect);
