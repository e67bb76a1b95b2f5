/** The monitoring API of the Python server: its paths and shapes, for the administrator only, without any token in it. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import fixture from '../fixtures/token-pool.json' with { type: 'json' };
import { startZaiSimulator, type ZaiSimulator } from '../simulators/zai/simulator.ts';
import { type Reply, send } from './http.ts';
import { Product } from './product.ts';

const password = 'admin-password-of-the-test';
const admin = { authorization: `Bearer ${password}` };
const routes = [
  ['GET', '/v1/token-pool/status'],
  ['POST', '/v1/token-pool/health-check'],
  ['POST', '/v1/token-pool/update'],
  ['GET', '/metrics'],
] as const;

const TokenInfo = z.strictObject({
  token: z.string().regex(/^#[0-9a-f]{6}$/),
  token_type: z.enum(['user', 'guest', 'unknown']),
  is_available: z.boolean(),
  failure_count: z.number().int(),
  success_count: z.number().int(),
  success_rate: z.string().regex(/^\d+\.\d\d%$/),
  total_requests: z.number().int(),
  is_healthy: z.boolean(),
  last_failure_time: z.number(),
  last_success_time: z.number(),
});
const PoolInfo = z.strictObject({
  total_tokens: z.number().int(),
  available_tokens: z.number().int(),
  unavailable_tokens: z.number().int(),
  healthy_tokens: z.number().int(),
  unhealthy_tokens: z.number().int(),
  current_index: z.number().int(),
  tokens: z.array(TokenInfo),
});
const Config = z.strictObject({
  anonymous_mode: z.boolean(),
  failure_threshold: z.number().int(),
  recovery_timeout: z.number().int(),
  health_check_interval: z.number().int(),
});
const Active = z.strictObject({ status: z.literal('active'), pool_info: PoolInfo, config: Config });
const Disabled = z.strictObject({
  status: z.literal('disabled'),
  message: z.string(),
  anonymous_mode: z.boolean(),
  auth_tokens_file: z.string().nullable(),
  auth_tokens_configured: z.boolean(),
});
const Completed = z.strictObject({
  status: z.literal('completed'),
  message: z.string(),
  summary: z.strictObject({
    total_tokens: z.number().int(),
    healthy_tokens: z.number().int(),
    unhealthy_tokens: z.number().int(),
    health_rate: z.string().regex(/^\d+\.\d%$/),
    duration_seconds: z.number(),
  }),
  pool_info: PoolInfo,
});
const Updated = z.strictObject({ status: z.literal('updated'), message: z.string(), pool_info: PoolInfo });

let zai: ZaiSimulator;
let product: Product;
before(async () => {
  zai = await startZaiSimulator();
  product = await Product.start({ ZAI_BASE_URL: zai.url, ADMIN_PASSWORD: password });
});
after(async () => {
  await product.stop();
  await zai.close();
});

const get = (route: string, headers: Readonly<Record<string, string>> = admin) =>
  send(product.url, { path: route, headers });
const post = (route: string, body?: unknown, headers: Readonly<Record<string, string>> = admin): Promise<Reply> =>
  send(product.url, {
    method: 'POST',
    path: route,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
const update = (tokens: unknown) => post('/v1/token-pool/update', tokens);

test('the shapes of the test are those of the Python server, but for the id of a later version', () => {
  const [entry] = fixture.cases;
  const { tokens = [], ...pool } = entry?.final_status ?? {};
  const later = new Set(['user_tokens', 'guest_tokens', 'unknown_tokens']);
  assert.deepEqual(
    Object.keys(pool).filter((key) => !later.has(key)),
    Object.keys(PoolInfo.shape).filter((key) => key !== 'tokens'),
  );
  assert.deepEqual(
    Object.keys(tokens[0] ?? {}).filter((key) => key !== 'token_id'),
    Object.keys(TokenInfo.shape),
  );
});

test('nobody but the administrator is let in, and nobody is told anything', async () => {
  for (const [method, route] of routes) {
    for (const headers of [{}, { authorization: `Bearer ${product.key}` }, { 'x-api-key': product.key }]) {
      const reply = await send(product.url, { method, path: route, headers });
      assert.ok(reply.status === 401 || reply.status === 429, `${route} ${reply.status}`);
      assert.doesNotMatch(reply.text, /zai|tokens"|traygate_/i);
    }
  }
});

test('guessing is slowed down, also for who has the password', async () => {
  const other = await Product.start({ ADMIN_PASSWORD: password });
  try {
    const tries = [];
    for (let at = 0; at < 8; at++)
      tries.push(
        (await send(other.url, { path: '/metrics', headers: { authorization: `Bearer wrong-${at}` } })).status,
      );
    assert.deepEqual([tries[0], tries.at(-1)], [401, 429]);
    const right = await send(other.url, { path: '/metrics', headers: admin });
    assert.equal(right.status, 429);
    assert.ok(Number(right.headers['retry-after']) >= 1);
  } finally {
    await other.stop();
  }
});

test('without a password there is no administrator, also where no key is needed', async () => {
  const open = await Product.start({ SKIP_AUTH_TOKEN: 'true', AUTH_TOKEN: 'a-client-key' });
  try {
    for (const [method, route] of routes)
      assert.equal((await send(open.url, { method, path: route })).status, 401, route);
  } finally {
    await open.stop();
  }
});

test('an empty pool is disabled, and cannot be checked', async () => {
  await wrongTriesForgotten();
  assert.deepEqual(Disabled.parse((await get('/v1/token-pool/status')).json()), {
    status: 'disabled',
    message: 'There are no tokens in this pool.',
    anonymous_mode: false,
    auth_tokens_file: null,
    auth_tokens_configured: false,
  });
  assert.equal((await post('/v1/token-pool/health-check')).status, 404);
});

test('update replaces the tokens, check asks for each, status tells: all without a character of them', async () => {
  const [ada, ben] = [zai.users.add({ name: 'Ada' }), zai.users.add({ name: 'Ben' })];
  const guest = zai.users.add({ name: 'Guest-1', role: 'guest' });
  const first = await update([ada.token, ` ${ben.token} `, '', ada.token]);
  const updated = Updated.parse(first.json());
  assert.match(updated.message, /given 2 tokens: 2 new, 0 removed/);
  assert.deepEqual(
    updated.pool_info.tokens.map(({ token_type, is_healthy, success_rate }) => [token_type, is_healthy, success_rate]),
    [
      ['user', true, '100.00%'],
      ['user', true, '100.00%'],
    ],
  );
  const second = await update([ben.token, guest.token]);
  assert.match(Updated.parse(second.json()).message, /1 new, 1 removed/);

  const check = await post('/v1/token-pool/health-check');
  const { summary, pool_info } = Completed.parse(check.json());
  assert.deepEqual(
    [summary.total_tokens, summary.healthy_tokens, summary.unhealthy_tokens, summary.health_rate],
    [2, 1, 1, '50.0%'],
  );
  assert.deepEqual(
    pool_info.tokens.map(({ token_type, is_available }) => [token_type, is_available]),
    [
      ['user', true],
      ['guest', false],
    ],
  );

  await product.chat({ model: 'GLM-4.5', messages: [{ role: 'user', content: 'Hello' }] });
  const [row] = await product.rows();
  await product.row(row?.id ?? '');
  const status = await get('/v1/token-pool/status');
  const { pool_info: now, config } = Active.parse(status.json());
  assert.deepEqual(
    now.tokens.map(({ success_count, total_requests, last_failure_time }) => [
      success_count,
      total_requests,
      last_failure_time,
    ]),
    [
      [1, 1, 0],
      [0, 0, 0],
    ],
  );
  assert.ok(Math.abs((now.tokens[0]?.last_success_time ?? 0) - Date.now() / 1000) < 60);
  assert.deepEqual(config, {
    anonymous_mode: false,
    failure_threshold: 3,
    recovery_timeout: 1800,
    health_check_interval: 0,
  });
  for (const { text } of [first, second, check, status])
    for (const { token } of [ada, ben, guest])
      for (const part of [token.slice(0, 10), token.slice(-10), token]) assert.ok(!text.includes(part));
});

test('a wrong list changes nothing', async () => {
  await update([zai.users.add().token]);
  const whole = (await get('/v1/token-pool/status')).text;
  for (const [body, param] of [
    [[], null],
    [['', '  '], null],
    [{ tokens: [] }, null],
    [[1], null],
    ['token', null],
    [[zai.users.add().token, 'short'], '[1]'],
    [['令牌'.repeat(20)], '[0]'],
  ] as const) {
    const reply = await update(body);
    assert.equal(reply.status, 400, JSON.stringify(body).slice(0, 40));
    assert.equal(
      z.object({ error: z.object({ param: z.string().nullable() }) }).parse(reply.json()).error.param,
      param,
    );
  }
  assert.equal((await get('/v1/token-pool/status')).text, whole);
});

test('other providers have a pool of their own; one without is not found', async () => {
  assert.equal(Disabled.parse((await get('/v1/token-pool/status?provider=longcat')).json()).status, 'disabled');
  await post('/v1/token-pool/update?provider=longcat', ['a-passport-token-of-longcat']);
  assert.equal(Active.parse((await get('/v1/token-pool/status?provider=longcat')).json()).pool_info.total_tokens, 1);
  for (const provider of ['local', 'nobody', 'A B', '..'])
    assert.equal((await get(`/v1/token-pool/status?provider=${encodeURIComponent(provider)}`)).status, 404, provider);
});

test('an outage makes no token unavailable', async () => {
  await update([zai.users.add().token, zai.users.add().token]);
  const offline = await Product.start({ ADMIN_PASSWORD: password });
  try {
    const tell = (route: string, body?: unknown) =>
      send(offline.url, {
        method: 'POST',
        path: route,
        headers: { ...admin, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
    await tell('/v1/token-pool/update', [zai.users.add().token, zai.users.add().token]);
    const { summary } = Completed.parse((await tell('/v1/token-pool/health-check')).json());
    assert.deepEqual([summary.total_tokens, summary.healthy_tokens, summary.health_rate], [2, 2, '100.0%']);
  } finally {
    await offline.stop();
  }
});

test('a watched folder and a token file are told apart from what is stored', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'traygate-watch-'));
  const [file, watched, stored] = [zai.users.add(), zai.users.add(), zai.users.add()].map(({ token }) => token);
  writeFileSync(path.join(folder, 'zai.txt'), file ?? '');
  writeFileSync(path.join(folder, 'tokens.txt'), watched ?? '');
  const home = await Product.start({
    ADMIN_PASSWORD: password,
    ZAI_BASE_URL: zai.url,
    AUTH_TOKENS_FILE: path.join(folder, 'zai.txt'),
    TOKEN_WATCH: folder,
  });
  try {
    const ask = async (method: string, route: string, body?: unknown) => {
      const headers = { ...admin, 'content-type': 'application/json' };
      const reply = await send(home.url, {
        method,
        path: route,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return z.object({ pool_info: PoolInfo }).parse(reply.json()).pool_info.total_tokens;
    };
    for (let tries = 0; tries < 50 && (await ask('GET', '/v1/token-pool/status')) < 2; tries++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(await ask('GET', '/v1/token-pool/status'), 2);
    assert.equal(await ask('POST', '/v1/token-pool/update', [stored]), 3);
    assert.equal(await ask('POST', '/v1/token-pool/update', [zai.users.add().token]), 3);
  } finally {
    await home.stop();
    rmSync(folder, { recursive: true });
  }
});

/** Wrong tries count for a minute; the right password is let in again as soon as the pause is over. */
async function wrongTriesForgotten(): Promise<void> {
  for (let tries = 0; tries < 700 && (await get('/v1/token-pool/status')).status === 429; tries++)
    await new Promise((resolve) => setTimeout(resolve, 100));
}
