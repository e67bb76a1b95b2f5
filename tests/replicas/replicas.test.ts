/** What replicas share, at a real server: two of them in this process, each with a token of its own saving and no pool but the listener. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fresh, type Health, type HealthEvent, nextHealth } from '../../electron/gateway/pool/health.ts';
import type { Claim } from '../../electron/gateway/pool/shared.ts';
import { storedToken } from '../../electron/gateway/pool/testing.ts';
import { Replicas } from '../../electron/gateway/replicas/replicas.ts';
import { connectValkey } from '../../electron/gateway/replicas/valkey.ts';
import { program, Server, unless } from './server.ts';

const holdMs = 900;
const limit = [{ name: 'all', limit: 2 }];

async function until(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(10)) if (holds()) return;
  assert.fail('did not come about in ten seconds');
}

describe('replicas', unless, () => {
  let server: Server;
  const running: Replicas[] = [];
  before(async () => {
    server = await Server.start(program ?? '');
  });
  after(() => server.kill());
  afterEach(async () => {
    for (const replicas of running.splice(0)) await replicas.close();
    await server.kill();
    await server.restart();
  });

  /** A gateway with one token, named alike in all. */
  async function replica(name = 'one') {
    const warnings: string[] = [];
    const reopened: string[] = [];
    const replicas = new Replicas({
      connect: (hearing) => connectValkey(server.url, hearing),
      clock: { now: Date.now },
      changed: () => {},
      log: { info: () => {}, warn: (_values: unknown, text?: string) => void warnings.push(text ?? '') },
      holdMs,
    });
    running.push(replicas);
    const token = { ...storedToken('zai', name), id: `${running.length}-${name}` };
    const report = (_id: string, event: HealthEvent) => {
      token.health = nextHealth(token.health, event, { now: Date.now(), random: 0 }, { failureThreshold: 3, recoveryMs: 1 }); // prettier-ignore
    };
    replicas.joined(token, { report, reopen: (id) => reopened.push(id) });
    const rest = (ms: number) => {
      const earlier = token.health;
      const now = Date.now();
      const reason = { code: 'upstream_rate_limited', message: 'Words of the provider.', evidence: null };
      token.health = { ...fresh, state: 'cooling', rests: 1, since: now, until: now + ms, reason };
      replicas.changed(token, earlier);
    };
    const become = (health: Health) => {
      const earlier = token.health;
      token.health = health;
      replicas.changed(token, earlier);
    };
    await replicas.start();
    return { replicas, token, rest, become, warnings, reopened, claim: () => replicas.claim(token, limit) };
  }

  const release = (claim: Claim) => claim.granted && claim.release();

  test('a rest is heard by all who have the token, and by whoever starts later; nobody else is told why in words', async () => {
    const [a, b, other] = [await replica(), await replica(), await replica('two')];
    a.rest(60_000);
    await until(() => b.token.health.state === 'cooling');
    assert.equal(b.token.health.reason?.code, 'upstream_rate_limited');
    assert.doesNotMatch(b.token.health.reason.message, /provider/);
    const late = await replica();
    assert.equal(late.token.health.state, 'cooling');
    assert.ok(Math.abs((late.token.health.until ?? 0) - (a.token.health.until ?? 0)) < 1_000);
    assert.equal(other.token.health.state, 'ready');
  });

  test('the longest rest counts, and one that is over is over for all', async () => {
    const [a, b] = [await replica(), await replica()];
    a.rest(90_000);
    await until(() => b.token.health.state === 'cooling');
    b.rest(30_000);
    const late = await replica();
    assert.ok((late.token.health.until ?? 0) > Date.now() + 80_000);
    a.become({ ...fresh, state: 'ready' });
    await until(() => b.token.health.state === 'degraded' && late.token.health.state === 'degraded');
    assert.equal((await replica()).token.health.state, 'ready');
  });

  test('a token that turns out invalid is not told to be fit again', async () => {
    const [a, b] = [await replica(), await replica()];
    a.rest(60_000);
    await until(() => b.token.health.state === 'cooling');
    a.become({ ...fresh, state: 'invalid' });
    const late = await replica();
    assert.deepEqual([b.token.health.state, late.token.health.state], ['cooling', 'cooling']);
  });

  test('a token that is added while it runs learns what the others know', async () => {
    const [a, b] = [await replica(), await replica('two')];
    a.rest(60_000);
    const token = storedToken('zai', 'one');
    const heard: HealthEvent[] = [];
    b.replicas.joined(token, { report: (_id, event) => heard.push(event), reopen: () => {} });
    await until(() => heard.length > 0);
    assert.equal(heard[0]?.type, 'rests-elsewhere');
  });

  test('places are counted over all, and whoever was refused hears of the next free one', async () => {
    const [a, b] = [await replica(), await replica()];
    const held = [await a.claim(), await b.claim()];
    assert.deepEqual(held.map(({ granted }) => granted), [true, true]); // prettier-ignore
    assert.deepEqual(await a.claim(), { granted: false, full: 'all' });
    for (const claim of held) release(claim);
    await until(() => a.reopened.length > 0);
    assert.equal((await a.claim()).granted, true);
    const both = [{ name: 'all', limit: 2 }, { name: 'slot:glm', limit: 1 }]; // prettier-ignore
    assert.equal((await b.replicas.claim(b.token, both)).granted, true);
    assert.deepEqual(await a.replicas.claim(a.token, both.toReversed()), { granted: false, full: 'slot:glm' });
  });

  test('who was refused asks again at once when a place of its own is free', async () => {
    const [a, b] = [await replica(), await replica()];
    const own = await a.claim();
    await b.claim();
    assert.equal((await a.claim()).granted, false);
    release(own);
    assert.equal(a.reopened.length, 1);
    assert.equal((await a.claim()).granted, true);
  });

  test('places of a replica that dies are free after a while; those of a long answer are held', async () => {
    const [a, b] = [await replica(), await replica()];
    assert.equal((await a.claim()).granted, true);
    assert.equal((await b.claim()).granted, true);
    await sleep(holdMs * 2);
    assert.equal((await b.claim()).granted, false, 'both live');
    // Without a farewell: nothing is given back.
    await a.replicas.close();
    await until(() => b.reopened.length > 0);
    for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(50)) {
      if ((await b.claim()).granted) return;
    }
    assert.fail('the places of the dead replica are still held');
  });

  test('without the server each goes on alone and says so once; when it is back all is told again', async () => {
    const [a, b] = [await replica(), await replica()];
    const held = await a.claim();
    await server.kill();
    await until(() => !a.replicas.state.connected && !b.replicas.state.connected);
    assert.match(String(a.replicas.state.error), /\S/);
    const alone = await Promise.all([a.claim(), a.claim(), a.claim()]);
    assert.ok(
      alone.every(({ granted }) => granted),
      'only the own places count now',
    );
    for (const claim of alone) release(claim);
    a.rest(60_000);
    await sleep(500);
    assert.equal(a.warnings.length, 1);
    await server.restart();
    await until(() => a.replicas.state.connected && b.replicas.state.connected);
    await until(() => b.token.health.state === 'cooling');
    await b.replicas.start();
    const again = await b.claim();
    assert.deepEqual(
      [again.granted, (await b.claim()).granted],
      [true, false],
      'what a held all the time counts again',
    );
    release(held);
    release(again);
    await until(() => b.reopened.length > 0);
  });

  test('a server that stands still holds requests up for a moment, once', async () => {
    const [a, b] = [await replica(), await replica()];
    server.freeze(true);
    try {
      assert.equal((await a.claim()).granted, true);
      assert.equal(a.replicas.state.connected, false);
      // From now on nobody waits: more than could be asked one after the other in the time the test has.
      for (let at = 0; at < 1_000; at++) release(await a.claim());
    } finally {
      server.freeze(false);
    }
    await until(() => a.replicas.state.connected);
    b.rest(60_000);
    await until(() => a.token.health.state === 'cooling');
  });

  test('a wrong password is no connection, and its reason is told without the password', async () => {
    const locked = await Server.start(program ?? '', 'right-password');
    const url = locked.url.replace('//', '//:wrong-password@');
    const changes: string[] = [];
    const replicas: Replicas = new Replicas({
      connect: (hearing) => connectValkey(url, hearing),
      clock: { now: Date.now },
      changed: () => changes.push(String(replicas.state.error)),
      log: { info: () => {}, warn: () => {} },
    });
    running.push(replicas);
    await replicas.start();
    assert.equal(replicas.state.connected, false);
    assert.match(changes[0] ?? '', /WRONGPASS/);
    assert.doesNotMatch(changes.join(' '), /wrong-password/);
    await locked.kill();
  });
});
