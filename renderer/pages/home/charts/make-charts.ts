import type { TFunction } from 'i18next';
import type { FigureBucket, Figures } from '../../../../shared/figures.ts';
import type { Format } from '../../../lib/format.ts';
import { type Chart, type ChartSeries, type Colour, type Column, dense, errorShare, stepsOf } from './chart.ts';

type Outcome = 'ok' | 'clientError' | 'upstreamError' | 'cancelled';

const outcomes = [
  ['ok', 'chart-1', 'solid', 'ok'],
  ['clientError', 'color-warning', 'diagonal', 'client_error'],
  ['upstreamError', 'color-danger', 'cross', 'upstream_error'],
  ['cancelled', 'color-muted', 'dots', 'cancelled'],
] as const satisfies readonly (readonly [Outcome, Colour, ChartSeries['fill'], string])[];

/** Told apart by colour and by stroke. */
const strokes: readonly (readonly [Colour, readonly number[]])[] = [
  ['chart-1', []],
  ['chart-2', [7, 3]],
  ['chart-3', [2, 3]],
  ['chart-4', [9, 3, 2, 3]],
  ['chart-5', [12, 4]],
  ['chart-6', [5, 2, 1, 2]],
  ['color-muted', [1, 3]],
];
const strokeOf = (at: number) => strokes[at] ?? (['color-muted', [1, 3]] as const);

/** What all charts of these figures have in common. */
const common = (figures: Figures) => ({
  figures,
  at: stepsOf(figures),
  dots: [],
  guide: null,
  least: 1,
  joined: false,
});

interface Words {
  readonly t: TFunction;
  readonly format: Format;
}

const counted = (name: string, label: string, value: (bucket: FigureBucket) => number, format: Format): Column => ({
  name,
  label,
  raw: value,
  text: (bucket) => format.number(value(bucket)),
});

function requests(figures: Figures, { t, format }: Words): Chart {
  return {
    ...common(figures),
    id: 'requests',
    kind: 'bars',
    title: t('figures.charts.requests'),
    unit: t(`figures.per.${figures.window}`),
    series: outcomes.map(([key, colour, fill]) => ({
      key,
      label: t(`figures.outcomes.${key}`),
      colour,
      fill,
      dash: [],
      values: dense(figures, (bucket) => bucket[key], 0),
    })),
    columns: outcomes.map(([key, , , name]) =>
      counted(name, t(`figures.outcomes.${key}`), (bucket) => bucket[key], format),
    ),
    text: format.number,
    axis: format.compact,
  };
}

function errors(figures: Figures, { t, format }: Words): Chart {
  const label = t('figures.charts.errors');
  return {
    ...common(figures),
    id: 'errors',
    kind: 'lines',
    title: label,
    unit: t('figures.units.errors'),
    least: 0.1,
    joined: true,
    guide: { value: 0.05, label: format.percent(0.05) },
    series: [
      {
        key: 'errors',
        label,
        colour: 'color-danger',
        fill: 'solid',
        dash: [],
        values: dense<number | null>(figures, errorShare, null),
      },
    ],
    columns: [
      {
        name: 'error_rate',
        label,
        raw: errorShare,
        text: (bucket) => {
          const share = errorShare(bucket);
          return share === null ? '–' : format.percent(share);
        },
      },
      counted('errors', t('figures.failed'), (bucket) => bucket.clientError + bucket.upstreamError, format),
      counted(
        'finished',
        t('figures.finished'),
        (bucket) => bucket.ok + bucket.clientError + bucket.upstreamError,
        format,
      ),
    ],
    text: format.percent,
    axis: format.percent,
  };
}

function firstToken(figures: Figures, { t, format }: Words): Chart {
  const text = (value: number | null) => (value === null ? '–' : format.duration(value));
  const percentiles = ['p50', 'p95'] as const;
  return {
    ...common(figures),
    id: 'firstToken',
    kind: 'lines',
    title: t('figures.charts.firstToken'),
    unit: t('figures.units.firstToken'),
    least: 100,
    dots: figures.buckets.flatMap(({ at, firstToken: { few } }) => few.map((value) => ({ at, value }))),
    series: percentiles.map((key, at) => ({
      key,
      label: key,
      colour: strokeOf(at)[0],
      fill: 'solid',
      dash: strokeOf(at)[1],
      values: dense<number | null>(figures, (bucket) => bucket.firstToken[key], null),
    })),
    columns: [
      counted('answers', t('figures.answers'), (bucket) => bucket.firstToken.count, format),
      ...percentiles.map((key): Column => ({
        name: `${key}_ms`,
        label: key,
        raw: (bucket) => bucket.firstToken[key],
        text: (bucket) => text(bucket.firstToken[key]),
      })),
      {
        name: 'single_values_ms',
        label: t('figures.single'),
        raw: (bucket) => bucket.firstToken.few.join(' '),
        text: (bucket) => bucket.firstToken.few.map((value) => format.duration(value)).join(' · '),
      },
    ],
    text: (value) => format.duration(value),
    axis: (value) => format.duration(value),
  };
}

function speed(figures: Figures, { t, format }: Words): Chart {
  const names = [...figures.models, ...(figures.otherModels ? [t('figures.others')] : [])];
  const valueOf = (at: number) => (bucket: FigureBucket) => bucket.speeds[at] ?? null;
  return {
    ...common(figures),
    id: 'speed',
    kind: 'lines',
    title: t('figures.charts.speed'),
    unit: t('figures.units.speed'),
    least: 10,
    joined: true,
    series: names.map((label, at) => ({
      key: label,
      label,
      colour: strokeOf(at)[0],
      fill: 'solid',
      dash: strokeOf(at)[1],
      values: dense<number | null>(figures, valueOf(at), null),
    })),
    columns: names.map((label, at) => ({
      name: figures.models[at] ?? 'others',
      label,
      raw: valueOf(at),
      text: (bucket) => {
        const value = valueOf(at)(bucket);
        return value === null ? '–' : format.decimal(value);
      },
    })),
    text: format.decimal,
    axis: format.number,
  };
}

function tokens(figures: Figures, { t, format }: Words): Chart {
  const parts = [
    ['input', 'chart-1', 'solid', (bucket: FigureBucket) => bucket.inputTokens],
    ['output', 'chart-2', 'solid', (bucket: FigureBucket) => bucket.outputTokens - bucket.estimatedTokens],
    ['estimated', 'chart-2', 'diagonal', (bucket: FigureBucket) => bucket.estimatedTokens],
  ] as const satisfies readonly (readonly [string, Colour, ChartSeries['fill'], (bucket: FigureBucket) => number])[];
  return {
    ...common(figures),
    id: 'tokens',
    kind: 'bars',
    title: t('figures.charts.tokens'),
    unit: t(`figures.per.${figures.window}`),
    series: parts.map(([key, colour, fill, value]) => ({
      key,
      label: t(`figures.tokens.${key}`),
      colour,
      fill,
      dash: [],
      values: dense(figures, value, 0),
    })),
    columns: parts.map(([key, , , value]) =>
      counted(key === 'estimated' ? 'output_estimated' : key, t(`figures.tokens.${key}`), value, format),
    ),
    text: format.number,
    axis: format.compact,
  };
}

/** The charts of Home, in their order. */
export const makeCharts = (figures: Figures, words: Words): Chart[] =>
  [requests, errors, firstToken, speed, tokens].map((make) => make(figures, words));
