import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addBins, type Bins, count, fewOf, spreadOf } from './bins.ts';

const binsOf = (values: readonly number[]): Bins => {
  const bins: Bins = {};
  for (const value of values) count(bins, value);
  return bins;
};
const near = (found: number | null, exact: number): boolean =>
  found !== null && Math.abs(found - exact) <= exact * 0.03;

test('percentiles are within 3 % of the exact ones, however the values lie and however they were put together', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.5, max: 600_000, noNaN: true }), { minLength: 20, maxLength: 400 }),
      fc.nat(400),
      (values, cut) => {
        const bins = binsOf(values.slice(0, cut));
        addBins(bins, binsOf(values.slice(cut)));
        const sorted = values.toSorted((a, b) => a - b);
        const exact = (share: number) => sorted[Math.ceil(values.length * share) - 1] ?? 0;
        const { count: found, least, most, p50, p95 } = spreadOf(bins);
        return (
          found === values.length &&
          near(p50, exact(0.5)) &&
          near(p95, exact(0.95)) &&
          near(least, exact(0) || (sorted[0] ?? 0)) &&
          near(most, sorted.at(-1) ?? 0)
        );
      },
    ),
  );
});

for (const [many, percentiles, few] of [
  [0, false, 0],
  [1, false, 1],
  [19, false, 19],
  [20, true, 0],
] as const) {
  test(`${many} values: ${percentiles ? 'percentiles' : 'no percentile, each value by itself'}`, () => {
    const bins = binsOf(Array.from({ length: many }, (_, at) => 100 + at));
    const { p50, p95 } = spreadOf(bins);
    assert.equal(p50 !== null && p95 !== null, percentiles);
    assert.equal(fewOf(bins).length, few);
  });
}
