import assert from 'node:assert/strict';
import { it } from 'node:test';
import { localTime } from './local-time.ts';

const at = Date.parse('2026-03-29T00:30:15.900Z');

for (const [zone, date, time, weekday, offset] of [
  ['UTC', '2026-03-29', '00:30:15', 'Sunday', 0],
  ['Asia/Shanghai', '2026-03-29', '08:30:15', 'Sunday', -480],
  ['Asia/Kolkata', '2026-03-29', '06:00:15', 'Sunday', -330],
  ['America/Los_Angeles', '2026-03-28', '17:30:15', 'Saturday', 420],
  ['Europe/Berlin', '2026-03-29', '01:30:15', 'Sunday', -60],
] as const) {
  it(zone, () => assert.deepEqual(localTime(at, zone), { date, time, weekday, offset }));
}

it('an hour later summer has begun in Berlin', () => {
  assert.equal(localTime(at + 3_600_000, 'Europe/Berlin').time, '03:30:15');
  assert.equal(localTime(at + 3_600_000, 'Europe/Berlin').offset, -120);
});

it('midnight is hour 00', () => assert.equal(localTime(Date.parse('2026-03-29T00:00:00Z'), 'UTC').time, '00:00:00'));
