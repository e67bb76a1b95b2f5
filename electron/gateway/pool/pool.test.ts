import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError } from '../chat/errors.ts';
import type { GuestSession } from '../providers/provider.ts';
import { GuestPool } from './guests.ts';
import { fresh } from './health.ts';
import { Pool } from './pool.ts';
import { hashOf, type StoredToken } from './token-store.ts';

const signal = new AbortController().signal;
const none: ReadonlySet<string> = new Set();

function setUp(count: number, guestMode = false) {
  let now = 1_000_000;
  const made: GuestSession[] = [];
  const disposed: string[] = [];
  let failing: ChatError | null = null;
  const guests = new GuestPool(
    {
      async create() {
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
    { size: () => 2, clock: () => now, random: () => 0.5 },
  );
  const pool = new Pool({
    provider: 'zai',
    name: 'Z.AI',
    clock: () => now,
    policy: () => ({ failureThreshold: 3, recoveryMs: 60_000 }),
    guests,
    guestMode: () => guestMode,
    changed: () => {},
  });
  for (let at = 1; at <= count; at++) pool.add(token(`Z${at}`));
  return {
    pool,
    guests,
    made,
    disposed,
    pass: (ms: number) => (now += ms),
    failGuests: (error: ChatError) => (failing = error),
  };
}

const token = (alias: string): StoredToken => ({
  id: alias, provider: 'zai', alias, hash: hashOf(alias), secret: `secret-${alias}`, role: 'user', account: null, userId: null, enabled: true,
  health: { ...fresh, state: 'ready' }, ok: 0, failed: 0, lastUsedAt: null, createdAt: 0, origin: null,
}); // prettier-ignore

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
  await assert.rejects(pool.lease(none, signal), { code: 'no_token_available' });
  probe.succeed();
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
