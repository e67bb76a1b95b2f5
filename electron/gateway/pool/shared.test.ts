/** The pool with other gateways beside it, of which this test plays the part. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError } from '../chat/errors.ts';
import type { Health } from './health.ts';
import { plainSharing, type Sharing } from './options.ts';
import { Pool } from './pool.ts';
import type { Claim, Place, Shared } from './shared.ts';
import { storedToken } from './testing.ts';

const signal = new AbortController().signal;
const none: ReadonlySet<string> = new Set();
const limited = () => new ChatError('upstream_rate_limited', 'Too many.', { blame: 'rate', retryAfterMs: 60_000 });

/** What others hold all places of is in `full`, as `token/place`. */
function setUp(tokens: readonly string[], sharing: Partial<Sharing> = {}, health: Partial<Health> = {}) {
  let now = 1_000_000;
  const full = new Set<string>();
  const log: string[] = [];
  const shared: Shared = {
    joined: ({ alias }) => log.push(`joined ${alias}`),
    left: ({ alias }) => log.push(`left ${alias}`),
    changed: ({ alias, health: { state } }, before) => log.push(`${alias} ${before.state} → ${state}`),
    async claim({ alias }, places: readonly Place[]): Promise<Claim> {
      log.push(`claim ${alias} ${places.map(({ name, limit }) => `${name}≤${limit}`).join()}`);
      await new Promise(setImmediate);
      const taken = places.find(({ name }) => full.has(`${alias}/${name}`));
      return taken ? { granted: false, full: taken.name } : { granted: true, release: () => log.push(`free ${alias}`) };
    },
  };
  const pool = new Pool({
    provider: 'zai',
    name: 'Z.AI',
    clock: () => now,
    policy: () => ({ failureThreshold: 3, recoveryMs: 60_000 }),
    sharing: () => ({ ...plainSharing, ...sharing }),
    guests: null,
    guestMode: () => false,
    changed: () => {},
    shared,
  });
  for (const alias of tokens) {
    const token = storedToken('zai', alias);
    pool.add({ ...token, health: { ...token.health, ...health } });
  }
  log.length = 0;
  return { pool, full, log, pass: (ms: number) => (now += ms) };
}

test('without limits nobody is asked, and news of health is told', async () => {
  const { pool, log } = setUp(['a']);
  (await pool.lease(none, signal)).fail(limited());
  pool.report('a', { type: 'recovered-elsewhere' });
  pool.remove('a');
  assert.deepEqual(log, ['a ready → cooling', 'left a'], 'what came from others is not told them again');
});

test('a place that others hold sends the request to another token, and leaves no trace of use', async () => {
  const { pool, full, log } = setUp(['a', 'b'], { concurrency: 2 });
  full.add('a/all');
  const lease = await pool.lease(none, signal);
  assert.equal(lease.credential.alias, 'b');
  assert.deepEqual([pool.inFlight('a'), pool.inFlight('b'), pool.get('a')?.lastUsedAt], [0, 1, null]);
  lease.succeed();
  assert.deepEqual(log, ['claim a all≤2', 'claim b all≤2', 'free b']);
  assert.equal((await pool.lease(none, signal)).credential.alias, 'b', 'what was full is not asked about again');
});

test('where all are full elsewhere requests wait in the order of their coming, until a place is given back', async () => {
  const { pool, full } = setUp(['a'], { concurrency: 1 });
  full.add('a/all');
  const order: number[] = [];
  const take = async (at: number) => {
    const lease = await pool.lease(none, signal);
    order.push(at);
    await new Promise(setImmediate);
    lease.succeed();
  };
  const waiting = [1, 2, 3].map((at) => take(at));
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
  assert.equal(pool.waiting, 3);
  // Once more in vain: who was asked for keeps its place.
  pool.reopen('a');
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
  assert.deepEqual([pool.waiting, order], [3, []]);
  full.clear();
  pool.reopen('a');
  await Promise.all(waiting);
  assert.deepEqual(order, [1, 2, 3]);
});

test('a limit of one model leaves the others of the token alone', async () => {
  const { pool, full } = setUp(['a']);
  full.add('a/slot:glm');
  await assert.rejects(pool.lease(none, signal, { slot: { name: 'glm', limit: 3 }, wait: false }), {
    code: 'no_token_available',
  });
  assert.equal((await pool.lease(none, signal, { slot: { name: 'air', limit: 3 } })).credential.alias, 'a');
});

test('only one gateway finds out whether a token has recovered', async () => {
  const { pool, full, log, pass } = setUp(['a'], {}, { state: 'cooling', since: 999_000, until: 1_000_500 });
  pass(1_000);
  full.add('a/probe');
  const asked = pool.lease(none, signal);
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
  assert.equal(pool.waiting, 1);
  pool.report('a', { type: 'recovered-elsewhere' });
  (await asked).succeed();
  assert.deepEqual(log, ['claim a probe≤1'], 'nobody has to be asked or told now');
});

test('a failed probe is told before its place is given back', async () => {
  const { pool, log, pass } = setUp(['a'], {}, { state: 'cooling', since: 999_000, until: 1_000_500 });
  pass(1_000);
  (await pool.lease(none, signal)).fail(limited());
  assert.deepEqual(log, ['claim a probe≤1', 'a cooling → cooling', 'free a']);
});

test('a request that is cancelled while others are asked leaves the line', async () => {
  const { pool, full } = setUp(['a'], { concurrency: 1 });
  full.add('a/all');
  const cancel = new AbortController();
  const asked = pool.lease(none, cancel.signal);
  cancel.abort();
  await assert.rejects(asked, { code: 'client_closed' });
  assert.deepEqual([pool.waiting, pool.inFlight('a')], [0, 0]);
});
