import type { Secrets } from '../storage/secrets.ts';
import { randomClientKey } from './record.ts';

export const defaultKeySecret = 'client-key';

/** The key made at the first start, and sealed since so that it can be copied. */
export function defaultClientKey(secrets: Secrets): string {
  const saved = secrets.get(defaultKeySecret);
  if (saved !== null) return saved;
  const made = randomClientKey();
  // One that cannot be read today is left alone: its sealing key may come back.
  if (!secrets.has(defaultKeySecret)) secrets.set(defaultKeySecret, made);
  return made;
}
