/** The pool over HTTP: what clients are told, and what the provider sees, while tokens and the provider fail. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import OpenAI from 'openai';
import { Token } from '../../shared/token.ts';
import { scripts, startZaiSimulator, type ZaiSimulator } from '../simulators/zai/simulator.ts';
import { nowhere } from '../nowhere.ts';
import { Product } from './product.ts';
import { errorOf } from './shapes.ts';

let zai: ZaiSimulator;
let product: Product;
before(async () => {
  zai = await startZaiSimulator();
});
after(() => zai.close());
beforeEach(() => {
  zai.answer(scripts.answer());
  Object.assign(zai.settings, { auths: 'normal', authsDelay: 0 });
  zai.seen.clear();
});
afterEach(() => product.stop());

/** Starts the product with tokens of these names, saved unchecked and in this order. */
async function start(names: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<string[]> {
  product = await Product.start({ ...nowhere, ZAI_BASE_URL: zai.url, ANONYMOUS_MODE: 'false', ...environment });
  const secrets = names.map((name) => zai.users.add({ name }).token);
  for (const text of secrets) await product.call('tokens.add', { provider: 'zai', text, check: false });
  return secrets;
}

const tokens = async () => Token.array().parse(await product.call('tokens.list', { provider: 'zai' }));
const ask = (extra: object = {}) =>
  product.chat({ model: 'GLM-4.5', messages: [{ role: 'user', content: 'Hello' }], ...extra });
const limited = (seconds: string) => scripts.status(429, { detail: 'Too Many Requests' }, { 'retry-after': seconds });

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 8_000; Date.now() < deadline; await sleep(20)) if (await holds()) return;
  assert.fail('did not come about in eight seconds');
}

test('a rate-limited token costs one extra try, rests with its reason, and comes back by one probe', async () => {
  const [first = ''] = await start(['ann', 'bob']);
  zai.answer(limited('1'), first);
  const reply = await ask();
  assert.equal(reply.status, 200);
  const row = await product.row(String(reply.headers['x-request-id']));
  assert.deepEqual(
    row.attempts.map(({ credential, decision }) => [credential, decision]),
    [['Z1', 'next_credential'], ['Z2', null]],
  ); // prettier-ignore
  const [resting] = await tokens();
  assert.deepEqual([resting?.state, resting?.reasonCode], ['cooling', 'upstream_rate_limited']);
  assert.equal((await ask()).status, 200);
  assert.equal(zai.seen.attempts.length, 3, 'while it rests it is not asked');
  zai.answer(scripts.answer(), first);
  await sleep(1_200);
  assert.equal((await ask()).status, 200);
  assert.deepEqual((await tokens()).map(({ state }) => state), ['ready', 'ready']); // prettier-ignore
});

test('F011: seven tokens refuse one request: two rest, the others answer all that follow', async () => {
  await start(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
  zai.answer(limited('60'));
  errorOf(await ask(), 429, 'upstream_rate_limited');
  zai.answer(scripts.answer());
  const replies = await Promise.all(Array.from({ length: 20 }, () => ask()));
  assert.ok(replies.every(({ status }) => status === 200));
  assert.equal((await tokens()).filter(({ state }) => state === 'cooling').length, 2);
});

test('F007, F008: a token is asked again after HTTP 500; a client of the official SDK causes three attempts, not nine', async () => {
  await start(['ann']);
  zai.answer(scripts.seq([scripts.status(500, 'down'), scripts.answer()]));
  assert.equal((await ask()).status, 200);
  zai.seen.clear();
  zai.answer(scripts.status(500, 'down'));
  const client = new OpenAI({ baseURL: `${product.url}/v1`, apiKey: product.key });
  await assert.rejects(
    client.chat.completions.create({ model: 'GLM-4.5', messages: [{ role: 'user', content: 'Hi' }] }),
    { status: 502 },
  );
  assert.ok(zai.seen.attempts.length <= 3, String(zai.seen.attempts.length));
});

test('F056: an outage opens the breaker: answers at once, with a wait, and the provider is left alone; then one probe heals it', async () => {
  await start(['a', 'b', 'c', 'd']);
  zai.answer(scripts.status(500, 'down'));
  const sent = 60;
  const replies = await Promise.all(Array.from({ length: sent }, () => ask()));
  assert.ok(zai.seen.attempts.length <= sent * 1.3, String(zai.seen.attempts.length));
  assert.ok(replies.every(({ status }) => status >= 500));
  zai.seen.clear();
  const refused = await ask();
  assert.match(errorOf(refused, 503, 'provider_unavailable').message, /Z\.AI has failed several times/);
  assert.match(String(refused.headers['retry-after']), /^[1-4]$/);
  assert.equal(refused.headers['x-should-retry'], 'true');
  assert.equal(zai.seen.attempts.length, 0);
  zai.answer(scripts.answer());
  await until(async () => (await ask()).status === 200);
  const healed = await Promise.all(Array.from({ length: 20 }, () => ask()));
  assert.ok(healed.every(({ status }) => status === 200));
  assert.ok((await tokens()).every(({ state }) => state === 'ready' || state === 'degraded'));
});

test('F065: one token that takes four at once: never more, the others wait their turn, and too long a wait is told', async () => {
  await start(['ann'], { TOKEN_CONCURRENCY: '4', QUEUE_SECONDS: '1' });
  zai.answer(scripts.late(100));
  const replies = await Promise.all(Array.from({ length: 20 }, () => ask()));
  assert.deepEqual([...new Set(replies.map(({ status }) => status))], [200]);
  assert.equal(zai.seen.completions.highWater, 4);
  zai.answer(scripts.late(2_000));
  const slow = Array.from({ length: 4 }, () => ask());
  await until(() => zai.seen.completions.active === 4);
  const waited = await ask();
  errorOf(waited, 503, 'queue_timeout');
  assert.deepEqual([waited.headers['retry-after'], waited.headers['x-should-retry']], ['2', 'true']);
  await Promise.all(slow);
});

test('F033: a client that leaves the queue is forgotten, and the provider never hears of it', async () => {
  await start(['ann'], { TOKEN_CONCURRENCY: '1' });
  zai.answer(scripts.late(700));
  const running = ask();
  await until(() => zai.seen.completions.active === 1);
  const leaving = AbortSignal.timeout(200);
  const client = new OpenAI({ baseURL: `${product.url}/v1`, apiKey: product.key, maxRetries: 0 });
  await assert.rejects(
    client.chat.completions.create({ model: 'GLM-4.5', messages: [{ role: 'user', content: 'Hi' }] }, { signal: leaving }),
  ); // prettier-ignore
  assert.equal((await running).status, 200);
  await until(async () => (await product.rows()).some(({ outcome }) => outcome === 'cancelled'));
  assert.equal(zai.seen.attempts.length, 1);
});

test('F057: fifty requests when the only token comes back: one probe, then all are answered', async () => {
  await start(['ann'], { TOKEN_CONCURRENCY: '4' });
  zai.answer(limited('1'));
  await ask();
  errorOf(await ask(), 503, 'no_token_available');
  await sleep(1_200);
  zai.seen.clear();
  zai.answer(scripts.late(300));
  const waiting = Array.from({ length: 50 }, () => ask());
  await until(() => zai.seen.completions.active > 0);
  await sleep(150);
  assert.equal(zai.seen.attempts.length, 1, 'exactly one probe');
  zai.answer(scripts.answer());
  assert.ok((await Promise.all(waiting)).every(({ status }) => status === 200));
  assert.ok(zai.seen.completions.highWater <= 4);
});

test('F001, F102: without a network no token is touched, and the first answers come within seconds of its return', async () => {
  const away = await startZaiSimulator();
  const { port } = new URL(away.url);
  product = await Product.start({ ...nowhere, ZAI_BASE_URL: away.url, ANONYMOUS_MODE: 'false' });
  const { token, id } = away.users.add();
  await product.call('tokens.add', { provider: 'zai', text: token, check: false });
  await away.close();
  for (let at = 0; at < 4; at++) assert.ok((await ask()).status >= 502);
  const [untouched] = await tokens();
  assert.deepEqual([untouched?.state, untouched?.until], ['unverified', null]);
  const back = await startZaiSimulator({ port: Number(port) });
  back.users.add({ token, id });
  try {
    await until(async () => (await ask()).status === 200);
    assert.equal((await tokens())[0]?.state, 'ready');
  } finally {
    await back.close();
  }
});

test('weights and tiers are stored, and decide where the strategy asks for them', async () => {
  const [first = ''] = await start(['ann', 'bob'], { TOKEN_STRATEGY: 'weighted' });
  const [ann] = await tokens();
  const tuned = Token.array().parse(await product.call('tokens.tune', { ids: [ann?.id], weight: 3, priority: 2 }));
  assert.deepEqual([tuned[0]?.weight, tuned[0]?.priority], [3, 2]);
  for (let at = 0; at < 40; at++) await ask();
  const count = zai.seen.attempts.filter(({ headers }) => headers.authorization === `Bearer ${first}`).length;
  assert.ok(count >= 28 && count <= 32, String(count));
});

test('a conversation stays with its token', async () => {
  await start(['ann', 'bob', 'eve'], { TOKEN_STICKY: 'true' });
  const say = (first: string, more: number) =>
    ask({
      messages: [
        { role: 'user', content: first },
        ...Array.from({ length: more }, (_, at) => ({ role: at % 2 ? 'user' : 'assistant', content: `turn ${at}` })),
      ],
    });
  for (const turns of [0, 2, 4]) for (const first of ['About gates', 'About trays']) await say(first, turns);
  const used = zai.seen.attempts.map(({ identity }) => identity);
  assert.deepEqual(used, ['ann', 'bob', 'ann', 'bob', 'ann', 'bob']);
});

test('guests are made ahead, never hold up the start, and one that is refused is replaced', async () => {
  zai.settings.authsDelay = 300;
  const earlier = zai.users.guests;
  await start([], { ANONYMOUS_MODE: 'true', GUEST_POOL_SIZE: '2' });
  assert.ok(zai.users.guests - earlier < 2, 'running before they are made');
  await until(() => zai.users.guests - earlier === 2);
  zai.settings.authsDelay = 0;
  zai.answer(scripts.status(401, { detail: 'Not authenticated' }));
  const { message } = errorOf(await ask(), 502, 'upstream_auth_failed');
  assert.match(message, /this guest session.*add a token of your own/i);
  zai.answer(scripts.answer());
  assert.equal((await ask()).status, 200);
});

test('F028: while guests cannot be had, fifty requests ask for one at a time', async () => {
  zai.settings.auths = 'failing';
  await start([], { ANONYMOUS_MODE: 'true' });
  zai.seen.clear();
  const replies = await Promise.all(Array.from({ length: 50 }, () => ask()));
  assert.ok(replies.every(({ status }) => status === 502));
  assert.ok(zai.seen.to('/api/v1/auths/').length <= 1, String(zai.seen.to('/api/v1/auths/').length));
  zai.settings.auths = 'normal';
  await until(async () => (await ask()).status === 200);
});
