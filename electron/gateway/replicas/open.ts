import type { Logger } from 'pino';
import type { Shell } from '../shell.ts';
import { Replicas, type ReplicasOptions } from './replicas.ts';

/** Those that TRAYGATE_REDIS_URL brings together; null: this gateway is the only one. */
export function openReplicas(
  { connectReplicas }: Pick<Shell, 'connectReplicas'>,
  url: string | null,
  options: Omit<ReplicasOptions, 'connect'> & { readonly log: Logger },
): Replicas | null {
  if (url === null) return null;
  if (!connectReplicas) {
    options.log.warn('TRAYGATE_REDIS_URL is for servers; the desktop application shares nothing');
    return null;
  }
  return new Replicas({ ...options, connect: (hearing) => connectReplicas(url, hearing) });
}
