import { z } from 'zod';
import type { Exchange } from '../../../shared/exchange.ts';
import { addBins, count } from './bins.ts';

const number = z.number().default(0);
const bins = () => z.record(z.string(), z.number()).default({});
const ranked = () => z.array(z.tuple([z.number(), z.string()])).default([]);

/** The sums of one span of time, as they are stored: what is new in a later version begins as nothing. */
export const Cell = z.object({
  ok: number,
  clientError: number,
  upstreamError: number,
  cancelled: number,
  failovers: number,
  peak: number,
  inputTokens: number,
  outputTokens: number,
  estimatedTokens: number,
  firstToken: bins(),
  speed: bins(),
  /** By model: tokens, and the milliseconds they took. */
  models: z.record(z.string(), z.tuple([z.number(), z.number()])).default({}),
  /** By `provider/alias`: attempts that went well, and that the token or its provider failed. */
  tokens: z.record(z.string(), z.tuple([z.number(), z.number()])).default({}),
  /** Milliseconds and id of the longest, and time and id of the last that failed. */
  slowest: ranked(),
  errors: ranked(),
});
export type Cell = z.infer<typeof Cell>;

/** Names come from services and users; a list without end would make every save slow. */
const mostNames = 200;
const mostRanked = 5;
const sums = [
  'ok',
  'clientError',
  'upstreamError',
  'cancelled',
  'failovers',
  'inputTokens',
  'outputTokens',
  'estimatedTokens',
] as const;

export const emptyCell = (): Cell => Cell.parse({});

export const tokenKey = (provider: string, alias: string): string => `${provider}/${alias}`;

function addPair(into: Record<string, [number, number]>, name: string, [a, b]: readonly [number, number]): void {
  const known = into[name];
  if (known === undefined && Object.keys(into).length >= mostNames) return;
  into[name] = [(known?.[0] ?? 0) + a, (known?.[1] ?? 0) + b];
}

const rank = (all: [number, string][]): [number, string][] => all.toSorted((a, b) => b[0] - a[0]).slice(0, mostRanked);

/** Whose fault a failure was, in the two words of the charts. */
function outcomeOf({ outcome, failure }: Exchange): 'ok' | 'clientError' | 'upstreamError' | 'cancelled' {
  if (outcome === 'ok' || outcome === 'cancelled') return outcome;
  return failure?.blame === 'request' || failure?.blame === 'client' ? 'clientError' : 'upstreamError';
}

/** Characters of a token where nobody has counted: between English (4.5) and Chinese (1.5). */
const charactersPerToken = 3;

/** Tokens per second while they came: the first one marks the beginning and is not counted. */
function pace({ stream, firstToken, lastToken, usage }: Exchange): readonly [number, number] | null {
  const tokens = (usage?.outputTokens ?? 0) - 1;
  const took = (lastToken ?? 0) - (firstToken ?? 0);
  return stream && tokens > 0 && took > 0 ? [tokens, took] : null;
}

export const endOf = ({ receivedAt, closed }: Exchange): number => receivedAt + Math.round(closed ?? 0);

/** Adds an exchange that has come to its end. */
export function addExchange(cell: Cell, row: Exchange): void {
  const outcome = outcomeOf(row);
  cell[outcome] += 1;
  cell.peak = Math.max(cell.peak, 1);
  cell.failovers += Math.max(0, row.attempts.length - 1);
  cell.inputTokens += row.usage?.inputTokens ?? 0;
  const counted = row.usage?.outputTokens ?? null;
  const estimated = counted === null ? Math.ceil(row.characters / charactersPerToken) : 0;
  cell.outputTokens += counted ?? estimated;
  cell.estimatedTokens += estimated;
  if (row.firstToken !== null) count(cell.firstToken, row.firstToken);
  const paced = pace(row);
  if (paced) {
    count(cell.speed, (paced[0] * 1_000) / paced[1]);
    addPair(cell.models, row.resolvedModel ?? row.model, paced);
  }
  for (const { provider, credential, failure } of row.attempts) {
    const atFault = failure !== null && ['credential', 'quota', 'rate', 'provider'].includes(failure.blame);
    if (credential !== null) addPair(cell.tokens, tokenKey(provider, credential), atFault ? [0, 1] : [1, 0]);
  }
  if (outcome !== 'cancelled' && row.closed !== null) cell.slowest = rank([...cell.slowest, [row.closed, row.id]]);
  if (outcome === 'clientError' || outcome === 'upstreamError')
    cell.errors = rank([...cell.errors, [endOf(row), row.id]]);
}

export function addCell(into: Cell, from: Cell): void {
  for (const name of sums) into[name] += from[name];
  into.peak = Math.max(into.peak, from.peak);
  addBins(into.firstToken, from.firstToken);
  addBins(into.speed, from.speed);
  for (const [name, pair] of Object.entries(from.models)) addPair(into.models, name, pair);
  for (const [name, pair] of Object.entries(from.tokens)) addPair(into.tokens, name, pair);
  into.slowest = rank([...into.slowest, ...from.slowest]);
  into.errors = rank([...into.errors, ...from.errors]);
}
