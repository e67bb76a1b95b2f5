import { z } from 'zod';
import { ProviderId } from './provider.ts';

/** States of `docs/pool.md`; the window shows each as icon, word and colour. */
export const tokenStates = [
  'unverified',
  'checking',
  'ready',
  'degraded',
  'cooling',
  'probing',
  'quota',
  'guest',
  'invalid',
  'off',
  'locked',
] as const;
export type TokenState = (typeof tokenStates)[number];

/**
 * What was seen of others when a token failed: another one had just answered, others failed in the same way, or this one had
 * just answered something else.
 */
export const evidences = ['others-fine', 'others-alike', 'fine-elsewhere'] as const;
export type Evidence = (typeof evidences)[number];

/** A saved token as the window may see it: never any character of the token itself. */
export const Token = z.object({
  id: z.string(),
  provider: ProviderId,
  alias: z.string(),
  /** `#` and the first six hex digits of its SHA-256. */
  fingerprint: z.string(),
  role: z.enum(['user', 'guest', 'unknown']),
  /** Masked account hint, e.g. `j•••@g•••.com`. */
  account: z.string().nullable(),
  state: z.enum(tokenStates),
  /** One English sentence when the state needs one; the window translates by `reasonCode`. */
  reason: z.string().nullable(),
  reasonCode: z.string().nullable(),
  evidence: z.enum(evidences).nullable(),
  /** Epoch milliseconds at which the state began. */
  since: z.number().int().nullable(),
  /** Epoch milliseconds at which cooling ends. */
  until: z.number().int().nullable(),
  /** When it says that it ends, in epoch milliseconds; null: it does not say. */
  endsAt: z.number().int().nullable(),
  enabled: z.boolean(),
  /** How much of the requests it gets, where they are shared by weight. */
  weight: z.number().int(),
  /** Tier 1 is used first, where tokens have tiers. */
  priority: z.number().int(),
  failures: z.number().int(),
  ok: z.number().int(),
  failed: z.number().int(),
  inFlight: z.number().int(),
  lastUsedAt: z.number().int().nullable(),
  createdAt: z.number().int(),
  /** True when it came from the environment or a file and cannot be removed here. */
  external: z.boolean(),
});
export type Token = z.infer<typeof Token>;

/** What became of one pasted item. */
export const AddedLine = z.object({
  /** Null where lines say nothing. */
  line: z.number().int().nullable(),
  /** The saved token it has become. */
  id: z.string().nullable(),
  fingerprint: z.string().nullable(),
  outcome: z.enum([
    'added',
    'duplicate-in-paste',
    'duplicate-saved',
    'not-a-token',
    'guest',
    'invalid',
    'unchecked',
    'expired',
    'elsewhere',
    'cancelled',
  ]),
  /** Whose it is, where that is another provider: it was not saved. */
  provider: ProviderId.nullable(),
  alias: z.string().nullable(),
  /** Milliseconds the role check took. */
  tookMs: z.number().int().nullable(),
  reason: z.string().nullable(),
});
export type AddedLine = z.infer<typeof AddedLine>;
