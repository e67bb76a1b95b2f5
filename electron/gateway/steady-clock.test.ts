import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SteadyClock } from './steady-clock.ts';

const minute = 60_000;

function setUp() {
  const at = { wall: 1_700_000_000_000, monotonic: 500, uptime: 9_000 };
  const clock = new SteadyClock({ wall: () => at.wall, monotonic: () => at.monotonic, uptime: () => at.uptime });
  return {
    clock,
    pass: (ms: number) => {
      at.wall += ms;
      at.monotonic += ms;
      at.uptime += ms;
    },
    set: (ms: number) => void (at.wall += ms),
    sleep: (ms: number) => {
      at.wall += ms;
      at.uptime += ms;
    },
  };
}

test('it begins as the clock of the computer and goes as fast', () => {
  const { clock, pass } = setUp();
  assert.equal(clock.now(), 1_700_000_000_000);
  pass(minute);
  assert.equal(clock.now(), 1_700_000_060_000);
  assert.deepEqual([clock.look(), clock.ahead()], [{ slept: 0, set: 0 }, 0]);
});

for (const by of [60 * minute, -60 * minute, -1_700_000_000_000])
  test(`F094 a clock that is set by ${by / minute} minutes changes no length of time, and is noticed`, () => {
    const { clock, pass, set } = setUp();
    const until = clock.now() + 10 * minute;
    pass(minute);
    set(by);
    assert.equal(until - clock.now(), 9 * minute);
    assert.deepEqual(clock.look(), { slept: 0, set: by });
    assert.equal(clock.ahead(), by);
    assert.deepEqual(clock.look(), { slept: 0, set: 0 }, 'once');
  });

test('F092 sleep counts, whether the clock of the process stands still meanwhile or not', () => {
  const { clock, pass, sleep } = setUp();
  const begun = clock.now();
  sleep(30 * minute);
  pass(5);
  assert.deepEqual(clock.look(), { slept: 30 * minute, set: 0 });
  assert.equal(clock.now() - begun, 30 * minute + 5);
  pass(30 * minute);
  assert.deepEqual(clock.look(), { slept: 0, set: 0 });
  assert.equal(clock.now() - begun, 60 * minute + 5);
});
