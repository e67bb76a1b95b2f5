import { fewestForPercentile, type Spread } from '../../../shared/figures.ts';

/** How often each bin was met. A bin is 5 % wide, so that a value read back is at most 2.5 % off. */
export type Bins = Record<string, number>;

const width = Math.log(1.05);

export function count(bins: Bins, value: number, times = 1): void {
  const bin = Math.round(Math.log(Math.max(value, 0.01)) / width);
  bins[bin] = (bins[bin] ?? 0) + times;
}

export function addBins(into: Bins, from: Bins): void {
  for (const [bin, times] of Object.entries(from)) into[bin] = (into[bin] ?? 0) + times;
}

/** To three digits: more would only look exact. */
const valueOf = (bin: number): number => Number(Math.exp(bin * width).toPrecision(3));

const sorted = (bins: Bins): [number, number][] =>
  Object.entries(bins)
    .map(([bin, times]): [number, number] => [Number(bin), times])
    .toSorted(([a], [b]) => a - b);

export function spreadOf(bins: Bins): Spread {
  const all = sorted(bins);
  const total = all.reduce((sum, [, times]) => sum + times, 0);
  const [least, most] = [all[0], all.at(-1)].map((one) => (one ? valueOf(one[0]) : null));
  const quantile = (share: number): number | null => {
    if (total < fewestForPercentile) return null;
    let left = Math.ceil(total * share);
    for (const [bin, times] of all) if ((left -= times) <= 0) return valueOf(bin);
    return null;
  };
  return { count: total, least: least ?? null, most: most ?? null, p50: quantile(0.5), p95: quantile(0.95) };
}

/** The single values, while they are too few for percentiles; none otherwise. */
export function fewOf(bins: Bins): number[] {
  const all = sorted(bins);
  if (all.reduce((sum, [, times]) => sum + times, 0) >= fewestForPercentile) return [];
  return all.flatMap(([bin, times]) => Array.from({ length: times }, () => valueOf(bin)));
}
