/** Requests that the window has the gateway send to itself, on the way every client's take (docs/testing-models.md). */
import { z } from 'zod';
import { dialectIds } from './exchange.ts';
import { ProviderId } from './provider.ts';

/** Whose traffic it counts as: a `client`'s is the user's own, the others are marked in Logs and in no total. */
export const trialOrigins = ['test', 'replay', 'client'] as const;
/** How tools reach the model, for this request only. */
export const trialToolModes = ['native', 'injected'] as const;
/** Stands for a guest session where a token is chosen. */
export const guestToken = 'guest';

/** Made up by the window. */
export const TrialId = z.string().min(1).max(100);

export const TrialAsk = z.object({
  dialect: z.enum(dialectIds),
  /** As a client would send it; also one that was captured. */
  body: z.record(z.string(), z.unknown()),
  origin: z.enum(trialOrigins).default('test'),
  /** The exchange that this one repeats. */
  replayOf: z.string().max(100).nullable().default(null),
  /** Null: as the router decides. */
  provider: ProviderId.nullable().default(null),
  /** The id of a token, or `guest`; null: as the pool decides. */
  token: z.string().min(1).max(100).nullable().default(null),
  toolMode: z.enum(trialToolModes).nullable().default(null),
  timeoutMs: z.number().int().min(1_000).max(600_000).nullable().default(null),
});
export type TrialAsk = z.input<typeof TrialAsk>;
/** With defaults filled in. */
export type AskedTrial = z.output<typeof TrialAsk>;

export const TrialCall = z.object({ index: z.number().int(), name: z.string(), arguments: z.string() });
export type TrialCall = z.infer<typeof TrialCall>;

export const TrialEnd = z.object({
  outcome: z.enum(['ok', 'failed', 'cancelled']),
  /** What the client's side saw; null when there was no answer. */
  status: z.number().int().nullable(),
  /** `code` is of the error table, or `trial_timeout`. */
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type TrialEnd = z.infer<typeof TrialEnd>;

/** All that has come so far. Its timings and counts are those of the exchange. */
export const TrialView = z.object({
  id: TrialId,
  /** Null until the request was accepted; stays null for one that was not understood, which is in no log. */
  exchangeId: z.string().nullable(),
  text: z.string(),
  reasoning: z.string(),
  calls: z.array(TrialCall),
  /** It was longer than what is kept. */
  cut: z.boolean(),
  end: TrialEnd.nullable(),
});
export type TrialView = z.infer<typeof TrialView>;

/** What is new since the last step. `textAt` and `reasoningAt` say where it belongs; who missed one reads `trial.get`. */
export interface TrialStep {
  readonly id: string;
  readonly exchangeId: string | null;
  readonly textAt: number;
  readonly text: string;
  readonly reasoningAt: number;
  readonly reasoning: string;
  /** Those that have changed, whole. */
  readonly calls: readonly TrialCall[];
  readonly cut: boolean;
  readonly end: TrialEnd | null;
}

export const trialCalls = {
  /**
   * Sends a request through the gateway's own address with its own key. Answers when it was accepted or refused; the answer
   * comes as `trial` events under the id.
   */
  'trial.start': {
    input: TrialAsk.extend({ id: TrialId }),
    output: z.object({ id: TrialId, exchangeId: z.string().nullable() }),
  },
  /** Null when it is no longer kept: the last twenty that have ended are. */
  'trial.get': { input: z.object({ id: TrialId }), output: TrialView.nullable() },
  'trial.cancel': {
    input: z.object({ ids: z.array(TrialId).min(1).max(100) }),
    output: z.object({ cancelled: z.number().int() }),
  },
} as const;
