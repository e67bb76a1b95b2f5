import type { GatewayState } from '../../shared/state.ts';
import { isEveryAddress } from '../gateway/http/lan.ts';
import { isHere } from '../gateway/http/reach.ts';
import type { Ask } from './asking.ts';
import type { TrayFacts } from './tray-menu.ts';

/** The base URLs for other computers of the network: none while the gateway listens on this one only. */
export function lanUrls({ host, port, baseUrl }: GatewayState, addresses: readonly string[]): string[] {
  if (isHere(host)) return [];
  if (!isEveryAddress(host)) return [baseUrl];
  const { pathname } = new URL(baseUrl);
  return addresses.map((address) => `http://${address}:${port}${pathname.replace(/\/$/, '')}`);
}

/** What the tray shows beside the state; what cannot be learnt is left out. */
export async function trayFacts(state: GatewayState, ask: Ask): Promise<Omit<TrayFacts, 'update'>> {
  const [keys, lan] = await Promise.all([ask('keys.list', null), ask('settings.lan', null)]);
  return { keys: keys ?? [], lan: lanUrls(state, lan?.addresses ?? []) };
}
