import assert from 'node:assert/strict';
import { test } from 'node:test';
import pino from 'pino';
import { SteadyClock } from './steady-clock.ts';
import { Watch } from './watch.ts';

function setUp() {
  const at = { wall: 1_700_000_000_000, monotonic: 0, uptime: 0, addresses: '192.168.0.2/24' };
  const done: string[] = [];
  const watch = new Watch({
    clock: new SteadyClock({ wall: () => at.wall, monotonic: () => at.monotonic, uptime: () => at.uptime }),
    renewConnections: () => void done.push('connections'),
    rearm: () => void done.push('timers'),
    log: pino({ level: 'silent' }),
    addresses: () => at.addresses,
  });
  watch.start();
  return { at, done, watch };
}

test('F092 after a sleep connections and timers are new; otherwise nothing is', (t) => {
  const { at, done, watch } = setUp();
  t.after(() => watch.stop());
  watch.look();
  assert.deepEqual(done, []);
  at.wall += 60_000;
  at.uptime += 60_000;
  watch.look();
  assert.deepEqual(done, ['connections', 'timers']);
  watch.look();
  assert.equal(done.length, 2);
  watch.resumed();
  assert.deepEqual(done.slice(2), ['connections', 'timers'], 'also when the system says so');
});

test('F092 in another network connections are new', (t) => {
  const { at, done, watch } = setUp();
  t.after(() => watch.stop());
  at.addresses = '10.0.0.7/8';
  watch.look();
  watch.look();
  assert.deepEqual(done, ['connections']);
});

test('F094 after the clock was set, timers that follow it are set anew', (t) => {
  const { at, done, watch } = setUp();
  t.after(() => watch.stop());
  at.wall -= 3_600_000;
  watch.look();
  watch.look();
  assert.deepEqual(done, ['timers']);
});
