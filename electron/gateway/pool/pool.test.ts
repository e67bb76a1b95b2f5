import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growth, linear } from '../../../tests/growth.ts';
import { ChatError } from '../chat/errors.ts';
import type { GuestSession } from '../providers/provider.ts';
import { GuestPool } from './guests.ts';
import { plainSharing, type Sharing } from './options.ts';
import { Pool } from './pool.ts';
import { storedToken } from './testing.ts';

const signal = new AbortController().signal;
const none: ReadonlySet<string> = new Set();

function setUp(count: number, guestMode = false, sharing: Partial<Sharing> = {}) {
  let now = 1_000_000;
  let asked = 0;
  const made: GuestSession[] = [];
  const disposed: string[] = [];
  let failing: ChatError | null = null;
  const guests = new GuestPool(
    {
      async create() {
        asked++;
        if (failing) throw failing;
        await new Promise(setImmediate);
        const session = { secret: `guest-secret-${made.length}`, userId: `g${made.length}` };
        made.push(session);
        return session;
      },
      async dispose(session) {
        disposed.push(session.userId);
      },
    },
    { size: () => 2, concurrency: () => sharing.concurrency ?? 0, clock: () => now, random: () => 0.5 },
  );
  const pool = new Pool({
    provider: 'zai',
    name: 'Z.AI',
    clock: () => now,
    policy: () => ({ failureThreshold: 3, recoveryMs: 60_000 }),
    sharing: () => ({ ...plainSharing, ...sharing }),
    guests,
    guestMode: () => guestMode,
    changed: () => {},
  });
  for (let at = 1; at <= count; at++) pool.add(storedToken('zai', `Z${at}`));
  return {
    pool,
    guests,
    made,
    disposed,
    asked: () => asked,
    pass: (ms: number) => (now += ms),
    failGuests: (error: ChatError | null) => (failing = error),
  };
}

const use = async (pool: Pool, excluded = none) => {
  const lease = await pool.lease(excluded, signal);
  lease.succeed();
  return lease.credential.alias;
};

test('tokens take turns', async () => {
  const { pool } = setUp(3);
  const order = [await use(pool), await use(pool), await use(pool), await use(pool)];
  assert.deepEqual(order, ['Z1', 'Z2', 'Z3', 'Z1']);
});

test('300 requests fall evenly on 3 tokens', async () => {
  const { pool } = setUp(3);
  const counts = new Map<string, number>();
  for (let at = 0; at < 300; at++) {
    const alias = await use(pool);
    counts.set(alias, (counts.get(alias) ?? 0) + 1);
  }
  assert.deepEqual([...counts.values()], [100, 100, 100]);
});

test('what a request has tried is not given to it again', async () => {
  const { pool } = setUp(2);
  assert.equal(await use(pool, new Set(['Z1'])), 'Z2');
  await assert.rejects(pool.lease(new Set(['Z1', 'Z2']), signal), { code: 'no_token_available' });
});

test('a rejected token is never used again, a rate-limited one rests and is probed by one request only', async () => {
  const { pool, pass } = setUp(2);
  (await pool.lease(none, signal)).fail(new ChatError('upstream_auth_failed', 'no'));
  const limited = await pool.lease(none, signal);
  assert.equal(limited.credential.alias, 'Z2');
  limited.fail(new ChatError('upstream_rate_limited', 'slow', { retryAfterMs: 42_000 }));
  await assert.rejects(
    pool.lease(none, signal),
    (error) => error instanceof ChatError && error.code === 'no_token_available' && error.retryAfterMs === 42_000,
  );
  pass(42_000);
  const probe = await pool.lease(none, signal);
  const second = pool.lease(none, signal);
  assert.deepEqual([pool.waiting, pool.probing('Z2')], [1, true]);
  probe.succeed();
  (await second).succeed();
  assert.equal(await use(pool), 'Z2');
});

test('a degraded token is used only when no healthy one is left', async () => {
  const { pool } = setUp(2);
  (await pool.lease(none, signal)).fail(new ChatError('upstream_error', '500'));
  assert.deepEqual([await use(pool), await use(pool)], ['Z2', 'Z2']);
  assert.equal(await use(pool, new Set(['Z2'])), 'Z1');
});

test('a lease ends once, whatever is called later', async () => {
  const { pool } = setUp(1);
  const lease = await pool.lease(none, signal);
  lease.succeed();
  lease.fail(new ChatError('upstream_auth_failed', 'late'));
  lease.release();
  assert.deepEqual([pool.inFlight('Z1'), pool.get('Z1')?.ok, pool.get('Z1')?.health.state], [0, 1, 'ready']);
});

test('without tokens: guests when allowed, otherwise a clear refusal', async () => {
  await assert.rejects(setUp(0).pool.lease(none, signal), { code: 'no_token_configured' });
  const { pool } = setUp(0, true);
  assert.equal((await pool.lease(none, signal)).credential.kind, 'guest');
});

test('users come before guests, and guests when every user is tried', async () => {
  const { pool } = setUp(1, true);
  assert.equal(await use(pool), 'Z1');
  assert.equal(await use(pool, new Set(['Z1'])), 'Guest');
});

test('fifty callers share one guest creation', async () => {
  const { pool, made } = setUp(0, true);
  const leases = await Promise.all(Array.from({ length: 50 }, () => pool.lease(none, signal)));
  assert.equal(made.length, 1);
  for (const lease of leases) lease.succeed();
});

test('a rejected guest is disposed of when its last answer has ended, and replaced', async () => {
  const { pool, disposed } = setUp(0, true);
  const [first, second] = await Promise.all([pool.lease(none, signal), pool.lease(none, signal)]);
  first.fail(new ChatError('upstream_auth_failed', 'no'));
  assert.deepEqual(disposed, []);
  second.succeed();
  assert.deepEqual(disposed, ['g0']);
  const next = await pool.lease(none, signal);
  assert.equal(next.credential.userId, 'g1');
});

test('guests grow old and are replaced', async () => {
  const { pool, pass, disposed } = setUp(0, true);
  await use(pool);
  pass(600_000);
  const next = await pool.lease(none, signal);
  assert.deepEqual([next.credential.userId, disposed], ['g1', ['g0']]);
});

test('a caller that leaves does not fail the others that wait for the same guest', async () => {
  const { pool } = setUp(0, true);
  const leaving = new AbortController();
  const left = pool.lease(none, leaving.signal);
  const stayed = pool.lease(none, signal);
  leaving.abort();
  await assert.rejects(left, { code: 'client_closed' });
  assert.equal((await stayed).credential.kind, 'guest');
});

test("when no guest can be made, the reason is the provider's", async () => {
  const { pool, failGuests } = setUp(0, true);
  failGuests(new ChatError('upstream_blocked', 'a web page instead of data'));
  await assert.rejects(pool.lease(none, signal), { code: 'upstream_blocked' });
});

test('a wish for a kind of credential gets that kind or nothing, and may be left out of the counters', async () => {
  const both = setUp(1, true).pool;
  const guest = await both.lease(none, signal, { kind: 'guest' });
  assert.equal(guest.credential.kind, 'guest');
  const user = await both.lease(none, signal, { kind: 'user', counted: false });
  assert.equal(user.credential.kind, 'user');
  user.fail(new ChatError('upstream_rate_limited', 'slow down'));
  assert.deepEqual(
    [both.get('Z1')?.failed, both.get('Z1')?.health.state],
    [0, 'cooling'],
    'health is learnt all the same',
  );
  await assert.rejects(both.lease(none, signal, { kind: 'user' }), { code: 'no_token_available' });
  await assert.rejects(setUp(1).pool.lease(none, signal, { kind: 'guest' }), ChatError);
});

test('when tokens are saved but none can be used, the reasons are counted', async () => {
  const { pool } = setUp(3);
  (await pool.lease(none, signal)).fail(new ChatError('upstream_auth_failed', 'no'));
  pool.report('Z2', { type: 'verified', outcome: 'guest', message: null });
  Object.assign(pool.get('Z3') ?? {}, { enabled: false });
  await assert.rejects(pool.lease(none, signal), {
    code: 'no_token_available',
    message: 'No token for Z.AI is usable: 1 no longer accepted, 1 of a guest, 1 switched off.',
  });
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('F065: one token takes as many as it may, the others wait in their order, and whoever leaves is forgotten', async () => {
  const { pool } = setUp(1, false, { concurrency: 2 });
  const order: number[] = [];
  const leaving = new AbortController();
  const leases = Array.from({ length: 5 }, async (_, at) => {
    const lease = await pool.lease(none, at === 3 ? leaving.signal : signal);
    order.push(at);
    return lease;
  });
  const left = assert.rejects(leases[3] ?? Promise.resolve(), { code: 'client_closed' });
  leaving.abort();
  await settled();
  assert.deepEqual([order, pool.inFlight('Z1'), pool.waiting], [[0, 1], 2, 2]);
  (await leases[1])?.succeed();
  (await leases[0])?.fail(new ChatError('upstream_error', '500'));
  await settled();
  assert.deepEqual([order, pool.inFlight('Z1'), pool.waiting], [[0, 1, 2, 4], 2, 0]);
  await left;
});

test('F065: who waits too long, or finds too many waiting, is told to come again', async ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { pool, pass } = setUp(1, false, { concurrency: 1, queueLength: 2, queueMs: 30_000 });
  await pool.lease(none, signal);
  const first = assert.rejects(pool.lease(none, signal), { code: 'queue_timeout', shouldRetry: true });
  mock.timers.tick(pass(10_000) - 1_000_000);
  const second = assert.rejects(pool.lease(none, signal), { code: 'queue_timeout' });
  await assert.rejects(pool.lease(none, signal), { code: 'queue_full' });
  pass(20_000);
  mock.timers.tick(20_000);
  await first;
  assert.equal(pool.waiting, 1);
  pass(10_000);
  mock.timers.tick(10_000);
  await second;
});

test('F057: a hundred that wait for the only token: one probe, then as many as it takes', async () => {
  const { pool, pass } = setUp(1, false, { concurrency: 4 });
  (await pool.lease(none, signal)).fail(new ChatError('upstream_rate_limited', 'slow', { retryAfterMs: 5_000 }));
  pass(5_000);
  const leases = Array.from({ length: 100 }, () => pool.lease(none, signal));
  await settled();
  assert.deepEqual([pool.inFlight('Z1'), pool.waiting, pool.probing('Z1')], [1, 99, true]);
  (await leases[0])?.answered();
  assert.deepEqual([pool.inFlight('Z1'), pool.waiting, pool.probing('Z1')], [4, 96, false]);
  for (const lease of leases) (await lease).succeed();
  assert.deepEqual([pool.inFlight('Z1'), pool.get('Z1')?.health.state], [0, 'ready']);
});

test('a probe that fails sends all who wait for it away, with the time of the next', async () => {
  const { pool, pass } = setUp(1);
  const limited = new ChatError('upstream_rate_limited', 'slow', { retryAfterMs: 5_000 });
  (await pool.lease(none, signal)).fail(limited);
  pass(5_000);
  const probe = await pool.lease(none, signal);
  const waiting = [1, 2, 3].map(() => assert.rejects(pool.lease(none, signal), { code: 'no_token_available', retryAfterMs: 5_000 })); // prettier-ignore
  probe.fail(limited);
  await Promise.all(waiting);
});

test('a rested token is probed by a first attempt while others answer, one at a time', async () => {
  const { pool, pass } = setUp(3);
  for (const alias of ['Z1', 'Z2']) {
    const lease = await pool.lease(none, signal);
    assert.equal(lease.credential.alias, alias);
    lease.fail(new ChatError('upstream_rate_limited', 'slow', { retryAfterMs: 1_000 }));
  }
  pass(1_000);
  assert.equal(
    (await pool.lease(new Set(['Z9']), signal)).credential.alias,
    'Z3',
    'not by one that has failed already',
  );
  const probe = await pool.lease(none, signal);
  assert.deepEqual([probe.credential.alias, pool.probing('Z1')], ['Z1', true]);
  assert.equal((await pool.lease(none, signal)).credential.alias, 'Z3');
  probe.succeed();
  assert.equal((await pool.lease(none, signal)).credential.alias, 'Z2');
});

test('an old answer that ends does not let a second probe in', async () => {
  const { pool, pass } = setUp(1);
  const [old, limited] = [await pool.lease(none, signal), await pool.lease(none, signal)];
  limited.fail(new ChatError('upstream_rate_limited', 'slow', { retryAfterMs: 1_000 }));
  pass(1_000);
  const probe = await pool.lease(none, signal);
  old.succeed();
  assert.equal(pool.probing('Z1'), true);
  probe.release();
});

test('a spared token is not punished, and the failure is still counted', async () => {
  const { pool } = setUp(1);
  assert.equal((await pool.lease(none, signal)).fail(new ChatError('upstream_rate_limited', 'slow'), true), false);
  assert.deepEqual([pool.get('Z1')?.health.state, pool.get('Z1')?.failed], ['ready', 1]);
  assert.equal((await pool.lease(none, signal)).fail(new ChatError('upstream_rate_limited', 'slow')), true);
});

test('evidence: what others did just before is kept with the reason', async () => {
  const { pool } = setUp(3);
  await use(pool);
  (await pool.lease(none, signal)).fail(new ChatError('upstream_auth_failed', 'no'));
  (await pool.lease(none, signal)).fail(new ChatError('upstream_auth_failed', 'no'));
  const seen = ['Z2', 'Z3'].map((id) => [pool.get(id)?.health.state, pool.get(id)?.health.reason?.evidence]);
  assert.deepEqual(seen, [['invalid', 'others-fine'], ['cooling', 'others-alike']]); // prettier-ignore
});

test('a provider that allows so many of one model leaves room for another', async () => {
  const { pool } = setUp(1);
  const slot = (name: string) => ({ slot: { name, limit: 1 } });
  const first = await pool.lease(none, signal, slot('a'));
  const second = pool.lease(none, signal, slot('a'));
  (await pool.lease(none, signal, slot('b'))).succeed();
  assert.equal(pool.waiting, 1);
  first.succeed();
  (await second).succeed();
});

test('who need not wait is told at once', async () => {
  const { pool } = setUp(1, false, { concurrency: 1 });
  await pool.lease(none, signal);
  await assert.rejects(pool.lease(none, signal, { wait: false }), { code: 'no_token_available' });
});

async function countUses(pool: Pool, times: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let at = 0; at < times; at++) {
    const alias = await use(pool);
    counts[alias] = (counts[alias] ?? 0) + 1;
  }
  return counts;
}

test('F062: weights decide how often, and who was away does not catch up', async () => {
  const { pool } = setUp(2, false, { strategy: 'weighted' });
  const [first, second] = pool.tokens();
  assert.ok(first && second);
  first.weight = 3;
  assert.deepEqual(await countUses(pool, 300), { Z1: 225, Z2: 75 });
  second.enabled = false;
  await countUses(pool, 100);
  second.enabled = true;
  assert.deepEqual(await countUses(pool, 40), { Z1: 30, Z2: 10 });
});

test('tiers: the next one only when nobody of the first is free', async () => {
  const { pool } = setUp(3, false, { strategy: 'priority', concurrency: 1 });
  const [first] = pool.tokens();
  assert.ok(first);
  first.priority = 2;
  assert.deepEqual(await countUses(pool, 10), { Z2: 5, Z3: 5 });
  await pool.lease(none, signal);
  await pool.lease(none, signal);
  assert.deepEqual(await countUses(pool, 2), { Z1: 2 });
});

test('F063: least in flight gives the fast token most of the work, and does not starve the slow one', async () => {
  const { pool } = setUp(2, false, { strategy: 'least-in-flight' });
  const counts: Record<string, number> = { Z1: 0, Z2: 0 };
  let slow: { succeed(): void } | null = null;
  for (let at = 0; at < 100; at++) {
    const lease = await pool.lease(none, signal);
    const { alias } = lease.credential;
    counts[alias] = (counts[alias] ?? 0) + 1;
    if (alias === 'Z2') lease.succeed();
    else {
      slow?.succeed();
      slow = lease;
    }
    if (at % 20 === 19) {
      slow?.succeed();
      slow = null;
    }
  }
  assert.ok((counts['Z2'] ?? 0) > 80 && (counts['Z1'] ?? 0) >= 3, JSON.stringify(counts));
});

test('conversations stay with the token that answered them, while it can', async () => {
  const { pool, pass } = setUp(3, false, { sticky: true });
  const talk = async (name: string) => {
    const lease = await pool.lease(none, signal, { conversation: () => name });
    lease.succeed();
    return lease.credential.alias;
  };
  assert.deepEqual([await talk('a'), await talk('b'), await talk('a'), await talk('a')], ['Z1', 'Z2', 'Z1', 'Z1']);
  (await pool.lease(none, signal, { conversation: () => 'a' })).fail(new ChatError('upstream_rate_limited', 'slow'));
  const moved = await talk('a');
  assert.notEqual(moved, 'Z1');
  assert.equal(await talk('a'), moved);
  pass(2 * 3_600_000);
  assert.equal(await talk('c'), 'Z1', 'the rested one is probed');
});

test('F070: among ten thousand tokens the choice grows no faster than their number', () => {
  const pools = new Map([1, 2, 4, 8, 16].map((times) => [times * 500, setUp(times * 500).pool]));
  const choose = (size: number) => {
    for (let at = 0; at < 500; at++) assert.ok(pools.get(size)?.anySecret);
  };
  assert.ok(growth(choose, 500) < linear);
});

test('F028: while guests cannot be made, one question at a time, and none for a moment after each failure', async () => {
  const { pool, made, failGuests, pass, asked } = setUp(0, true);
  failGuests(new ChatError('upstream_unreachable', 'down'));
  const many = () => Promise.allSettled(Array.from({ length: 50 }, () => pool.lease(none, signal)));
  assert.ok((await many()).every(({ status }) => status === 'rejected'));
  await many();
  assert.deepEqual([made.length, asked()], [0, 1]);
  pass(1_000);
  await many();
  pass(5_000);
  failGuests(null);
  assert.ok((await many()).every(({ status }) => status === 'fulfilled'));
  assert.equal(asked(), 3);
});

test('a limit of guests is not evaded with a new one', async () => {
  const { pool, pass, made } = setUp(0, true);
  const limited = new ChatError('upstream_rate_limited', 'slow', { retryAfterMs: 90_000 });
  (await pool.lease(none, signal)).fail(limited);
  await assert.rejects(pool.lease(none, signal), { code: 'upstream_rate_limited', retryAfterMs: 90_000 });
  pass(90_000);
  assert.equal((await pool.lease(none, signal)).credential.kind, 'guest');
  assert.equal(made.length, 2);
});

test('guests are made ahead up to the size while only they can answer, and not for nobody', async () => {
  const { pool, guests, made, pass } = setUp(0, true);
  pool.tend();
  for (let at = 0; at < 10; at++) await settled();
  assert.deepEqual([made.length, guests.count], [2, 2]);
  pass(600_000);
  pool.tend();
  await settled();
  assert.deepEqual([made.length, guests.count], [2, 0], 'nobody has asked for ten minutes');
  const own = setUp(1, true);
  own.pool.tend();
  await settled();
  assert.equal(own.made.length, 0, 'a token of the user answers');
});

test('a guest session made while the gateway stops is given back', async () => {
  const { pool, guests, disposed } = setUp(0, true);
  const late = assert.rejects(pool.lease(none, signal), { code: 'shutting_down' });
  await guests.close();
  await late;
  assert.deepEqual(disposed, ['g0']);
});

test('F068: a token that says it has ended is invalid without being asked, and a check that succeeds knows better', async () => {
  let now = 10_000_000;
  const told: string[] = [];
  const pool = new Pool({
    provider: 'zai', name: 'Z.AI', clock: () => now, policy: () => ({ failureThreshold: 3, recoveryMs: 60_000 }),
    guests: null, guestMode: () => false, endOf: (secret) => (secret === 'ends' ? 11_000_000 : null),
    changed: ({ alias, health }) => told.push(`${alias} ${health.state}`),
  }); // prettier-ignore
  for (const alias of ['ends', 'stays']) pool.add(storedToken('zai', alias));
  const leased = async () => {
    const lease = await pool.lease(new Set(), new AbortController().signal);
    lease.succeed();
    return lease.credential.alias;
  };
  assert.deepEqual([await leased(), await leased()].toSorted(), ['ends', 'stays']);
  now += 1_000_000 + 6 * 60_000;
  assert.deepEqual([await leased(), await leased()], ['stays', 'stays']);
  assert.deepEqual(
    [pool.get('ends')?.health.state, pool.get('ends')?.health.reason?.code],
    ['invalid', 'token_expired'],
  );
  assert.ok(told.includes('ends invalid'));
  pool.report('ends', { type: 'verified', outcome: 'user', message: null });
  assert.deepEqual([await leased(), await leased()].toSorted(), ['ends', 'stays']);
});
