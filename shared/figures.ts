import { z } from 'zod';
import { Exchange } from './exchange.ts';
import { ProviderId } from './provider.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** How far back the charts of Home look, and how wide each of their steps is. */
export const figureWindows = {
  '15m': { bucketMs: 5 * second, buckets: 180 },
  '1h': { bucketMs: minute, buckets: 60 },
  '24h': { bucketMs: 15 * minute, buckets: 96 },
  '7d': { bucketMs: hour, buckets: 168 },
  '30d': { bucketMs: 6 * hour, buckets: 120 },
} as const;
export type FigureWindow = keyof typeof figureWindows;
export const windowNames = ['15m', '1h', '24h', '7d', '30d'] as const satisfies readonly FigureWindow[];

/** Below this many a percentile says nothing and is not given. */
export const fewestForPercentile = 20;
/** Lines of their own in the chart of speeds; the rest is one line. */
export const mostModels = 6;

const count = z.number().int().nonnegative();

/** How values lie. Percentiles are exact to 2.5 %, and null for fewer than twenty values. */
export const Spread = z.object({
  count,
  least: z.number().nullable(),
  most: z.number().nullable(),
  p50: z.number().nullable(),
  p95: z.number().nullable(),
});
export type Spread = z.infer<typeof Spread>;

const Counts = z.object({
  ok: count,
  /** The request was at fault. */
  clientError: count,
  /** Everything else that failed: the provider, the network, this gateway. */
  upstreamError: count,
  cancelled: count,
  /** Further attempts that were needed. */
  failovers: count,
  /** Requests that were answered at once, at most. */
  peak: count,
  inputTokens: count,
  /** `estimatedTokens` of these were not counted by a provider but estimated from the length of the answer. */
  outputTokens: count,
  estimatedTokens: count,
});

/** What came to its end in one step of the window. */
export const FigureBucket = Counts.extend({
  /** Epoch milliseconds of its beginning. */
  at: z.number().int(),
  /** Milliseconds to the first token; `few`: the single values, while they are too few for percentiles. */
  firstToken: Spread.extend({ few: z.array(z.number()) }),
  /** Tokens per second of each of `models`, then of the others together; null: nothing was streamed. */
  speeds: z.array(z.number().nullable()),
});
export type FigureBucket = z.infer<typeof FigureBucket>;

export const FigureSummary = Counts.extend({ firstToken: Spread, speed: Spread });
export type FigureSummary = z.infer<typeof FigureSummary>;

/** How a token was, the worst that was seen of it in one cell of its strip; from good to bad. */
export const cellStates = ['idle', 'ok', 'degraded', 'cooling', 'invalid'] as const;
export type CellState = (typeof cellStates)[number];

export const TokenStrip = z.object({
  provider: ProviderId,
  alias: z.string(),
  /** Of the token as it is now; null for guests, and for one that is no longer there. */
  id: z.string().nullable(),
  guest: z.boolean(),
  cells: z.array(z.enum(cellStates)),
});
export type TokenStrip = z.infer<typeof TokenStrip>;

/** Sums of exchanges by time of completion; no prompt, answer, token or key. */
export const Figures = z.object({
  window: z.enum(windowNames),
  bucketMs: count,
  /** Epoch milliseconds: beginning of the first step, end of the last. */
  from: z.number().int(),
  until: z.number().int(),
  /** When the oldest sum that is kept began; null: no request has ever come to its end. */
  since: z.number().int().nullable(),
  /** Only those in which something came to its end, oldest first. */
  buckets: z.array(FigureBucket),
  models: z.array(z.string()),
  /** Whether `speeds` has one more entry, for all other models. */
  otherModels: z.boolean(),
  total: FigureSummary,
  /** The same span before this one. */
  previous: FigureSummary,
  /** Requests that wait for a token at this moment. */
  waiting: count,
  strips: z.array(TokenStrip),
  /** Epoch milliseconds at which the first cell of each strip begins, and how long a cell is. */
  stripFrom: z.number().int(),
  stripMs: count,
  /** Tokens that have no strip because there are too many. */
  stripsLeftOut: count,
  /** Tokens in use that their provider has rejected. */
  rejected: z.array(z.object({ provider: ProviderId, count })),
  /** Of the window, as far as Logs still has them. */
  slowest: z.array(Exchange),
  errors: z.array(Exchange),
});
export type Figures = z.infer<typeof Figures>;
