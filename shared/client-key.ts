import { z } from 'zod';

const time = z.number().int();

export const KeyName = z.string().trim().min(1).max(60);

/** What a client key may do; null: no limit. */
export const KeyLimits = z.object({
  requestsPerMinute: z.number().int().min(1).max(100_000).nullable(),
  /** Within the last 24 hours. */
  tokensPerDay: z.number().int().min(1).max(1_000_000_000_000).nullable(),
  /** Names as clients send them or as they resolve; `*` stands for any characters. */
  models: z.array(z.string().trim().min(1).max(200)).min(1).max(200).nullable(),
});
export type KeyLimits = z.infer<typeof KeyLimits>;

export const noLimits: KeyLimits = { requestsPerMinute: null, tokensPerDay: null, models: null };

/** Minutes for which the value before a change is still taken. */
export const KeyGrace = z.union([z.literal(0), z.literal(10), z.literal(1_440)]);
export type KeyGrace = z.infer<typeof KeyGrace>;

/** The key of the first start, which the window shows to be copied. Its name is the window's to translate. */
export const defaultKeyId = 'default';

/** A client key without its value. */
export const ClientKey = z.object({
  id: z.string(),
  name: z.string(),
  /** The last four characters. */
  ending: z.string(),
  /** Its value can be copied at any time; of others only a hash is kept. */
  copyable: z.boolean(),
  /** The variable or file that sets it, and where alone it can be changed. */
  lockedBy: z.string().nullable(),
  /** `anthropic`: opens the routes of the Messages API only. */
  scope: z.enum(['all', 'anthropic']),
  createdAt: time.nullable(),
  lastUsedAt: time.nullable(),
  requests24h: z.number().int(),
  tokens24h: z.number().int(),
  /** Programs that have used it within the last 24 hours. */
  clients24h: z.array(z.string()),
  expiresAt: time.nullable(),
  enabled: z.boolean(),
  limits: KeyLimits,
  /** Until when the value before the last change is still taken. */
  graceUntil: time.nullable(),
});
export type ClientKey = z.infer<typeof ClientKey>;
