import type { Exchange } from '../../../shared/exchange.ts';

const withinMs = 5 * 60_000;
/** Of fewer requests a share says nothing. */
const fewest = 20;
const highest = 0.2;
/** The last ones say enough, however many come. */
const most = 1_000;

/** The share of failures among the requests of the last five minutes, in percent, when it is high; else null. */
export function errorRate(clock: () => number): (exchanges: readonly Exchange[]) => number | null {
  let ended: { readonly id: string; readonly at: number; readonly failed: boolean }[] = [];
  return (exchanges) => {
    const now = clock();
    const known = new Set(ended.map(({ id }) => id));
    const fresh = exchanges
      .filter(
        ({ id, outcome, purpose }) => purpose === null && (outcome === 'ok' || outcome === 'failed') && !known.has(id),
      )
      .map(({ id, outcome }) => ({ id, at: now, failed: outcome === 'failed' }));
    ended = [...ended, ...fresh].filter(({ at }) => now - at < withinMs).slice(-most);
    const share = ended.filter(({ failed }) => failed).length / ended.length;
    return ended.length >= fewest && share > highest ? Math.round(share * 100) : null;
  };
}
