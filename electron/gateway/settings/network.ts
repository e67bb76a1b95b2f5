import { trusted } from '../network/extra-ca.ts';
import { familyOf } from '../network/ip-version.ts';
import type { NetworkOptions } from '../network/undici-network.ts';
import type { Settings } from './settings.ts';

const milliseconds = (seconds: number | null): number | null => (seconds === null ? null : seconds * 1000);

/** What the settings say about the way out. Silence is looked up for each request, the rest at each renewal of the network. */
export function networkOptions(settings: Settings, ownPorts: () => readonly number[]): NetworkOptions {
  return {
    ownPorts,
    way: () => ({
      proxy: settings.get('network.proxy') ?? undefined,
      connectTimeout: settings.get('network.connectSeconds') * 1000,
      ...familyOf(settings.get('network.ipVersion')),
      ...trusted(settings.get('network.caFile')),
    }),
    patience: () => ({
      firstByteMs: milliseconds(settings.get('network.firstByteSeconds')),
      idleMs: milliseconds(settings.get('network.idleSeconds')),
    }),
  };
}
