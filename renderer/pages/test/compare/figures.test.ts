import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleExchange } from '../../logs/example-exchange.ts';
import { spreadOf } from './figures.ts';

test('the spread is of the answers that went well', () => {
  const rows = [300, 100, 200].map((closed) => exampleExchange({ closed }));
  assert.deepEqual(spreadOf(rows, 'total'), { min: 100, p50: 200, max: 300 });
  assert.deepEqual(spreadOf([...rows, exampleExchange({ closed: 1, outcome: 'failed' })], 'total')?.min, 100);
  assert.equal(spreadOf([], 'total'), null);
  assert.equal(spreadOf([exampleExchange({ firstToken: null })], 'ttft'), null);
});
