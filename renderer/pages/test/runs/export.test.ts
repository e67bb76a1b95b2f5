import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runDiff, type RunCell, type TestRun } from '../../../../shared/test-runs.ts';
import { toCsv, toMarkdown } from './export.ts';

const cell = (row: string, column: string, change: Partial<RunCell>): RunCell => ({
  row, column, state: 'ok', ms: 812.4, firstTokenMs: 100, code: null, exchangeId: 'req_1', ...change,
}); // prettier-ignore
const run = (cells: RunCell[]): TestRun => ({
  id: 'r',
  kind: 'matrix',
  startedAt: 1,
  endedAt: 2,
  status: 'done',
  options: { concurrency: 2, timeoutSeconds: 15, stopAfter: null },
  rows: [...new Set(cells.map(({ row }) => row))].map((id) => ({
    id, provider: 'acme', model: id.slice(5), mode: null, usual: null,
  })), // prettier-ignore
  columns: ['plain', 'tools'],
  cells,
});

const before = run([cell('acme/a|b', 'plain', {}), cell('acme/a|b', 'tools', { state: 'failed', code: 'no_call' })]);

test('as Markdown it is a table that a bar in a name does not break', () => {
  assert.equal(
    toMarkdown(before),
    String.raw`| Model | plain | tools |
| --- | --- | --- |
| acme/a\|b | ✓ 812 ms | ✕ no_call |
`,
  );
});

test('as CSV nothing is a formula, and quotes and commas stay in their cell', () => {
  const lines = toCsv(run([cell('=acme/"x",y', 'plain', {})])).split('\r\n');
  assert.equal(lines[1], `"'=acme/""x"",y",plain,ok,812.4,100,,req_1`);
});

test('what has changed between two runs is what both have tested with another outcome', () => {
  const after = run([
    cell('acme/a|b', 'plain', { state: 'failed', code: 'upstream_error' }),
    cell('acme/a|b', 'tools', { state: 'skipped' }),
    cell('acme/new', 'plain', { state: 'failed' }),
  ]);
  assert.deepEqual(
    runDiff(before, after).map(({ row, column, was, now }) => [row.id, column, was.state, now.state]),
    [['acme/a|b', 'plain', 'ok', 'failed']],
  );
  assert.deepEqual(runDiff(before, before), []);
});
