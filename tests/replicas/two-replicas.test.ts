/** Two servers behind one address, as processes, with one Valkey between them: what one learns of a token the other keeps to. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { GatewayState } from '../../shared/state.ts';
import { Token } from '../../shared/token.ts';
import { send } from '../api/http.ts';
import { Product } from '../api/product.ts';
import { scripts, startZaiSimulator, type ZaiSimulator } from '../simulators/zai/simulator.ts';
import { program, Server, unless } from './server.ts';

const password = 'valkey-password-5c1d';
const limited = scripts.status(429, { detail: 'Too Many Requests' }, { 'retry-after': '600' });
const admin = 'administrator';

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 15_000; Date.now() < deadline; await sleep(25)) if (await holds()) return;
  assert.fail('did not come about in fifteen seconds');
}

describe('two replicas', unless, () => {
  let zai: ZaiSimulator;
  let valkey: Server;
  let products: Product[] = [];
  before(async () => {
    zai = await startZaiSimulator();
  });
  after(() => zai.close());
  beforeEach(async () => {
    valkey = await Server.start(program ?? '', password);
    zai.answer(scripts.answer());
    zai.seen.clear();
  });
  afterEach(async () => {
    await Promise.all(products.map((product) => product.stop()));
    products = [];
    await valkey.kill();
  });

  /** Both have these tokens, each in a database of its own. */
  async function start(names: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const given = {
      ZAI_BASE_URL: zai.url,
      TRAYGATE_REDIS_URL: valkey.url.replace('//', `//:${password}@`),
      ADMIN_PASSWORD: admin,
      ...environment,
    };
    const secrets = names.map((name) => zai.users.add({ name }).token);
    const [a, b] = await Promise.all([Product.start(given), Product.start(given)]);
    products = [a, b];
    for (const product of products)
      await product.call('tokens.add', { provider: 'zai', text: secrets.join('\n'), check: false });
    return { a, b, secrets };
  }

  const ask = (product: Product) => product.chat({ model: 'GLM-4.5', messages: [{ role: 'user', content: 'Hello' }] });
  const states = async (product: Product) =>
    Token.array()
      .parse(await product.call('tokens.list', { provider: 'zai' }))
      .map(({ state }) => state);
  const shares = async (product: Product) => GatewayState.parse(await product.call('state.get', null)).replicas;
  const figure = async ({ url }: Product) => {
    const { text } = await send(url, { path: '/metrics', headers: { authorization: `Bearer ${admin}` } });
    return /^traygate_replicas_connected (\d)$/m.exec(text)?.[1];
  };
  const askedWith = (secret: string) =>
    zai.seen.attempts.filter(({ headers }) => headers.authorization === `Bearer ${secret}`).length;

  test('a token that one has put to rest is not used by the other, nor by one that starts later', async () => {
    const { a, b, secrets } = await start(['ann', 'bob']);
    const [first = ''] = secrets;
    zai.answer(limited, first);
    assert.equal((await ask(a)).status, 200);
    await until(async () => (await states(b))[0] === 'cooling');
    await b.stop({ keep: true });
    const late = await Product.start(
      { ZAI_BASE_URL: zai.url, TRAYGATE_REDIS_URL: valkey.url.replace('//', `//:${password}@`) },
      undefined,
      { home: b.home },
    );
    products = [a, late];
    zai.seen.clear();
    for (let at = 0; at < 6; at++) assert.equal((await ask(late)).status, 200);
    assert.deepEqual([askedWith(first), zai.seen.attempts.length], [0, 6]);
    const [resting] = Token.array().parse(await late.call('tokens.list', { provider: 'zai' }));
    assert.deepEqual([resting?.state, resting?.reasonCode], ['cooling', 'upstream_rate_limited']);
  });

  test('what one token may do at once holds for both together, and everybody gets an answer', async () => {
    const { a, b } = await start(['ann'], { TOKEN_CONCURRENCY: '2' });
    zai.answer(scripts.late(60));
    const replies = await Promise.all(Array.from({ length: 24 }, (_, at) => ask(at % 2 ? a : b)));
    assert.deepEqual([...new Set(replies.map(({ status }) => status))], [200]);
    assert.equal(zai.seen.completions.highWater, 2);
  });

  test('a replica that is killed takes nothing with it for long', async () => {
    const { a, b } = await start(['ann'], { TOKEN_CONCURRENCY: '1', QUEUE_SECONDS: '60' });
    zai.answer(scripts.late(60_000));
    void ask(a).catch(() => {});
    await until(() => zai.seen.completions.active === 1);
    const waiting = ask(b);
    await sleep(300);
    assert.equal(zai.seen.attempts.length, 1, 'the other waits');
    zai.answer(scripts.answer());
    await a.kill();
    assert.equal((await waiting).status, 200);
  });

  test('without Valkey both go on alone and say so; when it is back they share again what they know', async () => {
    const { a, b, secrets } = await start(['ann', 'bob'], { TOKEN_CONCURRENCY: '1' });
    assert.deepEqual([await shares(a), await figure(a)], [{ connected: true, error: null }, '1']);
    await valkey.kill();
    await until(async () => !(await shares(a))?.connected && !(await shares(b))?.connected);
    assert.equal(await figure(b), '0');
    assert.match(a.output, /Valkey cannot be asked/);
    assert.equal((await send(a.url, { path: '/health' })).status, 200, 'it serves, so it is in service');
    for (const secret of secrets) zai.answer(limited, secret);
    assert.equal((await ask(a)).status, 429);
    assert.deepEqual(
      [await states(a), await states(b)],
      [
        ['cooling', 'cooling'],
        ['unverified', 'unverified'],
      ],
    );
    await valkey.restart();
    await until(async () => (await states(b)).every((state) => state === 'cooling'));
    zai.seen.clear();
    assert.equal((await ask(b)).status, 503);
    assert.equal(zai.seen.attempts.length, 0);
    const said = [a, b].map(({ output }) => output).join('');
    const { text } = z.object({ text: z.string() }).parse(await a.call('support.preview', null));
    for (const written of [said, text]) assert.ok(!written.includes(password), 'the password is written nowhere');
  });

  test('a wrong address stops the start with one sentence', async () => {
    await assert.rejects(
      Product.start({ TRAYGATE_REDIS_URL: 'http://127.0.0.1:6379' }),
      /TRAYGATE_REDIS_URL is not allowed: it must be an address that begins with redis:\/\//,
    );
  });
});
