import { z } from 'zod';
import { ProviderId } from './provider.ts';

/** What a canary asks with: a token of an account, a guest session, an API key, or nothing where nothing is needed. */
export const canaryKinds = ['token', 'guest', 'key', 'none'] as const;
export type CanaryKind = (typeof canaryKinds)[number];

/** What can be broken between Traygate and a provider. The window has the words (renderer/i18n/<language>/radar.ts). */
export const breakages = [
  'client-version',
  'signature',
  'captcha',
  'guard',
  'waf',
  'model-renamed',
  'model-refused',
  'credential',
  'plan',
  'quota',
  'rate',
  'resting',
  'region',
  'base',
  'network',
  'dns',
  'tls',
  'proxy',
  'timeout',
  'outage',
  'cut',
  'format',
  'request',
  'traygate',
] as const;
export type Breakage = (typeof breakages)[number];

/** What one canary came back with. Holds no answer and no secret. */
export const Finding = z.object({
  provider: ProviderId,
  kind: z.enum(canaryKinds),
  /** Epoch milliseconds. */
  at: z.number().int(),
  /** Null: it was answered. */
  broken: z.enum(breakages).nullable(),
  /** Milliseconds until the first token; null also for an answer without any. */
  firstTokenMs: z.number().nullable(),
  /** The model that was asked for. */
  model: z.string().nullable(),
  /** For a model that is gone: the name in the refreshed list that comes nearest. */
  near: z.string().nullable(),
  /** Alias of the token that was used last. */
  credential: z.string().nullable(),
  /** Epoch milliseconds until which every token of this kind rests. */
  until: z.number().int().nullable(),
  /** Code and sentence of the error, as in Logs. */
  code: z.string().nullable(),
  message: z.string().nullable(),
  /** Its row in Logs; null when nothing was sent, because no token could be used. */
  exchangeId: z.string().nullable(),
});
export type Finding = z.infer<typeof Finding>;

/** Hours between two runs of all canaries; 0: only on demand. */
export const EveryHours = z.number().int().min(0).max(168);

export const RadarState = z.object({
  everyHours: EveryHours,
  /** Providers that are being checked now. */
  running: z.array(ProviderId),
  /** The last finding of each provider and kind. */
  findings: z.array(Finding),
});
export type RadarState = z.infer<typeof RadarState>;
