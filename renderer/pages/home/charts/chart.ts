import type { FigureBucket, Figures } from '../../../../shared/figures.ts';

export const chartIds = ['requests', 'errors', 'firstToken', 'speed', 'tokens'] as const;
export type ChartId = (typeof chartIds)[number];

/** A CSS variable, without its two dashes. */
export type Colour =
  | `chart-${1 | 2 | 3 | 4 | 5 | 6}`
  | 'color-success'
  | 'color-warning'
  | 'color-danger'
  | 'color-info'
  | 'color-muted'
  | 'color-control';
/** What tells bars apart without their colour. */
export type Fill = 'solid' | 'diagonal' | 'cross' | 'dots';

export interface ChartSeries {
  readonly key: string;
  readonly label: string;
  readonly colour: Colour;
  /** Of bars. */
  readonly fill: Fill;
  /** Of lines: lengths of strokes and gaps. */
  readonly dash: readonly number[];
  /** One for each step of the window; null: nothing to show there. */
  readonly values: readonly (number | null)[];
}

export interface Column {
  /** In the exported file, which is the same in every language. */
  readonly name: string;
  readonly label: string;
  readonly raw: (bucket: FigureBucket) => number | string | null;
  readonly text: (bucket: FigureBucket) => string;
}

export interface Chart {
  readonly id: ChartId;
  readonly kind: 'bars' | 'lines';
  readonly title: string;
  readonly unit: string;
  readonly figures: Figures;
  /** Beginnings of all steps. */
  readonly at: readonly number[];
  readonly series: readonly ChartSeries[];
  /** Single values, where they are too few for the line. */
  readonly dots: readonly { readonly at: number; readonly value: number }[];
  /** A line to measure by. */
  readonly guide: { readonly value: number; readonly label: string } | null;
  /** The axis reaches at least this far up. */
  readonly least: number;
  /** Lines go on over steps without values. */
  readonly joined: boolean;
  readonly columns: readonly Column[];
  readonly text: (value: number) => string;
  /** The same for the axis, where less is enough. */
  readonly axis: (value: number) => string;
}

/** Beginnings of all steps of the window; what is sent are only those in which something happened. */
export const stepsOf = ({ from, until, bucketMs }: Pick<Figures, 'from' | 'until' | 'bucketMs'>): number[] =>
  Array.from({ length: Math.round((until - from) / bucketMs) }, (_, at) => from + at * bucketMs);

/** A value for each step; `empty` where nothing happened. */
export function dense<T>(figures: Figures, value: (bucket: FigureBucket) => T, empty: T): T[] {
  const known = new Map(figures.buckets.map((bucket) => [bucket.at, bucket]));
  return stepsOf(figures).map((at) => {
    const bucket = known.get(at);
    return bucket === undefined ? empty : value(bucket);
  });
}

/** Each value on top of those before it; hidden ones count nothing. */
export function stacked(series: readonly ChartSeries[], hidden: ReadonlySet<string>): (number | null)[][] {
  const sums: number[] = [];
  return series.map(({ key, values }) =>
    values.map((value, at) => {
      if (hidden.has(key)) return null;
      sums[at] = (sums[at] ?? 0) + (value ?? 0);
      return sums[at];
    }),
  );
}

/** Of the requests that came to an end of their own; those the client broke off say nothing. Null: there were none. */
export function errorShare({
  ok,
  clientError,
  upstreamError,
}: Pick<FigureBucket, 'ok' | 'clientError' | 'upstreamError'>): number | null {
  const finished = ok + clientError + upstreamError;
  return finished === 0 ? null : (clientError + upstreamError) / finished;
}
