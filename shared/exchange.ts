import { z } from 'zod';
import { blames } from './blame.ts';
import { decisionCodes, KeptNotice } from './notice.ts';
import { ProviderId } from './provider.ts';

export const dialectIds = ['openai-chat', 'openai-responses', 'anthropic-messages'] as const;
export type DialectId = (typeof dialectIds)[number];

/** Milliseconds since the exchange was received; null while (or if) the moment has not come. */
const moment = z.number().nonnegative().nullable();

const Failure = z.object({
  code: z.string(),
  blame: z.enum(blames),
  status: z.number().int(),
  message: z.string(),
  hint: z.string(),
  upstreamStatus: z.number().int().nullable(),
  upstreamCode: z.string().nullable(),
  upstreamMessage: z.string().nullable(),
});
export type Failure = z.infer<typeof Failure>;

/** One try against one provider with one credential. */
export const Attempt = z.object({
  provider: ProviderId,
  /** The token's alias, `Guest`, or null when the provider needs none. */
  credential: z.string().nullable(),
  credentialKind: z.enum(['user', 'guest']).nullable(),
  leased: moment,
  connected: moment,
  headers: moment,
  firstEvent: moment,
  ended: moment,
  failure: Failure.nullable(),
  /** Why the next attempt was or was not made; null also for what another version has written. */
  decision: z.enum(decisionCodes).nullable().catch(null),
});
export type Attempt = z.infer<typeof Attempt>;

export const Usage = z.object({
  inputTokens: z.number().int().nullable(),
  outputTokens: z.number().int().nullable(),
  totalTokens: z.number().int().nullable(),
  cachedTokens: z.number().int().nullable(),
  reasoningTokens: z.number().int().nullable(),
});

export const outcomes = ['active', 'ok', 'failed', 'cancelled', 'interrupted'] as const;

/** One client request with its attempts: a row of Logs. Holds no prompt, answer, token or key. */
export const Exchange = z.object({
  id: z.string(),
  /** Epoch milliseconds. */
  receivedAt: z.number().int(),
  dialect: z.enum(dialectIds),
  /** Name of the client key that was used, or null when none was needed. */
  clientKey: z.string().nullable(),
  /** Program that called, from its headers, e.g. `Claude Code`, `curl`. */
  client: z.string(),
  model: z.string(),
  /** The public id the name resolved to, null when unknown. */
  resolvedModel: z.string().nullable(),
  /** Who offers that model, null when unknown. */
  provider: ProviderId.nullable(),
  stream: z.boolean(),
  test: z.boolean(),
  /**
   * Null for a request of a client. Traygate's own are no traffic of the user's: `radar` to see what works (docs/radar.md),
   * `test` and `replay` because somebody asked for it in the window (docs/testing-models.md).
   */
  purpose: z.enum(['radar', 'test', 'replay']).nullable().catch(null),
  /** The exchange that this one repeats. */
  replayOf: z.string().nullable().default(null),
  outcome: z.enum(outcomes),
  /** HTTP status the client saw (499: it left). */
  status: z.number().int().nullable(),
  finishReason: z.string().nullable(),
  attempts: z.array(Attempt),
  warnings: z.array(KeptNotice),
  usage: Usage.nullable(),
  failure: Failure.nullable(),
  leased: moment,
  connected: moment,
  headers: moment,
  firstEvent: moment,
  firstToken: moment,
  lastToken: moment,
  closed: moment,
  /** Characters sent to the client so far (text, reasoning, arguments). */
  characters: z.number().int(),
});
export type Exchange = z.infer<typeof Exchange>;
