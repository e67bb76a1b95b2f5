import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { KeyLimits, noLimits } from '../../../shared/client-key.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A client key as it is saved: never its value. */
export const KeyRecord = z.object({
  id: z.string(),
  name: z.string(),
  hash,
  ending: z.string(),
  createdAt: z.number().int().nullable(),
  expiresAt: z.number().int().nullable(),
  enabled: z.boolean(),
  limits: KeyLimits.catch(noLimits),
  /** The value before the last change, and until when it is taken. */
  previous: z.object({ hash, until: z.number().int() }).nullable(),
});
export type KeyRecord = z.infer<typeof KeyRecord>;

/** How keys begin that were made here. */
export const madeHere = 'sk-local-';

/** `sk-local-` and 32 url-safe characters (192 bits) from the system's random source. */
export function randomClientKey(): string {
  return `${madeHere}${randomBytes(24).toString('base64url')}`;
}

/** A fast hash will do: what is hashed cannot be guessed, being random. */
export const digestOf = (value: string): Buffer => createHash('sha256').update(value).digest();

/** What is kept of a value. */
export const traceOf = (value: string): { readonly hash: string; readonly ending: string } => ({
  hash: digestOf(value).toString('hex'),
  ending: value.slice(-4),
});

export const freshRecord = (id: string, name: string, value: string, createdAt: number | null): KeyRecord => ({
  id,
  name,
  ...traceOf(value),
  createdAt,
  expiresAt: null,
  enabled: true,
  limits: noLimits,
  previous: null,
});
