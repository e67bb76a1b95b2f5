import type { Exchange } from '../../../../shared/exchange.ts';
import type { LogsSearch, LogsView } from '../logs-search.ts';
import { type Marks, matcher } from './match.ts';
import { parseFilter } from './terms.ts';

/** Where there are too few for a percentile, this counts as slow. */
const slowMs = 5_000;
const enough = 20;
const lookedAt = 2_000;

export interface Slow {
  readonly ms: number;
  /** Whether that many are faster, or it is only a rule of thumb. */
  readonly measured: boolean;
}

/** The time to the first token that one in twenty of the newest requests of clients has not kept to. */
export function slowerThanMost(newest: Iterable<Exchange>): Slow {
  const times: number[] = [];
  let left = lookedAt;
  for (const { firstToken, purpose } of newest) {
    if (firstToken !== null && purpose === null) times.push(firstToken);
    if (--left === 0) break;
  }
  if (times.length < enough) return { ms: slowMs, measured: false };
  return { ms: times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? slowMs, measured: true };
}

const inView: Record<LogsView, (row: Exchange, slow: number) => boolean> = {
  all: () => true,
  active: ({ outcome }) => outcome === 'active',
  errors: ({ outcome }) => outcome === 'failed' || outcome === 'interrupted',
  slow: ({ firstToken }, slow) => firstToken !== null && firstToken > slow,
  retried: ({ attempts }) => attempts.length > 1,
  cancelled: ({ outcome }) => outcome === 'cancelled',
  tests: ({ test, purpose }) => test || purpose === 'test' || purpose === 'replay',
};

const ranges = { '15m': 15 * 60_000, '1h': 3_600_000, '24h': 86_400_000, '7d': 7 * 86_400_000 } as const;

export interface FilterContext extends Marks {
  readonly slow: number;
  readonly now: number;
}

/** Whether a row is to be shown. */
export function keeps(search: LogsSearch, context: FilterContext): (row: Exchange) => boolean {
  const { view = 'all', q = '', checks, range } = search;
  const matches = matcher(parseFilter(q), context);
  const wanted = inView[view];
  const since = range === undefined ? Number.NEGATIVE_INFINITY : context.now - ranges[range];
  return (row) =>
    row.receivedAt >= since &&
    (checks !== 'hidden' || row.purpose === null) &&
    wanted(row, context.slow) &&
    matches(row);
}
