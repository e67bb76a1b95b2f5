import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pino } from 'pino';
import { Pool } from '../pool/pool.ts';
import type { StoredToken, TokenStore } from '../pool/token-store.ts';
import type { Provider, Verification } from '../providers/provider.ts';
import { hostsOf } from '../doctor/services.ts';
import { Jobs } from './jobs.ts';
import { Maintenance } from './maintenance.ts';
import { TokenKeeper } from './tokens.ts';

const day = 86_400_000;
const all = { check: true, dedupe: true, prune: true };
const secretOf = (name: string) => `maintained-token-${'0'.repeat(10)}-${name}`;

/** Tokens by name; the provider answers by the same names, and the clock can be set. */
async function setUp(names: readonly string[], verdicts: Record<string, Verification>, pruneDays = 7) {
  let now = Date.UTC(2026, 0, 1);
  const asked: string[] = [];
  const provider: Provider = {
    id: 'zai',
    name: 'Z.AI',
    needsCredential: true,
    models: () => [],
    refreshModels: async () => {},
    open: async () => {
      throw new Error('not asked');
    },
    async verify(secret) {
      asked.push(secret);
      return verdicts[secret.split('-').at(-1) ?? ''] ?? { outcome: 'user' };
    },
  };
  const pool = new Pool({
    provider: 'zai',
    name: 'Z.AI',
    clock: () => now,
    policy: () => ({ failureThreshold: 3, recoveryMs: 1 }),
    guests: null,
    guestMode: () => false,
    changed: () => {},
  });
  const stored = new Map<string, StoredToken>();
  const store: TokenStore = {
    load: () => [],
    insert: (tokens) => tokens.forEach((token) => stored.set(token.id, token)),
    update: () => {},
    remove: (id) => void stored.delete(id),
  };
  const tokens = new TokenKeeper({
    store,
    keeping: () => new Map([['zai', { provider, pool, letter: 'Z' }]]),
    changed: () => {},
    hosts: () => hostsOf([]),
    jobs: new Jobs({ signal: new AbortController().signal, progress: () => {} }),
  });
  await tokens.add('zai', names.map(secretOf).join('\n'), { check: false });
  const memory = new Map<string, string>();
  const maintenance = new Maintenance({
    tokens,
    providers: () => ['zai'],
    everyHours: () => 0,
    pruneDays: () => pruneDays,
    memory,
    clock: () => now,
    log: pino({ enabled: false }),
  });
  const left = () => pool.tokens().map(({ secret }) => secret?.split('-').at(-1));
  return {
    maintenance,
    tokens,
    pool,
    stored,
    verdicts,
    memory,
    asked,
    left,
    pass: (days: number) => (now += days * day),
  };
}

const invalid: Verification = { outcome: 'invalid', reason: 'expired' };
const unreachable: Verification = { outcome: 'unreachable', reason: 'offline' };

test('an outage deletes and downgrades nothing, however long it lasts', async () => {
  const { maintenance, pool, stored, verdicts, pass, left } = await setUp(['a', 'b', 'c'], { c: invalid });
  await maintenance.run(null, all);
  for (const name of ['a', 'b', 'c']) verdicts[name] = unreachable;
  pass(100);
  const report = await maintenance.run(null, all);
  assert.deepEqual([report.unreachable, report.duplicates, report.pruned], [3, [], []]);
  assert.deepEqual(
    pool.tokens().map(({ health }) => health.state),
    ['ready', 'ready', 'invalid'],
  );
  assert.deepEqual([left(), stored.size], [['a', 'b', 'c'], 3]);
});

test('what has been invalid for the days of the setting goes, though it was checked in between; it can be restored', async () => {
  const { maintenance, tokens, pass, left, stored } = await setUp(['a', 'b'], { b: invalid });
  for (let days = 0; days < 7; days++) {
    assert.deepEqual((await maintenance.run(null, all)).pruned, [], `after ${days} days`);
    pass(1);
  }
  const { pruned, invalid: seen } = await maintenance.run(null, all);
  assert.deepEqual([pruned.length, seen, left(), stored.size], [1, 1, ['a'], 1]);
  assert.equal(tokens.restore(pruned).length, 1);
});

test('one that has recovered stays; 0 days prune nothing', async () => {
  const recovered = await setUp(['a'], { a: invalid });
  await recovered.maintenance.run(null, all);
  recovered.pass(30);
  recovered.verdicts['a'] = { outcome: 'user' };
  assert.deepEqual((await recovered.maintenance.run(null, all)).pruned, []);
  const never = await setUp(['a'], { a: invalid }, 0);
  await never.maintenance.run(null, all);
  never.pass(300);
  assert.deepEqual((await never.maintenance.run(null, all)).pruned, []);
});

test('of several tokens of one account the newest good one is kept; unknown accounts are left alone', async () => {
  const user = (userId: string): Verification => ({ outcome: 'user', userId });
  const { maintenance, left } = await setUp(['a', 'b', 'c', 'd', 'e'], { a: user('1'), b: user('1'), c: user('2') });
  const { duplicates } = await maintenance.run(null, all);
  assert.deepEqual([duplicates.length, left()], [1, ['b', 'c', 'd', 'e']]);
});

test('tokens of the environment are checked and never removed', async () => {
  const { maintenance, tokens, pass, left } = await setUp([], {
    e: invalid,
    f: { outcome: 'user', userId: '1' },
    g: { outcome: 'user', userId: '1' },
  });
  tokens.addExternal('zai', ['e', 'f', 'g'].map(secretOf), 'AUTH_TOKENS_FILE');
  await maintenance.run(null, all);
  pass(100);
  const { checked, duplicates, pruned } = await maintenance.run(null, all);
  assert.deepEqual([checked, duplicates, pruned, left()], [3, [], [], ['e', 'f', 'g']]);
});

test('only what was asked for is done, and two runs do not meet', async () => {
  const { maintenance, asked } = await setUp(['a', 'b'], {});
  const nothing = await maintenance.run('zai', { check: false, dedupe: true, prune: true });
  assert.deepEqual([nothing.checked, asked.length], [0, 0]);
  const [first, second] = await Promise.all([maintenance.run('zai', all), maintenance.run('zai', all)]);
  assert.deepEqual([first.checked, second.checked, asked.length], [2, 2, 4]);
});
