import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Updater, Updates } from './updates.ts';

/** A place that offers `version`, and what becomes of it. */
function offering(version: string | null, { wanted = true, inFlight = 0, loads = true } = {}) {
  const world = { version, wanted, inFlight, loads, did: [] as string[], shown: [] as string[] };
  const updater: Updater = {
    async check() {
      world.did.push('check');
      return world.version === null ? null : { version: world.version };
    },
    async load() {
      world.did.push('load');
      if (!world.loads) throw new Error('no network');
    },
    install: () => void world.did.push('install'),
  };
  const updates = new Updates({
    updater,
    wanted: () => world.wanted,
    idle: () => world.inFlight === 0,
    changed: ({ kind }) => world.shown.push(kind),
    found: (found) => world.shown.push(`found ${found}`),
    failed: (_error, asked) => world.shown.push(asked ? 'failed' : 'failed quietly'),
  });
  return { world, updates };
}

test('a newer version is offered, once, and nothing is loaded', async () => {
  const { world, updates } = offering('2.0.0');
  await updates.check();
  await updates.check();
  assert.deepEqual(world.did, ['check', 'check']);
  assert.deepEqual(world.shown, ['offered', 'found 2.0.0', 'offered']);
  world.version = '2.0.1';
  await updates.check();
  assert.equal(world.shown.at(-1), 'found 2.0.1');
});

test('nobody is asked while the setting is off', async () => {
  const { world, updates } = offering('2.0.0', { wanted: false });
  await updates.check();
  assert.deepEqual(world.did, []);
});

test('one click loads, the next installs', async () => {
  const { world, updates } = offering('2.0.0');
  await updates.check();
  await updates.go();
  assert.deepEqual([world.did, updates.state.kind], [['check', 'load'], 'ready']);
  updates.settle();
  assert.deepEqual(world.did, ['check', 'load'], 'not by itself');
  await updates.go();
  assert.deepEqual(world.did, ['check', 'load', 'install']);
});

test('answers that are running are waited for, and the click can be taken back', async () => {
  const { world, updates } = offering('2.0.0', { inFlight: 2 });
  await updates.check();
  await updates.go();
  await updates.go();
  updates.settle();
  assert.deepEqual([world.did, updates.state.kind], [['check', 'load'], 'waiting']);
  await updates.go();
  world.inFlight = 0;
  updates.settle();
  assert.deepEqual([world.did, updates.state.kind], [['check', 'load'], 'ready']);
  world.inFlight = 1;
  await updates.go();
  world.inFlight = 0;
  updates.settle();
  assert.equal(world.did.at(-1), 'install');
});

test('a load that fails is told, and can be tried again', async () => {
  const { world, updates } = offering('2.0.0', { loads: false });
  await updates.check();
  await updates.go();
  assert.deepEqual([world.shown.at(-1), updates.state.kind], ['failed', 'offered']);
  world.loads = true;
  await updates.go();
  assert.equal(updates.state.kind, 'ready');
});

test('a check without a network is no trouble', async () => {
  const { world, updates } = offering('2.0.0');
  world.version = null;
  await updates.check();
  assert.deepEqual([world.shown, updates.state.kind], [[], 'none']);
});
