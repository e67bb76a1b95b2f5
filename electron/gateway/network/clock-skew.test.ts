import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClockSkew } from './clock-skew.ts';

function setUp() {
  const now = { wall: Date.UTC(2026, 0, 1), monotonic: 5_000 };
  const skew = new ClockSkew({ wall: () => now.wall, monotonic: () => now.monotonic });
  const pass = (ms: number) => {
    now.wall += ms;
    now.monotonic += ms;
  };
  /** A service whose clock differs from the right one by so many seconds. */
  const hear = (host: string, seconds: number, more: object = {}) =>
    skew.heard(host, { date: new Date(Date.UTC(2026, 0, 1) + now.monotonic - 5_000 + seconds * 1000).toUTCString(), ...more }); // prettier-ignore
  return { now, skew, pass, hear };
}

test('F094: a clock that is right, nearly right, or of which nobody has spoken is not complained of', () => {
  const { skew, hear, pass } = setUp();
  assert.equal(skew.off(), null);
  for (const seconds of [0, 30, -59]) {
    hear('api.example', seconds);
    pass(60_000);
    assert.equal(skew.off(), null);
  }
  skew.heard('odd.example', { date: 'banana' });
  skew.heard('odd.example', {});
  hear('cache.example', -90_000, { age: '90000' });
  assert.equal(skew.off(), null);
});

test('F094: a clock that is off by more than a minute is told with the service that says so', () => {
  const { skew, hear, pass } = setUp();
  hear('api.example', 2_400);
  assert.deepEqual(skew.off(), { host: 'api.example', seconds: -2_400 });
  pass(3_600_000);
  assert.deepEqual(skew.off(), { host: 'api.example', seconds: -2_400 }, 'time that passes changes nothing');
  hear('other.example', 2_380);
  assert.equal(skew.off()?.host, 'other.example');
  hear('third.example', 1);
  assert.equal(skew.off(), null, 'somebody agrees with us');
});

test('F094: it is seen at once when the clock is set, and forgotten with a sleep', () => {
  const { skew, hear, now } = setUp();
  hear('api.example', 0);
  now.wall += 3_600_000;
  assert.deepEqual(skew.off(), { host: 'api.example', seconds: 3_600 });
  now.wall -= 3_600_000;
  assert.equal(skew.off(), null);
  now.wall += 3_600_000;
  skew.forget();
  assert.equal(skew.off(), null);
});

test('F094: what is remembered is bounded', () => {
  const { skew, hear } = setUp();
  hear('first.example', 0);
  for (let at = 0; at < 100; at++) hear(`host-${at}.example`, 600);
  assert.equal(skew.off()?.seconds, -600);
});
