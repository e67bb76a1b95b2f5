import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { nextRunIn, Schedule, type ScheduleOptions } from './schedule.ts';

const minute = 60_000;
const hour = 60 * minute;
const now = 1_000 * hour;
const options = (changes: Partial<ScheduleOptions>): ScheduleOptions => ({
  everyHours: () => 6,
  lastAt: () => null,
  run: async () => {},
  clock: () => now,
  random: () => 0.5,
  ...changes,
});

test('the next run follows the last one, also over a restart, give or take a tenth', () => {
  const cases: [Partial<ScheduleOptions>, number | null][] = [
    [{ everyHours: () => 0 }, null],
    [{}, 2 * minute],
    [{ lastAt: () => now }, 6 * hour],
    [{ lastAt: () => now, random: () => 0 }, 5.4 * hour],
    [{ lastAt: () => now, random: () => 1 }, 6.6 * hour],
    [{ lastAt: () => now - 5 * hour }, hour],
    [{ lastAt: () => now - 50 * hour }, 2 * minute],
    [{ lastAt: () => now - 50 * hour, random: () => 1 }, 3 * minute],
  ];
  for (const [changes, wait] of cases) {
    const next = nextRunIn(options(changes));
    assert.ok(next === wait || (next !== null && wait !== null && Math.abs(next - wait) < 1), `${next} ≠ ${wait}`);
  }
});

test('it runs again and again while it is armed, also after a run that failed, and never once disarmed', async () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  try {
    let runs = 0;
    let lastAt = 0;
    const schedule = new Schedule(
      options({
        clock: Date.now,
        lastAt: () => lastAt,
        run: async () => {
          runs++;
          lastAt = Date.now();
          if (runs === 1) throw new Error('failed');
        },
      }),
    );
    schedule.arm();
    for (let hours = 0; hours < 13; hours++) {
      mock.timers.tick(hour);
      await new Promise(setImmediate);
    }
    assert.equal(runs, 2);
    schedule.disarm();
    mock.timers.tick(100 * hour);
    assert.equal(runs, 2);
  } finally {
    mock.timers.reset();
  }
});
