import assert from 'node:assert/strict';
import { test } from 'node:test';
import { change, durations, signed, spreadText } from './compare.ts';

const format = {
  number: (value: number) => value.toFixed(0),
  decimal: (value: number) => value.toFixed(1),
  percent: (value: number) => `${(value * 100).toFixed(0)}%`,
};

const changes: readonly [now: number | null, before: number | null, expected: string | null][] = [
  [12, 10, '+20%'],
  [5, 10, '−50%'],
  [10, 10, '±0%'],
  [10.01, 10, '±0%'],
  [0, 10, '−100%'],
  [10, 0, null],
  [null, 10, null],
  [10, null, null],
];
for (const [now, before, expected] of changes)
  test(`${now} after ${before}: ${expected ?? 'nothing to say'}`, () => {
    const share = change(now, before);
    assert.equal(share === null ? null : signed(share, format), expected);
  });

const spreads: readonly [string, Parameters<typeof spreadText>[0], string][] = [
  ['no value', { count: 0, least: null, most: null, p50: null, p95: null }, '–'],
  ['one', { count: 1, least: 420, most: 420, p50: null, p95: null }, '420 ms'],
  ['few: from the least to the most', { count: 9, least: 420, most: 1_940, p50: null, p95: null }, '0.4 – 1.9 s'],
  ['many: percentiles', { count: 20, least: 1, most: 99_000, p50: 800, p95: 12_000 }, '0.8 / 12 s'],
];
for (const [name, spread, expected] of spreads)
  test(`${name}: ${expected}`, () =>
    assert.equal(
      spreadText(spread, (values, between) => durations(values, between, format)),
      expected,
    ));
