import assert from 'node:assert/strict';
import { test } from 'node:test';
import { badgeOf, examResults } from './exam-result.ts';
import type { RunCell, TestRun } from './test-runs.ts';

const run = (scores: { readonly native?: readonly boolean[]; readonly injected?: readonly boolean[] }): TestRun => {
  const modes = (['native', 'injected'] as const).filter((mode) => scores[mode]);
  const rows = modes.map((mode) => ({
    id: `acme/m#${mode}`,
    provider: 'acme',
    model: 'm',
    mode,
    usual: 'native' as const,
  }));
  const cells = modes.flatMap((mode) =>
    (scores[mode] ?? []).map((right, at): RunCell => ({
      row: `acme/m#${mode}`, column: String(at), state: right ? 'ok' : 'failed', ms: 1, firstTokenMs: 1, code: null, exchangeId: null,
    })),
  ); // prettier-ignore
  const options = { concurrency: 2, timeoutSeconds: 15, stopAfter: null };
  return { id: 'r', kind: 'exam', startedAt: 1, endedAt: 2, status: 'done', options, rows, columns: [], cells };
};

for (const [what, scores, suggested] of [
  ['the better mode', { native: [true, false], injected: [true, true] }, 'injected'],
  ['native where both are equal', { native: [true, true], injected: [true, true] }, 'native'],
  ['nothing where only one was tried', { native: [true, true] }, null],
  ['nothing where one was not finished', { native: [true], injected: [true, true] }, null],
  ['nothing where neither can', { native: [false], injected: [false] }, null],
] as const) {
  test(`it suggests ${what}`, () => assert.equal(examResults(run(scores))[0]?.suggested, suggested));
}

test('the badge follows the share of right answers', () => {
  const of = (right: number, asked = 10) => badgeOf({ right, asked });
  assert.deepEqual([of(10), of(9), of(8), of(7), of(5), of(4), of(0, 0)], [
    'excellent', 'good', 'good', 'partial', 'partial', 'poor', null,
  ]); // prettier-ignore
});
