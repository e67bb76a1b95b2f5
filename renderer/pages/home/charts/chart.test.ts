import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FigureBucket, Figures } from '../../../../shared/figures.ts';
import { type ChartSeries, dense, errorShare, stacked, stepsOf } from './chart.ts';

const series = (key: string, values: readonly (number | null)[]): ChartSeries => ({
  key,
  label: key,
  colour: 'chart-1',
  fill: 'solid',
  dash: [],
  values,
});

test('bars stand on each other, and those that are switched off count nothing', () => {
  const all = [series('a', [1, 2]), series('b', [10, null]), series('c', [100, 200])];
  assert.deepEqual(stacked(all, new Set()), [
    [1, 2],
    [11, 2],
    [111, 202],
  ]);
  assert.deepEqual(stacked(all, new Set(['b'])), [
    [1, 2],
    [null, null],
    [101, 202],
  ]);
});

test('every step of the window has a value, also those of which nothing was told', () => {
  const bucket = { at: 20, ok: 3 } as FigureBucket;
  const figures = { from: 0, until: 40, bucketMs: 10, buckets: [bucket] } as unknown as Figures;
  assert.deepEqual(stepsOf(figures), [0, 10, 20, 30]);
  assert.deepEqual(
    dense(figures, ({ ok }) => ok, 0),
    [0, 0, 3, 0],
  );
});

const shares: readonly [string, [ok: number, clientError: number, upstreamError: number], number | null][] = [
  ['nothing but cancelled requests has none', [0, 0, 0], null],
  ['all went well', [4, 0, 0], 0],
  ['both kinds of errors count', [2, 1, 1], 0.5],
];
for (const [name, [ok, clientError, upstreamError], expected] of shares)
  test(`error rate: ${name}`, () => assert.equal(errorShare({ ok, clientError, upstreamError }), expected));
