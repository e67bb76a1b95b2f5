import { type Handlers, Refusal } from './dispatch.ts';
import type { Sessions } from './sessions.ts';
import { lanAddresses } from '../http/lan.ts';
import { isFree } from '../http/ports/free.ts';
import { ownerOf } from '../http/ports/owner.ts';
import { CertificateRefused, readCertificates } from '../network/extra-ca.ts';
import { isWeakKey } from '../http/reach.ts';
import type { ClientKeys } from '../keys/client-keys.ts';
import type { SettingsDesk } from '../settings/desk.ts';
import type { Settings } from '../settings/settings.ts';
import type { Output } from '../../../shared/contract.ts';
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
    'settings.certificates': () => certificatesOf(settings.get('network.caFile')),
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

function certificatesOf(file: string | null): Output<'settings.certificates'> {
  try {
    const found = file === null ? [] : readCertificates(file);
    return { certificates: found.map(({ subject, until }) => ({ subject, until })), problem: null };
  } catch (error) {
    if (!(error instanceof CertificateRefused)) throw error;
    return { certificates: [], problem: error.problem };
  }
}
