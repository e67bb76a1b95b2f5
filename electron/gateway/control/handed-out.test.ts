import assert from 'node:assert/strict';
import { test } from 'node:test';
import pino from 'pino';
import { HandedOut, isHandingOut } from './handed-out.ts';

function setUp() {
  const lines: Record<string, unknown>[] = [];
  const log = pino(
    { base: null },
    { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const now = { ms: 0 };
  return { lines, now, handedOut: new HandedOut(log, () => now.ms) };
}

test('F163: of twenty calls a minute that reveal a token five are answered, and the next minute some again', () => {
  const { handedOut, now, lines } = setUp();
  const reveal = () => handedOut.may('tokens.reveal', { id: 'one' });
  assert.deepEqual(Array.from({ length: 20 }, reveal).filter(Boolean).length, 5);
  now.ms = 59_000;
  assert.equal(reveal(), false);
  now.ms = 60_001;
  assert.equal(reveal(), true);
  assert.equal(lines.length, 22);
  assert.deepEqual([lines[0]?.['call'], lines[0]?.['ids'], lines[0]?.['level']], ['tokens.reveal', ['one'], 30]);
  assert.equal(lines[5]?.['level'], 40);
});

test('F163: each kind has its own count, and what hands out nothing has none and leaves no trace', () => {
  const { handedOut, lines } = setUp();
  for (let at = 0; at < 5; at++) assert.ok(handedOut.may('tokens.export', { ids: ['a', 'b'], typed: 'EXPORT' }));
  assert.equal(handedOut.may('tokens.export', { ids: ['a'], typed: 'EXPORT' }), false);
  assert.equal(handedOut.may('tokens.copy', { id: 'a' }), true);
  const before = lines.length;
  for (let at = 0; at < 1_000; at++) assert.ok(handedOut.may('state.get', null));
  assert.equal(lines.length, before);
  assert.deepEqual([isHandingOut('tokens.reveal'), isHandingOut('state.get')], [true, false]);
});
