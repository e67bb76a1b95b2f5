import type { FigureSummary, Spread } from '../../../../shared/figures.ts';
import type { Format } from '../../../lib/format.ts';

export const requestsOf = ({ ok, clientError, upstreamError, cancelled }: FigureSummary): number =>
  ok + clientError + upstreamError + cancelled;

/** How much more or less, as a share of what it was; null where that says nothing. */
export function change(now: number | null, before: number | null): number | null {
  return now === null || before === null || before === 0 ? null : now / before - 1;
}

/** With its sign: `+12%`, `−3%`, `±0%`. */
export function signed(share: number, format: Pick<Format, 'percent'>): string {
  const size = format.percent(Math.abs(share));
  if (size === format.percent(0)) return `±${size}`;
  return `${share > 0 ? '+' : '−'}${size}`;
}

/** Percentiles, or from the least to the most where there are too few values for percentiles. */
export function spreadText(
  { p50, p95, least, most }: Spread,
  pair: (values: readonly number[], between: string) => string,
): string {
  if (p50 !== null && p95 !== null) return pair([p50, p95], ' / ');
  if (least === null || most === null) return '–';
  return least === most ? pair([least], '') : pair([least, most], ' – ');
}

const second = 1_000;

/** In the unit of the longest, which is said once. */
export function durations(
  values: readonly number[],
  between: string,
  format: Pick<Format, 'number' | 'decimal'>,
): string {
  const inSeconds = Math.max(...values) >= second;
  const text = (value: number) =>
    inSeconds ? (value < 10 * second ? format.decimal : format.number)(value / second) : format.number(value);
  return `${values.map(text).join(between)} ${inSeconds ? 's' : 'ms'}`;
}
