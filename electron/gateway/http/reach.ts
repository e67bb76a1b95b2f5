import { StartError } from '../shell.ts';

/** Whether what listens there can be reached from this computer only. */
export const isHere = (host: string): boolean => /^(localhost|127(\.\d+){3}|::1)$/.test(host);

const shortest = 16;
/** Published in somebody's documentation, so that they are tried first. */
const published =
  /your[-_ ]?api[-_ ]?key|change[-_ ]?me|placeholder|example|password|^(?:sk-)?(?:test|demo|dummy|secret|key|1234)/i;

/** Whether a key could be guessed over a network. */
export const isWeakKey = (key: string): boolean =>
  key.length < shortest || published.test(key) || new Set(key).size < 6;

export interface Reach {
  readonly host: string;
  readonly keyRequired: boolean;
  /** Keys that somebody has chosen; those made here are strong. */
  readonly chosen: readonly { readonly name: string; readonly value: string }[];
}

/** Throws StartError where other computers could get in without a key, or with one that can be guessed. */
export function checkReach({ host, keyRequired, chosen }: Reach): void {
  if (isHere(host)) return;
  if (!keyRequired)
    throw new StartError(
      'lan_requires_key',
      `Without a key Traygate is for this computer only, but ${host} can be reached from others. Require a key (remove SKIP_AUTH_TOKEN), or listen on 127.0.0.1.`,
      78,
    );
  const weak = chosen.find(({ value }) => isWeakKey(value));
  if (weak)
    throw new StartError(
      'lan_requires_strong_key',
      `${host} can be reached from other computers, and the key of ${weak.name} can be guessed. Change it to ${shortest} random characters or more, remove it so that Traygate makes one, or listen on 127.0.0.1.`,
      78,
    );
}
