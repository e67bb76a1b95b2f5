import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restoredBounds } from './window-bounds.ts';

const screen = () => ({ x: 0, y: 25, width: 1920, height: 1000 });
const last = { x: 100, y: 100, width: 900, height: 700 };

test('comes back where it was', () => {
  assert.deepEqual(restoredBounds(last, screen), last);
  assert.deepEqual(restoredBounds({ ...last, x: -800 }, screen), { ...last, x: -800 });
});

test('keeps its size but not its place when no hand could reach it', () => {
  for (const gone of [{ x: 3000 }, { x: -880 }, { y: 0 }, { y: 1020 }]) {
    assert.deepEqual(restoredBounds({ ...last, ...gone }, screen), { width: 900, height: 700 });
  }
});

test('begins with a size of its own when nothing sensible is saved', () => {
  for (const saved of [
    undefined,
    null,
    'big',
    {},
    { ...last, width: 3 },
    { ...last, x: 0.5 },
    { ...last, height: 1e9 },
  ]) {
    assert.deepEqual(restoredBounds(saved, screen), { width: 1180, height: 780 });
  }
});
