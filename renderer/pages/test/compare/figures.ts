import type { Exchange } from '../../../../shared/exchange.ts';
import { tokensPerSecond } from '../../logs/timeline.ts';

export const figureNames = ['ttft', 'total', 'speed', 'tokens'] as const;
export type FigureName = (typeof figureNames)[number];

/** What of a row is compared: the numbers that Logs shows. */
export const figureOf: Readonly<Record<FigureName, (row: Exchange) => number | null>> = {
  ttft: ({ firstToken }) => firstToken,
  total: ({ closed }) => closed,
  speed: tokensPerSecond,
  tokens: ({ usage }) => usage?.outputTokens ?? null,
};

export interface Spread {
  readonly min: number;
  readonly p50: number;
  readonly max: number;
}

/** Of the answers that went well; null without one. */
export function spreadOf(rows: readonly Exchange[], name: FigureName): Spread | null {
  const values = rows
    .flatMap((row) => (row.outcome === 'ok' ? (figureOf[name](row) ?? []) : []))
    .toSorted((a, b) => a - b);
  const [min, max, p50] = [values[0], values.at(-1), values[Math.floor((values.length - 1) / 2)]];
  return min === undefined || max === undefined || p50 === undefined ? null : { min, p50, max };
}
