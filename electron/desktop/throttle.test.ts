import assert from 'node:assert/strict';
import { test } from 'node:test';
import { throttle } from './throttle.ts';

test('F169: a heap passes at once, after that so many a second', () => {
  let now = 0;
  const passes = throttle(100, 500, () => now);
  const count = (tries: number) => Array.from({ length: tries }, passes).filter(Boolean).length;
  assert.equal(count(10_000), 500);
  now = 1_000;
  assert.equal(count(10_000), 100);
  now = 61_000;
  assert.equal(count(10_000), 500);
});
