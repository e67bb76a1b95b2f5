import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crashCounter } from './renderer-crash.ts';

test('F101: three crashes are loaded again, the fourth within five minutes is given up', () => {
  let now = 0;
  const count = crashCounter(() => now);
  const words = [0, 1_000, 2_000, 3_000].map((at) => ((now = at), count()));
  assert.deepEqual(words, ['reloaded', 'reloaded', 'reloaded', 'given-up']);
});

test('crashes of long ago are forgotten', () => {
  let now = 0;
  const count = crashCounter(() => now);
  for (let hour = 0; hour < 10; hour++) {
    now = hour * 3_600_000;
    assert.equal(count(), 'reloaded');
  }
});
