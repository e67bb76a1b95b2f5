import type { NetworkOptions } from '../network/undici-network.ts';
import type { Settings } from './settings.ts';

const milliseconds = (seconds: number | null): number | null => (seconds === null ? null : seconds * 1000);

/** What the settings say about the way out. Silence is looked up for each request; the rest holds until the next start. */
export function networkOptions(settings: Settings): NetworkOptions {
  return {
    proxy: settings.get('network.proxy') ?? undefined,
    connectTimeout: settings.get('network.connectSeconds') * 1000,
    patience: () => ({
      firstByteMs: milliseconds(settings.get('network.firstByteSeconds')),
      idleMs: milliseconds(settings.get('network.idleSeconds')),
    }),
  };
}
