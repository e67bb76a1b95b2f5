import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ItemMemory } from './recall.ts';

const item = (id: string, text = '') => ({ id, type: 'message', text });
const plenty = { items: 100, bytes: 1_000_000, ms: 1_000 };

test('an item is found by its id, by the key that made it only', () => {
  const memory = new ItemMemory(plenty);
  memory.keep('Laptop', [item('msg_1', 'hello'), item('msg_2')]);
  memory.keep(null, [item('msg_3')]);
  assert.deepEqual(memory.find('Laptop', 'msg_1'), item('msg_1', 'hello'));
  assert.deepEqual(memory.find(null, 'msg_3'), item('msg_3'));
  for (const [key, id] of [
    ['Phone', 'msg_1'],
    [null, 'msg_1'],
    ['Laptop', 'msg_3'],
    ['Laptop', 'msg_9'],
    ['', 'msg_3'],
  ] as const)
    assert.equal(memory.find(key, id), undefined, `${key} ${id}`);
});

test('what was kept cannot be changed from outside', () => {
  const memory = new ItemMemory(plenty);
  const given = item('msg_1', 'said');
  memory.keep('a', [given]);
  given.text = 'not said';
  Object.assign(memory.find('a', 'msg_1') ?? {}, { text: 'not said' });
  assert.deepEqual(memory.find('a', 'msg_1'), item('msg_1', 'said'));
});

test('too many: the one that was not asked for the longest goes first', () => {
  const memory = new ItemMemory({ ...plenty, items: 2 });
  memory.keep('a', [item('1'), item('2')]);
  memory.find('a', '1');
  memory.keep('a', [item('3')]);
  assert.deepEqual(
    ['1', '2', '3'].map((id) => memory.find('a', id) !== undefined),
    [true, false, true],
  );
});

test('too much: the oldest go, and one that is too large alone pushes out nobody', () => {
  const memory = new ItemMemory({ ...plenty, bytes: 1_000 });
  memory.keep('a', [item('1', 'x'.repeat(150)), item('2', 'x'.repeat(150)), item('3', 'x'.repeat(150))]);
  assert.deepEqual(
    ['1', '2', '3'].map((id) => memory.find('a', id) !== undefined),
    [false, true, true],
  );
  assert.ok(memory.bytes <= 1_000);
  memory.keep('a', [item('4', 'x'.repeat(600))]);
  assert.equal(memory.find('a', '4'), undefined);
  assert.ok(memory.find('a', '3'));
});

test('too old: forgotten, unless it was asked for in between', () => {
  let now = 0;
  const memory = new ItemMemory(plenty, () => now);
  memory.keep('a', [item('1'), item('2')]);
  now = 900;
  memory.find('a', '2');
  now = 1_000;
  assert.equal(memory.find('a', '1'), undefined);
  assert.ok(memory.find('a', '2'));
  now = 5_000;
  assert.equal(memory.find('a', '2'), undefined);
  assert.equal(memory.bytes, 0);
});

test('the same id again takes the place of the first', () => {
  const memory = new ItemMemory(plenty);
  memory.keep('a', [item('1', 'first')]);
  const { bytes } = memory;
  memory.keep('a', [item('1', 'later')]);
  assert.deepEqual(memory.find('a', '1'), item('1', 'later'));
  assert.equal(memory.bytes, bytes);
});
