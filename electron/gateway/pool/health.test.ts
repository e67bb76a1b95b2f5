import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Blame, blames } from '../../../shared/blame.ts';
import { fitness, fresh, type Health, nextHealth } from './health.ts';

const policy = { failureThreshold: 3, recoveryMs: 1_800_000 };
const now = 1_000_000;
const fail = (
  health: Health,
  blame: Blame,
  options: { retryAfterMs?: number | null; lastUsable?: boolean } = {},
): Health =>
  nextHealth(
    health,
    {
      type: 'failure',
      blame,
      code: 'c',
      message: 'm',
      retryAfterMs: options.retryAfterMs ?? null,
      lastUsable: options.lastUsable ?? false,
    },
    now,
    policy,
  );
const ready: Health = { ...fresh, state: 'ready' };

test('only the party to blame is punished', () => {
  const states = Object.fromEntries(blames.map((blame) => [blame, fail(ready, blame).state]));
  assert.deepEqual(states, {
    request: 'ready', credential: 'invalid', quota: 'quota', rate: 'cooling', 'client-version': 'ready', captcha: 'ready', network: 'ready', provider: 'degraded', client: 'ready', gateway: 'ready',
  }); // prettier-ignore
});

const waits: [string, number | null, number][] = [
  ['none', null, 30_000],
  ['seven seconds', 7_000, 7_000],
  ['negative', -5_000, 30_000],
  ['not a number', Number.NaN, 30_000],
  ['years', 999_999_999_000, 1_800_000],
];
for (const [name, retryAfterMs, expected] of waits) {
  test(`a rate limit with Retry-After ${name} rests for ${expected / 1000} s`, () => {
    assert.equal(fail(ready, 'rate', { retryAfterMs }).until, now + expected);
  });
}

test('the provider failing three times rests a credential, but never the last one that could answer', () => {
  const twice = fail(fail(ready, 'provider'), 'provider');
  assert.deepEqual([twice.state, twice.failures], ['degraded', 2]);
  assert.deepEqual([fail(twice, 'provider').state, fail(twice, 'provider').until], ['cooling', now + 1_800_000]);
  assert.equal(fail(twice, 'provider', { lastUsable: true }).state, 'degraded');
  assert.deepEqual(nextHealth(twice, { type: 'success' }, now, policy), { ...ready, reason: null });
});

test('a check that reaches nobody changes nothing but the note', () => {
  const cooling = fail(ready, 'rate');
  const checked = nextHealth(cooling, { type: 'verified', outcome: 'unreachable', message: 'offline' }, now, policy);
  assert.deepEqual({ ...checked, reason: null }, { ...cooling, reason: null });
  assert.equal(checked.reason?.message, 'offline');
});

test('a check decides between user, guest and invalid', () => {
  for (const [outcome, state] of [
    ['user', 'ready'],
    ['guest', 'guest'],
    ['invalid', 'invalid'],
  ] as const) {
    assert.equal(nextHealth(fresh, { type: 'verified', outcome, message: null }, now, policy).state, state);
  }
});

test('rest ends in a probe; guests and invalid tokens never return by themselves', () => {
  const cooling = fail(ready, 'rate', { retryAfterMs: 10 });
  assert.deepEqual([fitness(cooling, now), fitness(cooling, now + 10)], ['unfit', 'probe']);
  assert.equal(fitness(fail(ready, 'credential'), now * 1000), 'unfit');
  assert.equal(fitness(fresh, now), 'fit');
});
