import { type FigureBucket, type FigureSummary, mostModels } from '../../../shared/figures.ts';
import { fewOf, spreadOf } from './bins.ts';
import type { StoredCell } from './cell-store.ts';
import { addCell, type Cell, emptyCell } from './cell.ts';

export function sumOf(cells: readonly StoredCell[]): Cell {
  const sum = emptyCell();
  for (const { cell } of cells) addCell(sum, cell);
  return sum;
}

const countsOf = (cell: Cell) => ({
  ok: cell.ok,
  clientError: cell.clientError,
  upstreamError: cell.upstreamError,
  cancelled: cell.cancelled,
  failovers: cell.failovers,
  peak: cell.peak,
  inputTokens: cell.inputTokens,
  outputTokens: cell.outputTokens,
  estimatedTokens: cell.estimatedTokens,
});

export const summaryOf = (cell: Cell): FigureSummary => ({
  ...countsOf(cell),
  firstToken: spreadOf(cell.firstToken),
  speed: spreadOf(cell.speed),
});

/** The models with most tokens, and whether there are more. */
export function modelsOf({ models }: Cell): { models: string[]; otherModels: boolean } {
  const ranked = Object.entries(models)
    .toSorted(([, [a]], [, [b]]) => b - a)
    .map(([name]) => name);
  // In an order of their own, so that a line keeps its place while others overtake it.
  return { models: ranked.slice(0, mostModels).toSorted(), otherModels: ranked.length > mostModels };
}

const perSecond = (tokens: number, tookMs: number): number | null =>
  tookMs > 0 ? Math.round((tokens * 10_000) / tookMs) / 10 : null;

export function bucketOf({ at, cell }: StoredCell, models: readonly string[], otherModels: boolean): FigureBucket {
  const others = Object.entries(cell.models).filter(([name]) => !models.includes(name));
  const [tokens, took] = others.reduce(([a, b], [, [c, d]]) => [a + c, b + d], [0, 0]);
  const speeds = models.map((name) => perSecond(...(cell.models[name] ?? [0, 0])));
  return {
    at,
    ...countsOf(cell),
    firstToken: { ...spreadOf(cell.firstToken), few: fewOf(cell.firstToken) },
    speeds: otherModels ? [...speeds, perSecond(tokens, took)] : speeds,
  };
}
