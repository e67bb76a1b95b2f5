import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ChatError } from '../chat/errors.ts';
import { Gate, type Passage } from './gate.ts';
import { RetryBudget } from './retry-budget.ts';

const down = new ChatError('upstream_error', 'HTTP 500.');

function setUp() {
  let now = 1_000_000;
  const gate = new Gate({ name: 'Z.AI', clock: () => now, random: () => 1 });
  return { gate, pass: (ms: number) => (now += ms) };
}
const failTimes = (gate: Gate, times: number) => {
  for (let at = 0; at < times; at++) gate.pass(false).fail(down);
};

test('after five failures in a row a provider is left alone, and the reason and the wait are told', () => {
  const { gate } = setUp();
  failTimes(gate, 4);
  assert.equal(gate.open, true);
  failTimes(gate, 1);
  assert.equal(gate.open, false);
  assert.throws(() => gate.pass(false), (error) =>
    error instanceof ChatError && error.code === 'provider_unavailable' && error.retryAfterMs === 1_000 && /HTTP 500/.test(error.message),
  ); // prettier-ignore
});

test('a success in between, or a refusal that is an answer, begins the count anew', () => {
  for (const end of [
    (passage: Passage) => passage.answered(),
    (passage: Passage) => passage.fail(new ChatError('upstream_rate_limited', '429')),
    (passage: Passage) => passage.fail(new ChatError('request_rejected', '400')),
  ]) {
    const { gate } = setUp();
    failTimes(gate, 4);
    end(gate.pass(false));
    failTimes(gate, 4);
    assert.equal(gate.open, true);
  }
});

test('then exactly one request finds out; it opens the way for all, or closes it for longer, four seconds at most', () => {
  const { gate, pass } = setUp();
  failTimes(gate, 5);
  const waits: number[] = [];
  for (let round = 0; round < 5; round++) {
    let waited = 0;
    while (!gate.open) waited += pass(50) ? 50 : 0;
    waits.push(waited);
    const probe = gate.pass(false);
    assert.throws(() => gate.pass(false), { code: 'provider_unavailable' });
    probe.fail(down);
  }
  assert.deepEqual(waits, [1_000, 2_000, 4_000, 4_000, 4_000]);
  pass(4_000);
  gate.pass(false).answered();
  for (const passage of [gate.pass(false), gate.pass(false)]) passage.release();
  failTimes(gate, 4);
  assert.equal(gate.open, true);
});

test('a probe that is given up lets the next one try; what was asked before the gate closed says nothing', () => {
  const { gate, pass } = setUp();
  const early = gate.pass(false);
  const late = gate.pass(false);
  pass(10);
  failTimes(gate, 5);
  early.answered();
  late.fail(down);
  assert.equal(gate.open, false);
  pass(1_000);
  gate.pass(false).release();
  gate.pass(false).answered();
  assert.equal(gate.open, true);
});

test('retries: a fifth of the requests, three at least', () => {
  const taken = (requests: number) => {
    const budget = new RetryBudget(() => 5_000);
    for (let at = 0; at < requests; at++) budget.request();
    let count = 0;
    while (budget.retry()) count++;
    return count;
  };
  assert.deepEqual([1, 10, 15, 20, 100].map(taken), [3, 3, 3, 4, 20]);
});

test('the share is the user’s, from the next retry on; none at all means none', () => {
  let share = 0;
  const budget = new RetryBudget(
    () => 5_000,
    () => share,
  );
  for (let at = 0; at < 100; at++) budget.request();
  const left = () => {
    let count = 0;
    while (budget.retry()) count++;
    return count;
  };
  assert.equal(left(), 0);
  share = 0.5;
  assert.equal(left(), 50);
});

test('the budget comes back after ten seconds, also when the clock was set back', () => {
  let now = 50_000;
  const budget = new RetryBudget(() => now);
  const left = () => [1, 2, 3, 4].filter(() => budget.retry()).length;
  assert.deepEqual([left(), left()], [3, 0]);
  now += 10_000;
  assert.equal(left(), 3);
  now -= 40_000;
  assert.equal(left(), 3);
});

test('amplification: within ten seconds never more than 1.3 from ten requests on, whatever is asked in whatever order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 300 })), { minLength: 20, maxLength: 400 }),
      (steps) => {
        let now = 0;
        const budget = new RetryBudget(() => now);
        const log: { at: number; retry: boolean }[] = [];
        for (const [retry, ms] of steps) {
          now += ms;
          if (!retry) budget.request();
          else if (!budget.retry()) continue;
          log.push({ at: now, retry });
          const recent = log.filter(({ at }) => Math.floor(at / 1000) > Math.floor(now / 1000) - 10);
          const retries = recent.filter((entry) => entry.retry).length;
          // A retry is allowed by the requests before it; those leave the window first.
          if (retry) assert.ok(retries <= Math.max(3, 0.2 * (recent.length - retries)));
        }
      },
    ),
  );
});
