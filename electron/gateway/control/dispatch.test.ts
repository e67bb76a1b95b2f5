import assert from 'node:assert/strict';
import { test } from 'node:test';
import pino from 'pino';
import { createDispatch, type Handlers, Refusal } from './dispatch.ts';

const lines: string[] = [];
const log = pino({}, { write: (line: string) => void lines.push(line) });
const asked: unknown[] = [];
const dispatch = createDispatch(
  // Only the calls of these tests are ever reached.
  {
    'exchanges.get': ({ id }) => {
      asked.push(id);
      if (id === 'refused') throw new Refusal('Not this one.');
      if (id === 'no room') throw Object.assign(new Error('write'), { code: 'ENOSPC' });
      if (id === 'no pages') throw Object.assign(new Error('full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });
      if (id === 'broken') throw new Error('CANARY internals');
      return null;
    },
  } as Partial<Handlers> as Handlers,
  log,
);

test('a known call with a right input is answered', async () =>
  assert.deepEqual(await dispatch('exchanges.get', { id: 'x' }), { ok: true, value: null }));

for (const name of ['nope', '__proto__', 'constructor', 'toString', '']) {
  test(`the name ${JSON.stringify(name)} is no call`, async () => {
    const answer = await dispatch(name, null);
    assert.ok(!answer.ok && answer.error.code === 'unknown_call');
  });
}

for (const input of [
  null,
  {},
  { id: 1 },
  { id: 'x'.repeat(101) },
  [],
  'x',
  JSON.parse('{"__proto__":{"id":"x"}}') as unknown,
]) {
  test(`the input ${JSON.stringify(input)?.slice(0, 30)} is refused before any handler`, async () => {
    const before = asked.length;
    const answer = await dispatch('exchanges.get', input);
    assert.ok(!answer.ok && answer.error.code === 'invalid_input');
    assert.equal(asked.length, before);
  });
}

test('a refusal is told, a fault is logged and not told', async () => {
  const refused = await dispatch('exchanges.get', { id: 'refused' });
  assert.ok(!refused.ok && refused.error.code === 'refused' && refused.error.message === 'Not this one.');
  const broken = await dispatch('exchanges.get', { id: 'broken' });
  assert.ok(!broken.ok && broken.error.code === 'failed' && !broken.error.message.includes('CANARY'));
  assert.ok(lines.some((line) => line.includes('CANARY')));
});

for (const id of ['no room', 'no pages']) {
  test(`a full disk is named (${id})`, async () => {
    const answer = await dispatch('exchanges.get', { id });
    assert.ok(!answer.ok && answer.error.code === 'refused' && answer.error.message.includes('disk is full'));
  });
}
