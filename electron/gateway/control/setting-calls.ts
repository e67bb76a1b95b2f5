import { type Handlers, Refusal } from './dispatch.ts';
import type { Sessions } from './sessions.ts';
import { lanAddresses } from '../http/lan.ts';
import { isFree } from '../http/ports/free.ts';
import { ownerOf } from '../http/ports/owner.ts';
import { isWeakKey } from '../http/reach.ts';
import type { ClientKeys } from '../keys/client-keys.ts';
import type { SettingsDesk } from '../settings/desk.ts';
import type { Settings } from '../settings/settings.ts';
import type { GatewayState } from '../../../shared/state.ts';

type SettingCall = Extract<keyof Handlers, `settings.${string}` | `sessions.${string}`>;

export interface SettingControls {
  readonly desk: SettingsDesk;
  readonly settings: Settings;
  readonly keys: ClientKeys;
  readonly sessions: Pick<Sessions, 'list' | 'end'>;
  readonly state: () => Pick<GatewayState, 'status' | 'port'>;
}

/** What the settings page asks. */
export function settingCalls({ desk, settings, keys, sessions, state }: SettingControls): Pick<Handlers, SettingCall> {
  return {
    'settings.get': () => desk.view(),
    'settings.set': ({ path, value, by }) => desk.set(path, value, by),
    'settings.reset': ({ path, by }) => desk.reset(path, by),
    'settings.port': async ({ port }) => {
      const running = state();
      if (running.status === 'running' && running.port === port) return { state: 'own', by: null };
      const host = settings.get('server.host');
      if (await isFree(host, port)) return { state: 'free', by: null };
      return { state: 'used', by: (await ownerOf(host, port))?.name ?? null };
    },
    'sessions.list': () => sessions.list(),
    'sessions.end': ({ id }) => {
      if (!sessions.end(id)) throw new Refusal('This session has ended already.', 'gone');
      return null;
    },
    'settings.lan': () => ({
      addresses: [...lanAddresses()],
      weakKeys: keys.chosen().flatMap(({ name, value }) => (isWeakKey(value) ? [name] : [])),
    }),
  };
}
