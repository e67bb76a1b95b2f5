import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moved, toSave } from './order.ts';

const ids = ['zai-api', 'zai', 'router', 'local'];

for (const [id, by, expected] of [
  ['zai', -1, ['zai', 'zai-api', 'router', 'local']],
  ['zai', 1, ['zai-api', 'router', 'zai', 'local']],
  ['zai-api', -1, null],
  ['local', 1, null],
  ['gone', 1, null],
] as const) {
  test(`${id} moves by ${by}`, () => assert.deepEqual(moved(ids, id, by), expected));
}

test('local is named only where it is not last', () => {
  assert.deepEqual(toSave(ids), ['zai-api', 'zai', 'router']);
  assert.deepEqual(toSave(['local', 'zai']), ['local', 'zai']);
});
