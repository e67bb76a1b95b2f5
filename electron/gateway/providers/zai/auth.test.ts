import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { defaultSettings } from '../../../../tests/simulators/zai/settings.ts';
import { ChatError } from '../../chat/errors.ts';
import { contextWith, setupWith } from './testing/context.ts';
import { startBench, type Bench } from './testing/bench.ts';
import { Auth } from './auth.ts';

let bench: Bench;
before(async () => {
  bench = await startBench();
});
after(() => bench.close());
beforeEach(() => void Object.assign(bench.site.settings, defaultSettings()));

const signal = new AbortController().signal;
const verify = (token: string) => bench.provider.verify?.(token, signal) ?? assert.fail();

describe('verify', () => {
  it('an account', async () => {
    const { token, id } = bench.site.users.add({ name: 'Ada' });
    assert.deepEqual(await verify(token), { outcome: 'user', userId: id, account: 'a•••@e•••.com' });
  });

  it('a guest', async () => {
    assert.equal((await verify((await bench.guest()).secret)).outcome, 'guest');
  });

  it('a signed-out account, for which the site hands out a new guest', async () => {
    const { outcome, reason } = await verify(bench.site.users.addStale().token);
    assert.equal(outcome, 'invalid');
    assert.match(reason ?? '', /signed out/);
  });

  it('an unknown token, an inactive account, no token at all', async () => {
    assert.equal((await verify('a.b.c')).outcome, 'invalid');
    assert.equal((await verify(bench.site.users.add({ role: 'pending' }).token)).outcome, 'invalid');
    assert.equal((await verify('two words')).outcome, 'invalid');
    assert.equal((await verify('')).outcome, 'invalid');
  });

  it('nothing, when only the site is to blame', async () => {
    const { token } = bench.site.users.add();
    for (const auths of ['failing', 'blocked'] as const) {
      bench.site.settings.auths = auths;
      assert.equal((await verify(token)).outcome, 'unreachable');
    }
    bench.site.settings.auths = 'hang';
    const leave = new AbortController();
    const asked = bench.provider.verify?.(token, leave.signal);
    setTimeout(() => leave.abort(), 30);
    assert.equal((await asked)?.outcome, 'unreachable');
  });

  const odd: readonly (readonly [string, number, string, string])[] = [
    ['no JSON', 200, '<html>', 'unreachable'],
    ['no object', 200, '[]', 'unreachable'],
    ['an error', 200, '{"error":"x"}', 'unreachable'],
    ['no role', 200, '{"id":"1"}', 'unreachable'],
    ['a new role', 200, '{"id":"1","role":"banned"}', 'invalid'],
    ['an administrator', 200, '{"id":"1","role":"admin"}', 'user'],
    ['a limit', 429, '', 'unreachable'],
    ['another refusal', 403, '{"detail":"region"}', 'unreachable'],
  ];
  for (const [name, status, body, outcome] of odd) {
    it(`${name} is ${outcome}`, async () => {
      const auth = new Auth(
        contextWith(async () => ({ status, body })),
        setupWith(),
      );
      assert.equal((await auth.verify('opaque', signal)).outcome, outcome);
    });
  }
});

describe('guests', () => {
  it('are new ones, whatever cookies the site sets', async () => {
    const [one, two] = [await bench.guest(), await bench.guest()];
    assert.notEqual(one.userId, two.userId);
    assert.notEqual(one.secret, two.secret);
  });

  it('are disposed of with their chats', async () => {
    const keeping = bench.restarted({ deleteChats: false });
    const credential = await keeping.guest();
    await keeping.ask({ credential, model: 'GLM-4.7' });
    assert.equal(bench.site.chats.length, 1);
    const session = { secret: credential.secret, userId: credential.userId ?? '' };
    await keeping.provider.guests?.dispose(session, signal);
    assert.deepEqual(bench.site.chats, []);
  });

  it('fail with a reason', async () => {
    bench.site.settings.auths = 'blocked';
    await assert.rejects(bench.guest(), (error) => error instanceof ChatError && error.code === 'upstream_blocked');
    bench.site.settings.auths = 'failing';
    await assert.rejects(bench.guest(), (error) => error instanceof ChatError && error.code === 'upstream_error');
  });
});
