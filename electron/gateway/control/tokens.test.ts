import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { growth, linear } from '../../../tests/growth.ts';
import { Pool } from '../pool/pool.ts';
import { createTokenStore } from '../pool/token-store.ts';
import type { Provider, Verification } from '../providers/provider.ts';
import { openDatabase } from '../storage/database.ts';
import { createSealer } from '../storage/sealer.ts';
import { hostsOf } from '../doctor/services.ts';
import { Jobs } from './jobs.ts';
import { TokenKeeper } from './tokens.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'traygate-tokens-'));
after(() => rmSync(folder, { recursive: true }));

const secretOf = (name: string) => `CANARY-token-${'0'.repeat(20)}-${name}`;

/** Answers checks from a table; everything else of a provider is not asked for here. */
function setUp(verdicts: Record<string, Verification> = {}, dir = mkdtempSync(path.join(folder, 'db-')), key = 1) {
  const database = openDatabase(dir);
  let most = 0;
  let now = 0;
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
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now--;
      return verdicts[secret] ?? { outcome: 'user', userId: 'u' };
    },
  };
  const pool = new Pool({
    provider: 'zai',
    name: 'Z.AI',
    clock: Date.now,
    policy: () => ({ failureThreshold: 3, recoveryMs: 1 }),
    guests: null,
    guestMode: () => false,
    changed: () => {},
  });
  const progress: { id: string; done: number; total: number }[] = [];
  const jobs = new Jobs({ signal: new AbortController().signal, progress: (job) => progress.push(job) });
  const keeper = new TokenKeeper({
    store: createTokenStore(database, createSealer(Buffer.alloc(32, key))),
    keeping: () => new Map([['zai', { provider, pool, letter: 'Z' }]]),
    changed: () => {},
    hosts: () => hostsOf([]),
    jobs,
  });
  return { keeper, pool, dir, database, jobs, progress, mostParallel: () => most };
}

test('a paste is read line by line: new, twice in the paste, saved already, no token', async () => {
  const { keeper } = setUp();
  await keeper.add('zai', secretOf('a'), { check: false });
  const lines = await keeper.add(
    'zai',
    `# mine\n${secretOf('a')}\n"${secretOf('b')}"，Bearer ${secretOf('b')}\nshort`,
    { check: true },
  );
  assert.deepEqual(
    lines.map(({ line, outcome, alias }) => [line, outcome, alias]),
    [
      [2, 'duplicate-saved', 'Z1'],
      [3, 'added', 'Z2'],
      [3, 'duplicate-in-paste', null],
      [4, 'not-a-token', null],
    ],
  );
  assert.deepEqual(
    keeper.list('zai').map(({ alias, state, role }) => [alias, state, role]),
    [
      ['Z1', 'unverified', 'unknown'],
      ['Z2', 'ready', 'user'],
    ],
  );
});

test('guests and rejected tokens are not stored; an unreachable provider stores them unverified', async () => {
  const { keeper } = setUp({
    [secretOf('g')]: { outcome: 'guest', reason: 'a guest' },
    [secretOf('i')]: { outcome: 'invalid', reason: 'expired' },
    [secretOf('u')]: { outcome: 'unreachable', reason: 'offline' },
  });
  const lines = await keeper.add('zai', ['g', 'i', 'u'].map(secretOf).join('\n'), { check: true });
  assert.deepEqual(
    lines.map(({ outcome }) => outcome),
    ['guest', 'invalid', 'unchecked'],
  );
  assert.deepEqual(
    keeper.list('zai').map(({ state, reasonCode }) => [state, reasonCode]),
    [['unverified', 'check_unreachable']],
  );
});

test('the same tokens pasted in two windows at once are stored once, in the order of the paste', async () => {
  const { keeper } = setUp();
  const text = Array.from({ length: 12 }, (_, at) => secretOf(`n${at}`)).join('\n');
  const reports = await Promise.all([
    keeper.add('zai', text, { check: true }),
    keeper.add('zai', text, { check: true }),
  ]);
  const outcomes = reports.flat().map(({ outcome }) => outcome);
  assert.deepEqual(
    [
      outcomes.filter((outcome) => outcome === 'added').length,
      outcomes.filter((outcome) => outcome === 'duplicate-saved').length,
    ],
    [12, 12],
  );
  assert.deepEqual(
    keeper.list('zai').map(({ alias }) => alias),
    Array.from({ length: 12 }, (_, at) => `Z${at + 1}`),
  );
});

test('checks run five at a time', async () => {
  const { keeper, mostParallel } = setUp();
  await keeper.add('zai', Array.from({ length: 23 }, (_, at) => secretOf(`n${at}`)).join('\n'), { check: true });
  assert.equal(mostParallel(), 5);
  assert.equal(keeper.list('zai').length, 23);
});

test('checks say how far they are and can be cancelled: what was not checked is not saved', async () => {
  const { keeper, jobs, progress } = setUp();
  const text = Array.from({ length: 40 }, (_, at) => secretOf(`n${at}`)).join('\n');
  const adding = keeper.add('zai', text, { check: true, job: 'mine' });
  while (progress.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  assert.ok(!jobs.cancel('another'));
  assert.ok(jobs.cancel('mine'));
  const outcomes = (await adding).map(({ outcome }) => outcome);
  const added = outcomes.filter((outcome) => outcome === 'added').length;
  assert.equal(added, progress.length);
  assert.ok(added > 0 && added < 40);
  assert.equal(outcomes.filter((outcome) => outcome === 'cancelled').length, 40 - added);
  assert.equal(keeper.list('zai').length, added);
  assert.deepEqual(progress.at(-1), { id: 'mine', done: added, total: 40 });
  assert.ok(!jobs.cancel('mine'), 'it has come to its end');
});

test('a cancelled check of saved tokens leaves the rest as they were', async () => {
  const { keeper, jobs, progress } = setUp();
  await keeper.add('zai', Array.from({ length: 40 }, (_, at) => secretOf(`n${at}`)).join('\n'), { check: false });
  const checking = keeper.check(
    keeper.list('zai').map(({ id }) => id),
    'mine',
  );
  while (progress.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  jobs.cancel('mine');
  const states = (await checking).map(({ state }) => state);
  assert.equal(states.filter((state) => state === 'ready').length, progress.length);
  assert.equal(states.filter((state) => state === 'unverified').length, 40 - progress.length);
});

test('what belongs to another provider is not saved here, unless the user says so', async () => {
  const { keeper } = setUp();
  const key = `${'0a'.repeat(16)}.AbCdEf0123456789`;
  const [line] = await keeper.add('zai', key, { check: false });
  assert.deepEqual([line?.outcome, line?.provider, keeper.list('zai').length], ['elsewhere', 'zai-api', 0]);
  const [trusted] = await keeper.add('zai', key, { check: false, trusting: true });
  assert.deepEqual([trusted?.outcome, keeper.list('zai').length], ['unchecked', 1]);
});

test('a pool can be given other tokens as a whole: what stays keeps its name, what goes can be restored', async () => {
  const { keeper } = setUp();
  await keeper.add('zai', `${secretOf('a')} ${secretOf('b')}`, { check: true });
  keeper.addExternal('zai', [secretOf('e')], 'AUTH_TOKENS_FILE');
  const [, gone] = keeper.list('zai');
  assert.deepEqual(keeper.replace('zai', [secretOf('c'), secretOf('a')]), { added: 1, removed: 1 });
  assert.deepEqual(
    keeper.list('zai').map(({ alias, state }) => [alias, state]),
    [
      ['Z1', 'ready'],
      ['Z3', 'unverified'],
      ['Z4', 'unverified'],
    ],
  );
  assert.equal(keeper.restore([gone?.id ?? '']).length, 1);
});

test('tokens of a file follow it', () => {
  const { keeper } = setUp();
  const aliases = () => keeper.list('zai').map(({ alias }) => alias);
  assert.deepEqual(keeper.syncExternal('zai', [secretOf('a'), secretOf('b')], 'file tokens.txt'), {
    added: 2,
    gone: 0,
  });
  assert.deepEqual(keeper.syncExternal('zai', [secretOf('b'), secretOf('c')], 'file tokens.txt'), {
    added: 1,
    gone: 1,
  });
  assert.deepEqual(aliases(), ['Z2', 'Z3']);
  keeper.syncExternal('zai', [], 'file other.txt');
  assert.deepEqual(aliases(), ['Z2', 'Z3']);
});

test('a saved token that answers as another account is invalid', async () => {
  const verdicts: Record<string, Verification> = { [secretOf('a')]: { outcome: 'user', userId: 'u1' } };
  const { keeper } = setUp(verdicts);
  await keeper.add('zai', secretOf('a'), { check: true });
  verdicts[secretOf('a')] = { outcome: 'user', userId: 'u2' };
  const [token] = await keeper.check(keeper.list('zai').map(({ id }) => id));
  assert.deepEqual([token?.state, token?.account], ['invalid', null]);
});

test('removed tokens can be put back as they were', async () => {
  const { keeper, pool } = setUp();
  await keeper.add('zai', `${secretOf('a')} ${secretOf('b')}`, { check: true });
  const [first] = keeper.list('zai');
  assert.ok(first);
  keeper.rename(first.id, 'mine');
  keeper.remove([first.id]);
  assert.deepEqual(
    pool.tokens().map(({ alias }) => alias),
    ['Z2'],
  );
  assert.deepEqual(
    keeper.restore([first.id]).map(({ alias, state }) => [alias, state]),
    [['mine', 'ready']],
  );
  assert.deepEqual(keeper.restore([first.id]), []);
});

test('removing and putting back grows with the number of tokens, not with its square', async () => {
  const { keeper } = setUp();
  const paste = Array.from({ length: 2_000 }, (_, at) => secretOf(String(at))).join('\n');
  await keeper.add('zai', paste, { check: false });
  const ids = keeper.list('zai').map(({ id }) => id);
  const removeAndRestore = (size: number) => {
    keeper.remove(ids.slice(0, size));
    assert.equal(keeper.restore(ids.slice(0, size)).length, size);
  };
  assert.ok(growth(removeAndRestore, 500) < linear);
});

test('what the disk does not take is not in the pool either', async () => {
  const { keeper, database } = setUp();
  await keeper.add('zai', secretOf('a'), { check: false });
  const ids = keeper.list('zai').map(({ id }) => id);
  keeper.remove(ids);
  database.exec('PRAGMA query_only = ON');
  await assert.rejects(keeper.add('zai', `${secretOf('b')} ${secretOf('c')}`, { check: false }));
  assert.throws(() => keeper.restore(ids));
  assert.deepEqual(keeper.list('zai'), []);
  database.exec('PRAGMA query_only = OFF');
  assert.equal(keeper.restore(ids).length, 1, 'tried again when there is room');
});

test('tokens survive a restart, sealed on disk; without the key they are locked, not lost', async () => {
  const first = setUp();
  await first.keeper.add('zai', secretOf('a'), { check: true });
  first.keeper.enable(
    first.keeper.list('zai').map(({ id }) => id),
    false,
  );
  first.database.close();
  assert.ok(!readFileSync(path.join(first.dir, 'traygate.db')).includes('CANARY'));
  const again = setUp({}, first.dir);
  assert.deepEqual(
    again.keeper.list('zai').map(({ alias, state, role }) => [alias, state, role]),
    [['Z1', 'off', 'user']],
  );
  again.database.close();
  const locked = setUp({}, first.dir, 2);
  assert.deepEqual(
    locked.keeper.list('zai').map(({ state }) => state),
    ['locked'],
  );
  locked.database.close();
  assert.deepEqual(
    setUp({}, first.dir)
      .keeper.list('zai')
      .map(({ state }) => state),
    ['off'],
  );
});

test('tokens of the environment are used but neither stored nor removable', async () => {
  const { keeper, pool, dir } = setUp();
  assert.equal(keeper.addExternal('zai', [secretOf('e'), secretOf('e2')], 'AUTH_TOKENS_FILE'), 2);
  const [token] = keeper.list('zai');
  assert.ok(token?.external);
  assert.throws(() => keeper.remove([token.id]), /removed there/);
  assert.equal(pool.tokens().length, 2);
  assert.equal(setUp({}, dir).pool.tokens().length, 0);
});

test('what the window sees holds no character of a token', async () => {
  const { keeper } = setUp();
  await keeper.add('zai', secretOf('a'), { check: true });
  assert.ok(!JSON.stringify(keeper.list('zai')).includes('CANARY'));
});
