import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Blame, blames } from '../../../shared/blame.ts';
import { evidences } from '../../../shared/token.ts';
import { type Failure, fitness, fresh, type Health, type HealthEvent, nextHealth, shownState } from './health.ts';

const policy = { failureThreshold: 3, recoveryMs: 1_800_000 };
const now = 1_000_000;
const at = (time: number, random = 0) => ({ now: time, random });
const failure = (blame: Blame, changes: Partial<Failure> = {}): Failure => ({
  type: 'failure', begun: now, blame, code: 'c', message: 'm', retryAfterMs: null, evidence: null, lastUsable: false, ...changes,
}); // prettier-ignore
const next = (health: Health, event: HealthEvent, time = now) => nextHealth(health, event, at(time), policy);
const fail = (health: Health, blame: Blame, changes: Partial<Failure> = {}, time = now) =>
  next(health, failure(blame, { begun: time, ...changes }), time);
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
  test(`F010: a rate limit with Retry-After ${name} rests for ${expected / 1000} s`, () => {
    assert.equal(fail(ready, 'rate', { retryAfterMs }).until, now + expected);
  });
}

test('F009: a provider that says when to come back is believed, also about the last token', () => {
  const rested = nextHealth(
    ready,
    failure('provider', { retryAfterMs: 120_000, lastUsable: true }),
    at(now, 1),
    policy,
  );
  assert.deepEqual([rested.state, rested.until], ['cooling', now + 132_000]);
});

test('each rest in a row is twice as long, until a success', () => {
  let health = ready;
  let time = now;
  const lengths: number[] = [];
  for (let round = 0; round < 8; round++) {
    health = fail(health, 'rate', {}, time);
    lengths.push(((health.until ?? 0) - time) / 1000);
    time = health.until ?? time;
  }
  assert.deepEqual(lengths, [30, 60, 120, 240, 480, 960, 1800, 1800]);
  health = next(health, { type: 'success', begun: time }, time);
  assert.equal(fail(health, 'rate', {}, time).until, time + 30_000);
});

test('the first and the longest rest of a token that is called too fast are the user’s; other rests are not', () => {
  const own = { ...policy, rate: { first: 5_000, most: 60_000 } };
  const length = (blame: Blame, rests: number, retryAfterMs: number | null = null) =>
    (nextHealth({ ...ready, rests }, failure(blame, { retryAfterMs }), at(now), own).until ?? 0) - now;
  assert.deepEqual(
    [length('rate', 0), length('rate', 1), length('rate', 9), length('rate', 0, 600_000)],
    [5_000, 10_000, 60_000, 60_000],
  );
  assert.equal(length('provider', 0, 600_000), 60_000, 'asked for by the provider');
  assert.equal(length('quota', 0), (fail(ready, 'quota').until ?? 0) - now);
});

test('requests that ran side by side and are refused side by side rest it once', () => {
  const first = fail(ready, 'rate', { begun: now - 20 });
  const second = fail(first, 'rate', { begun: now - 10, retryAfterMs: 90_000 }, now + 5);
  assert.deepEqual([second.rests, second.since, second.until], [1, now, now + 5 + 90_000]);
});

test('an answer that was asked for before the rest does not end it', () => {
  const cooling = fail(ready, 'rate');
  assert.equal(next(cooling, { type: 'success', begun: now - 1 }, now + 50), cooling);
  assert.equal(next(cooling, { type: 'answered', begun: now - 1 }, now + 50), cooling);
});

test('the first word of a probe ends the rest, the whole answer ends the doubt', () => {
  const cooling = fail(ready, 'rate', { retryAfterMs: 10 });
  const back = next(cooling, { type: 'answered', begun: now + 10 }, now + 20);
  assert.deepEqual([back.state, back.until, back.reason?.code], ['degraded', null, 'c']);
  assert.deepEqual(next(back, { type: 'success', begun: now + 10 }, now + 30), { ...ready, since: now + 30 });
});

test('the provider failing three times rests a credential, but not the last one, and not while all fail alike', () => {
  const twice = fail(fail(ready, 'provider'), 'provider');
  assert.deepEqual([twice.state, twice.failures], ['degraded', 2]);
  assert.deepEqual([fail(twice, 'provider').state, fail(twice, 'provider').until], ['cooling', now + 1_800_000]);
  assert.equal(fail(twice, 'provider', { lastUsable: true }).state, 'degraded');
  assert.equal(fail(twice, 'provider', { evidence: 'others-alike' }).state, 'degraded');
  assert.deepEqual(next(twice, { type: 'success', begun: now }), { ...ready, since: now });
});

test('refused while others are refused alike, a token rests; refused again, it is invalid', () => {
  const suspected = fail(ready, 'credential', { evidence: 'others-alike' });
  assert.deepEqual([suspected.state, suspected.until, suspected.reason?.evidence], ['cooling', now + 60_000, 'others-alike']);
  const later = now + 60_000;
  assert.equal(fail(suspected, 'credential', { evidence: 'others-alike' }, later).state, 'invalid');
  assert.equal(next(suspected, { type: 'success', begun: later }, later).state, 'ready');
  assert.equal(fail(ready, 'credential', { evidence: 'others-fine' }).state, 'invalid');
}); // prettier-ignore

test('a check that reaches nobody changes nothing, and leaves a note only where nothing else is explained', () => {
  const event: HealthEvent = { type: 'verified', outcome: 'unreachable', message: 'offline' };
  for (const health of [fail(ready, 'rate'), fail(ready, 'quota'), fail(ready, 'credential')])
    assert.equal(next(health, event), health);
  const noted = next(fresh, event);
  assert.deepEqual([noted.state, noted.reason?.code, noted.reason?.message], ['unverified', 'check_unreachable', 'offline']);
}); // prettier-ignore

test('a check decides between user, guest and invalid, and says so when the quota is used up', () => {
  const checked = (outcome: 'user' | 'guest' | 'invalid', health = fresh, code?: string) => {
    const { state, reason } = next(health, { type: 'verified', outcome, code, message: code ? 'because' : null });
    return [state, reason?.code ?? null, reason?.message ?? null];
  };
  assert.deepEqual(checked('user'), ['ready', null, null]);
  assert.equal(checked('guest')[0], 'guest');
  assert.equal(checked('invalid')[0], 'invalid');
  assert.deepEqual(checked('user', fresh, 'quota_exceeded'), ['quota', 'quota_exceeded', 'because']);
  assert.deepEqual(checked('user', fresh, 'wrong_base'), ['ready', 'wrong_base', 'because']);
  assert.equal(checked('user', fail(ready, 'credential'))[0], 'ready', 'an invalid one is good again');
  assert.equal(checked('user', fail(ready, 'rate'))[0], 'cooling', 'whose it is says nothing about how often it may ask');
}); // prettier-ignore

test('rest ends in a probe; guests and invalid tokens never return by themselves', () => {
  const cooling = fail(ready, 'rate', { retryAfterMs: 10 });
  assert.deepEqual([fitness(cooling, now), fitness(cooling, now + 10)], ['unfit', 'probe']);
  assert.equal(fitness(fail(ready, 'credential'), now * 1000), 'unfit');
  assert.equal(fitness(fresh, now), 'fit');
});

test('F094: a clock that is set back does not make a rest longer', () => {
  assert.equal(fitness(fail(ready, 'rate'), now - 3_600_000), 'probe');
});

test('what the user and the storage say goes before what was found out', () => {
  const is = { health: fail(ready, 'rate'), locked: false, enabled: true, checking: false, probing: false };
  assert.equal(shownState(is), 'cooling');
  assert.equal(shownState({ ...is, probing: true }), 'probing');
  assert.equal(shownState({ ...is, probing: true, enabled: false }), 'off');
  assert.equal(shownState({ ...is, enabled: false, checking: true }), 'checking');
  assert.equal(shownState({ ...is, enabled: false, locked: true }), 'locked');
});

const longestRest = 26 * 3_600_000;
const anyBlame = (...allowed: readonly Blame[]) =>
  fc.record({
    type: fc.constant('failure' as const),
    begun: fc.integer({ min: -1_000, max: 0 }),
    blame: fc.constantFrom(...allowed),
    code: fc.constantFrom('one', 'two'),
    message: fc.constant('m'),
    retryAfterMs: fc.option(fc.oneof(fc.double(), fc.integer({ min: -10, max: 1e12 }))),
    evidence: fc.option(fc.constantFrom(...evidences)),
    lastUsable: fc.boolean(),
  });
const anyCheck = fc.record({
  type: fc.constant('verified' as const),
  outcome: fc.constantFrom('user', 'guest', 'invalid', 'unreachable'),
  code: fc.option(fc.constantFrom('quota_exceeded', 'wrong_base'), { nil: undefined }),
  message: fc.option(fc.string()),
});
const anyAnswer = fc.record({
  type: fc.constantFrom('answered', 'success'),
  begun: fc.integer({ min: -1_000, max: 0 }),
});
const anyNews = fc.oneof(
  fc.constant({ type: 'recovered-elsewhere' as const }),
  fc.record({
    type: fc.constant('rests-elsewhere' as const),
    state: fc.constantFrom('cooling', 'quota'),
    until: fc.integer({ min: 0, max: 3_600_000 }),
    failures: fc.nat(),
    rests: fc.nat(),
    reason: fc.constant({ code: 'one', message: 'm', evidence: null }),
  }),
);
const anyEvent: fc.Arbitrary<HealthEvent> = fc.oneof(anyBlame(...blames), anyCheck, anyAnswer, anyNews);
const anyStory = fc.array(fc.tuple(anyEvent, fc.integer({ min: 0, max: 4_000_000 }), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 40 }); // prettier-ignore

/** `begun` of an event counts back from its own time. */
const timed = (event: HealthEvent, time: number): HealthEvent =>
  'begun' in event ? { ...event, begun: event.begun + time } : event;

function live(
  story: readonly (readonly [HealthEvent, number, number])[],
  each: (health: Health, time: number) => void,
) {
  let [health, time] = [fresh, now];
  for (const [event, later, random] of story) {
    time += later;
    health = nextHealth(health, timed(event, time), at(time, random), policy);
    each(health, time);
  }
  return { health, time };
}

test('from any state that can be reached, a credential is usable again in bounded time, or it is explained', () => {
  fc.assert(
    fc.property(anyStory, (story) => {
      live(story, (health, time) => {
        const fit = fitness(health, time);
        if (fit !== 'unfit') return;
        assert.ok(health.reason && health.reason.message.length >= 0 && health.reason.code);
        if (health.state === 'invalid' || health.state === 'guest') return;
        const until = health.until ?? Number.NaN;
        assert.ok(until > time && until - time <= longestRest, `rests for ${until - time} ms`);
        assert.equal(fitness(health, until), 'probe');
        const back = nextHealth(health, { type: 'answered', begun: until }, at(until), policy);
        assert.equal(fitness(back, until), 'fit');
      });
    }),
    { numRuns: 500 },
  );
});

test('no check ever makes a guest or an invalid token worse than explained, and one by a user brings it back', () => {
  fc.assert(
    fc.property(anyStory, (story) => {
      const { health, time } = live(story, () => {});
      const good: HealthEvent = { type: 'verified', outcome: 'user', message: null };
      const checked = nextHealth(health, good, at(time), policy);
      assert.ok(checked.state === 'ready' || (checked.state === 'cooling' && health.state === 'cooling'));
    }),
  );
});

test('an outage of the network never downgrades a token, whatever state it is in and however long it lasts', () => {
  const outage = fc.array(
    fc.oneof(
      anyBlame('network', 'client', 'gateway'),
      fc.record({ type: fc.constant('verified' as const), outcome: fc.constant('unreachable' as const), message: fc.string() }), // prettier-ignore
    ),
    { minLength: 1, maxLength: 50 },
  );
  fc.assert(
    fc.property(anyStory, outage, (story, events) => {
      const { health: before, time } = live(story, () => {});
      let health = before;
      for (const event of events) health = nextHealth(health, timed(event, time), at(time), policy);
      assert.deepEqual({ ...health, reason: null }, { ...before, reason: null });
    }),
  );
});

test('what another gateway says of a token: the longest rest counts, until it says that it is over', () => {
  const rest = (ms: number): HealthEvent => ({
    type: 'rests-elsewhere',
    state: 'quota',
    until: now + ms,
    failures: 1,
    rests: 2,
    reason: { code: 'quota_exceeded', message: 'm', evidence: null },
  });
  const over: HealthEvent = { type: 'recovered-elsewhere' };
  const tell = (health: Health, event: HealthEvent) => nextHealth(health, event, at(now), policy);
  const resting = tell(ready, rest(60_000));
  assert.deepEqual(
    [resting.state, resting.until, resting.rests, resting.since, fitness(resting, now)],
    ['quota', now + 60_000, 2, now, 'unfit'],
  );
  assert.equal(tell(resting, rest(30_000)), resting, 'a shorter one');
  assert.equal(tell(resting, rest(60_900)), resting, 'the same one, a moment later');
  assert.equal(tell(resting, rest(90_000)).until, now + 90_000);
  assert.equal(tell(ready, rest(-1)), ready, 'one that is over');
  assert.deepEqual([tell(resting, over).state, tell(resting, over).until], ['degraded', null]);
  assert.equal(tell(ready, over), ready);
  const dead: Health = { ...ready, state: 'invalid' };
  assert.equal(tell(dead, rest(60_000)), dead);
  assert.equal(tell(dead, over), dead);
});
