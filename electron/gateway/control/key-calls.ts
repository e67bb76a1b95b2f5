import type { ClientKeys } from '../keys/client-keys.ts';
import type { Shell } from '../shell.ts';
import type { Handlers } from './dispatch.ts';

type KeyCall = Extract<keyof Handlers, `keys.${string}`>;

/** Hands a secret to the clipboard, or where the shell has none to the page once, for it to do so. */
export async function handOver(shell: Pick<Shell, 'copy'>, value: string) {
  if (!shell.copy) return { copied: false, value };
  await shell.copy(value);
  return { copied: true, value: null };
}

/** What the window can do with client keys. */
export function keyCalls(keys: ClientKeys, shell: Pick<Shell, 'copy'>): Pick<Handlers, KeyCall> {
  return {
    'keys.list': () => keys.list(),
    'keys.create': (wish) => keys.create(wish),
    'keys.change': ({ id, ...wish }) => keys.change(id, wish),
    'keys.rotate': ({ id, graceMinutes }) => keys.rotate(id, graceMinutes),
    'keys.revoke': ({ id }) => keys.revoke(id),
    'keys.copy': ({ id }) => handOver(shell, keys.copyable(id)),
  };
}
