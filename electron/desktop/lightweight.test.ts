import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { lightweight, restAfterMs } from './lightweight.ts';

function resting(t: TestContext, mayRest = true) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let rested = 0;
  return { ...lightweight({ mayRest: () => mayRest, rest: () => (rested += 1) }), count: () => rested };
}

test('a window that stays hidden is given up, once, and not before its time', (t) => {
  const { hidden, count } = resting(t);
  hidden();
  t.mock.timers.tick(restAfterMs - 1);
  assert.equal(count(), 0);
  t.mock.timers.tick(1);
  assert.equal(count(), 1);
  t.mock.timers.tick(10 * restAfterMs);
  assert.equal(count(), 1);
});

test('one that is shown again begins anew', (t) => {
  const { hidden, shown, count } = resting(t);
  hidden();
  t.mock.timers.tick(restAfterMs - 1);
  shown();
  t.mock.timers.tick(restAfterMs);
  assert.equal(count(), 0);
  hidden();
  hidden();
  t.mock.timers.tick(restAfterMs);
  assert.equal(count(), 1);
});

test('it stays where the user wants it to', (t) => {
  const { hidden, count } = resting(t, false);
  hidden();
  t.mock.timers.tick(restAfterMs);
  assert.equal(count(), 0);
});
