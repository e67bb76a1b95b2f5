import { isBuiltIn } from '../../../shared/provider.ts';
import type { GatewayState, ProviderState } from '../../../shared/state.ts';
import type { Source } from '../exchange/answer.ts';
import type { Provider } from '../providers/provider.ts';
import type { Problems } from './problems.ts';
import { guestPath, isEnabled } from '../settings/providers.ts';
import type { Settings } from '../settings/settings.ts';

/** One provider as the window shows it. */
export function providerState({ provider, pool }: Source, settings: Settings, problems: Problems): ProviderState {
  const { usable, total, until } = pool?.outlook() ?? { usable: 0, total: 0, until: null };
  const enabled = isEnabled(settings, provider.id);
  const guests = provider.guests ? guestPath(provider.id, 'guestMode') : null;
  const guestMode = guests !== null && settings.get(guests);
  const state = (): ProviderState['state'] => {
    if (!enabled) return 'off';
    if (!provider.needsCredential || usable > 0) return 'ok';
    if (guestMode) return 'guest';
    return total > 0 && until !== null ? 'cooling' : 'needs-token';
  };
  return {
    id: provider.id,
    name: provider.name,
    builtIn: isBuiltIn(provider.id),
    needsToken: provider.needsCredential,
    enabled,
    state: state(),
    usable,
    total,
    until,
    hasGuests: guests !== null,
    guestMode,
    guests: pool?.guestCount ?? 0,
    modelCount: provider.models().length,
    exampleModel: provider.models()[0]?.id ?? null,
    base: baseOf(provider),
    problem: problems.get(provider.id),
  };
}

function baseOf(provider: Provider): ProviderState['base'] {
  const choice = provider.base?.();
  return choice ? { ...choice, choices: [...choice.choices] } : null;
}

/** What changes while the gateway lives, beside settings and pools. */
export interface Running {
  status: GatewayState['status'];
  error: GatewayState['error'];
  port: number;
  addresses: readonly string[];
  startedAt: number | null;
  portTaken: GatewayState['portTaken'];
  stranger: GatewayState['stranger'];
  paused: boolean;
}

/** The address clients are given: the name of this computer only when the gateway is bound beyond loopback. */
export function baseUrlOf(host: string, port: number, rootPath: string): string {
  const shown =
    host === '0.0.0.0' || host === '::' || host === 'localhost' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${shown}:${port}${rootPath}`;
}
