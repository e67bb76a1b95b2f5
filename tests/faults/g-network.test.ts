/** Group G: a hostile computer in the network. Rules without a socket are beside electron/gateway/http/{peer,guesses,reach}.ts. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { test } from 'node:test';
import { z } from 'zod';
import { type Reply, send, sendRaw } from '../api/http.ts';
import { Product } from '../api/product.ts';
import { errorOf } from '../api/shapes.ts';
import { fault } from './fault.ts';
import { begin, type Script, tailOf } from './harness/scripts.ts';
import { signIn } from './harness/session.ts';
import { adminPassword } from './harness/start.ts';

/** An address of this computer that is not loopback: who calls it looks like somebody else. */
const lan = Object.values(networkInterfaces())
  .flatMap((found) => found ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
const noNetwork = lan === undefined && 'this computer has no network address';

const answers = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host, () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });

fault(
  'F121',
  'P0',
  'only loopback addresses listen, and the network address refuses',
  async ({ product }) => {
    const { addresses } = z.object({ addresses: z.array(z.string()) }).parse(await product.call('state.get', null));
    for (const address of addresses) assert.match(address, /^(?:127\.0\.0\.1|\[::1\]):\d+$/);
    assert.equal(await answers(lan ?? '', product.port), false);
  },
  { skip: noNetwork },
);

/** Starts, or the reason why not. */
async function started(environment: Readonly<Record<string, string>>, config: object): Promise<Product | string> {
  const folder = process.env['TMPDIR'] ?? '/tmp';
  const file = path.join(folder, `traygate-reach-${process.pid}.json`);
  writeFileSync(file, JSON.stringify(config));
  try {
    return await Product.start({ TRAYGATE_CONFIG: file, ...environment });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
const open = { server: { host: '0.0.0.0' } };
const strong = 'sk-local-Qm3Zt8vXw1Rb5Ky7Lp2Nc4Hd6Jf9Gs0';

for (const [id, what, environment, config, said] of [
  ['F122', 'SKIP_AUTH_TOKEN', { SKIP_AUTH_TOKEN: 'true' }, open, /Without a key Traygate is for this computer only/],
  ['F122', 'the configuration file', {}, { server: { host: '0.0.0.0', keyRequired: false } }, /Without a key/],
  ['F123', 'a short AUTH_TOKEN', { AUTH_TOKEN: 'test' }, open, /the key of AUTH_TOKEN can be guessed/],
  [
    'F123',
    'one weak key among AUTH_TOKENS',
    { AUTH_TOKENS: `${strong},sk-test-0123456789` },
    open,
    /AUTH_TOKENS 2 can be guessed/,
  ],
  ['F123', 'the placeholder of the documentation', { AUTH_TOKEN: 'sk-your-api-key' }, open, /placeholder/],
  [
    'F123',
    'a weak key of the file',
    {},
    { ...open, clientKeys: ['hunter2hunter2hunter2'.slice(0, 12)] },
    /can be guessed/,
  ],
] as const)
  // prettier-ignore
  test(`${id} it does not open to the network with ${what}`, async () => {
    const refused = await started(environment, config);
    if (refused instanceof Product) await refused.stop();
    assert.ok(typeof refused === 'string', 'it started');
    assert.match(refused, said);
    assert.doesNotMatch(refused, /hunter2|0123456789/);
  });

test('F122, F125, F130: open to the network, a strong key is needed, the name must be listed, and the administrator stays here', { skip: noNetwork }, async () => {
  const product = await started({ AUTH_TOKEN: strong, ADMIN_PASSWORD: adminPassword }, open);
  assert.ok(product instanceof Product, 'it did not start');
  try {
    const there = `http://${lan}:${product.port}`;
    const own = { host: `127.0.0.1:${product.port}` };
    const ask = (sent: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> =>
      send(there, { path: sent, headers });
    const key = { authorization: `Bearer ${strong}` };
    assert.equal((await ask('/v1/models', key)).status, 200, 'an address of this computer is no name');
    errorOf(await ask('/v1/models', { ...key, host: `traygate.lan:${product.port}` }), 403, 'forbidden_host');
    assert.equal((await ask('/v1/models', { ...key, ...own })).status, 200);
    errorOf(await ask('/v1/models', own), 401, 'invalid_api_key');
    const admin = { ...own, authorization: `Bearer ${adminPassword}` };
    const forged = [{}, { 'x-forwarded-for': '127.0.0.1' }, { forwarded: 'for=127.0.0.1' }, { 'x-real-ip': '127.0.0.1' }];
    for (const headers of forged) {
      for (const route of ['/ui/', '/admin/api/events', '/metrics', '/v1/token-pool/status'])
        errorOf(await ask(route, { ...admin, ...headers }), 403, 'forbidden_origin');
      const login = await send(there, { method: 'POST', path: '/admin/api/session', headers: { ...own, ...headers, 'content-type': 'application/json', 'x-traygate-window': '1' }, body: JSON.stringify({ password: adminPassword }) }); // prettier-ignore
      errorOf(login, 403, 'forbidden_origin');
    }
    assert.equal((await send(product.url, { path: '/metrics', headers: { authorization: admin.authorization } })).status, 200);
    // A program here that forwards for somebody is not the user of this computer.
    const forwarded = { authorization: admin.authorization, 'x-forwarded-for': '203.0.113.9' };
    errorOf(await send(product.url, { path: '/metrics', headers: forwarded }), 403, 'forbidden_origin');
  } finally {
    await product.stop();
  }
}); // prettier-ignore

fault(
  'F125',
  'P0',
  'a trusted proxy is believed on whom it asks for, and only then is the cookie for https',
  async ({ product }) => {
    const login = (headers: Readonly<Record<string, string>>): Promise<Reply> =>
      send(product.url, {
        method: 'POST',
        path: '/admin/api/session',
        headers: { 'content-type': 'application/json', 'x-traygate-window': '1', ...headers },
        body: JSON.stringify({ password: adminPassword }),
      });
    const through = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' };
    assert.match(String((await login(through)).headers['set-cookie']), /HttpOnly; Secure; SameSite=Strict/);
    assert.doesNotMatch(String((await login({})).headers['set-cookie']), /Secure/);
    // Wrong passwords of one client of the proxy do not keep out another.
    for (let at = 0; at < 10; at++)
      await product.ask('/metrics', undefined, { ...through, authorization: 'Bearer no' });
    const other = { 'x-forwarded-for': '203.0.113.10', authorization: `Bearer ${adminPassword}` };
    assert.equal((await product.ask('/metrics', undefined, other)).status, 200);
    errorOf(await product.ask('/metrics', undefined, { ...other, ...through }), 429, 'invalid_api_key');
  },
  { environment: { TRAYGATE_TRUSTED_PROXIES: '127.0.0.1, ::1', TRAYGATE_REMOTE_ADMIN: 'true' } },
);

fault(
  'F124',
  'P0',
  'a thousand wrong keys are slowed down; others are not; it is told once',
  async ({ product }) => {
    const ask = (from: string, key: string): Promise<Reply> =>
      product.ask('/v1/models', undefined, { 'x-forwarded-for': from, authorization: `Bearer ${key}` });
    const statuses: number[] = [];
    for (let at = 0; at < 1_000; at++) statuses.push((await ask('203.0.113.9', `guess-${at}`)).status);
    assert.deepEqual(statuses.slice(0, 5), [401, 401, 401, 401, 401]);
    assert.ok(statuses.slice(5).filter((status) => status === 429).length > 985, 'slowed down');
    const late = await ask('203.0.113.9', product.key);
    errorOf(late, 429, 'invalid_api_key');
    assert.ok(Number(late.headers['retry-after']) >= 1);
    assert.equal((await ask('203.0.113.10', product.key)).status, 200);
    assert.equal((await product.ask('/v1/models')).status, 200);
    const { guessing } = z.object({ guessing: z.object({ address: z.string() }).nullable() }).parse(await product.call('state.get', null)); // prettier-ignore
    assert.equal(guessing?.address, '203.0.113.9');
    assert.equal(product.output.match(/this address is slowed down/g)?.length, 1);
  },
  { environment: { TRAYGATE_TRUSTED_PROXIES: '127.0.0.1, ::1' } },
);

fault(
  'F124',
  'P0',
  'another program here with a wrong key is told to wait, and locks nobody out',
  async ({ product }) => {
    const wrong = () => product.ask('/v1/models', undefined, { authorization: 'Bearer stale-key' });
    for (let at = 0; at < 5; at++) errorOf(await wrong(), 401, 'invalid_api_key');
    const told = await wrong();
    errorOf(told, 429, 'invalid_api_key');
    assert.equal(told.headers['x-should-retry'], 'false');
    assert.equal((await product.ask('/v1/models')).status, 200);
  },
  // A gateway of its own: what is guessed here is remembered for minutes.
  { environment: { SERVICE_NAME: 'guessed' } },
);

test('F126: five hundred streams of one computer with a valid key: its own limit, and this computer is served as before', { skip: noNetwork || process.env['TRAYGATE_FAULTS'] !== 'all' }, async () => {
  const product = await started({ AUTH_TOKEN: strong }, open);
  assert.ok(product instanceof Product, 'it did not start');
  const lag = monitorEventLoopDelay({ resolution: 10 });
  const stop = new AbortController();
  try {
    const headers = { authorization: `Bearer ${strong}`, 'content-type': 'application/json' };
    const there = `http://${lan}:${product.port}`;
    const body = (prompt: string) => JSON.stringify({ model: 'local/script', stream: true, messages: [{ role: 'user', content: prompt }] }); // prettier-ignore
    const stream = async (): Promise<{ status: number; text: string; after: string | undefined }> => {
      const sent = request(`${there}/v1/chat/completions`, { method: 'POST', agent: false, headers: { ...headers, host: `127.0.0.1:${product.port}` }, signal: stop.signal }); // prettier-ignore
      sent.on('error', () => {}).end(body('REPEAT 1 begun\nWAIT 600000'));
      const reply = await once(sent, 'response').then(([incoming]) => incoming as IncomingMessage, () => null); // prettier-ignore
      if (!reply) return { status: 0, text: '', after: undefined };
      const text = String((await once(reply.on('error', () => {}), 'data'))[0]);
      return { status: reply.statusCode ?? 0, text, after: reply.headers['retry-after'] };
    };
    /** The 95th percentile of what a program here waits for a whole answer. */
    const here = async (): Promise<number> => {
      const took: number[] = [];
      for (let at = 0; at < 60; at++) {
        const begun = performance.now();
        assert.equal((await send(product.url, { method: 'POST', path: '/v1/chat/completions', headers, body: body('REPEAT 1 hi') })).status, 200); // prettier-ignore
        took.push(performance.now() - begun);
      }
      return took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.95)] ?? 0;
    };
    await here();
    const before = await here();
    const replies = await Promise.all(Array.from({ length: 500 }, stream));
    const [served, refused, cut] = [200, 429, 0].map((wanted) => replies.filter(({ status }) => status === wanted));
    assert.equal(replies.length, (served?.length ?? 0) + (refused?.length ?? 0) + (cut?.length ?? 0));
    assert.ok(served && served.length > 50 && served.length <= 250, `${served?.length} served`);
    for (const { text, after } of refused ?? []) assert.deepEqual([/rate_limit_exceeded/.test(text), after], [true, '2']);
    assert.equal((await stream()).status, 429);
    lag.enable();
    const during = await here();
    lag.disable();
    // A machine that is busy with other things is slow with or without the streams.
    const most = before + 50 + (2 * lag.max) / 1e6;
    assert.ok(during <= most, `${during} ms, ${before} ms before, at most ${most}`);
  } finally {
    stop.abort();
    await product.stop();
  }
}); // prettier-ignore

fault('F127', 'P1', 'TLS, noise, HTTP/2 and connections that say nothing are closed, with hardly a line in the log', async ({ product }) => {
  const logged = () => readFileSync(path.join(product.dataDir, 'logs/traygate.log'), 'utf8').split('\n').length;
  const before = logged();
  const hello = '\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03';
  for (const bytes of [hello, '\x00\x01\x02\xff\xfe', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'HELO mail\r\n\r\n', '\r\n\r\n\r\nGET\r\n\r\n'])
    assert.match(await sendRaw(product.url, bytes), /^(?:HTTP\/1\.1 (?:400|403|505) |$)/, JSON.stringify(bytes));
  for (let at = 0; at < 1_000; at += 50)
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        const socket = connect(product.port, '127.0.0.1').on('error', () => {});
        await once(socket, 'connect');
        socket.destroy();
      }),
    );
  assert.ok(logged() - before <= 2, String(logged() - before));
  assert.equal((await product.ask('/v1/models')).status, 200);
}); // prettier-ignore

fault('F128', 'P0', 'no path leads to a file outside of what is served', async ({ product }) => {
  const climbs = ['../../settings.json', '%2e%2e/%2e%2e/settings.json', '..%2f..%2fsettings.json', '..%5c..%5csettings.json', '%00', 'index.html%00.js', '%252e%252e/settings.json', '....//settings.json', 'assets/../../package.json', '../../../../../etc/passwd'];
  for (const base of ['/ui/', '/docs/', '/']) {
    for (const climb of climbs) {
      const { status, text } = await send(product.url, { path: `${base}${climb}` });
      assert.ok(status === 404 || status === 400, `${base}${climb}: ${status}`);
      assert.doesNotMatch(text, /root:|"version"|allowedHosts/);
    }
  }
  for (const bare of ['//etc/passwd', '/etc/passwd', '/./settings.json', '/settings.json', '/client-key', '/data/client-key'])
    assert.ok([400, 404].includes((await send(product.url, { path: bare })).status), bare);
}); // prettier-ignore

fault('F129', 'P1', 'names with controls, marks and a megabyte of letters are kept short and harmless', async (t) => {
  const hostile = 'evil\u001b[31m\u202etxt.exe\u2066\u0007';
  const agent = `Agent/1 ${'A'.repeat(10_000)}`;
  await t.raw('/v1/chat/completions', JSON.stringify({ model: hostile, messages: [{ role: 'user', content: 'x' }] }), { 'user-agent': agent }).done; // prettier-ignore
  await t.raw('/v1/chat/completions', JSON.stringify({ model: 'x'.repeat(1_000_000), messages: [{ role: 'user', content: 'x' }] }), { 'x-client-source': 'b\u00e9\u009b'.repeat(100) }).done; // prettier-ignore
  for (const row of await t.rows()) {
    assert.ok(JSON.stringify(row).length < 4_096, 'the row is short');
    assert.ok(row.client.length <= 60 && row.model.length <= 128);
    assert.doesNotMatch(row.client, /[\p{Cc}\p{Cf}]/u);
  }
  const log = readFileSync(path.join(t.product.dataDir, 'logs/traygate.log'), 'utf8');
  assert.ok(log.split('\n').every((line) => line.length <= 2_048));
  assert.doesNotMatch(log.replaceAll('\n', '') + t.product.output.replaceAll('\n', ''), /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
}); // prettier-ignore

fault('F131', 'P0', 'a window that is signed out hears nothing more, and may ask nothing', async (t) => {
  const cookie = await signIn(t.product);
  const window = { cookie, 'x-traygate-window': '1' };
  const stop = new AbortController();
  const feed = await fetch(`${t.product.url}/admin/api/events`, { headers: { cookie }, signal: stop.signal });
  assert.equal(feed.status, 200);
  const ended = feed.text().then(
    () => performance.now(),
    () => performance.now(),
  );
  const begun = performance.now();
  assert.equal((await send(t.product.url, { method: 'DELETE', path: '/admin/api/session', headers: window })).status, 200); // prettier-ignore
  t.within((await ended) - begun, 1_000, 'the feed is closed');
  const after = await send(t.product.url, { method: 'POST', path: '/admin/api/call/state.get', headers: { ...window, 'content-type': 'application/json' }, body: 'null' }); // prettier-ignore
  assert.equal(after.status, 401);
});

const Made = z.object({ key: z.object({ id: z.string() }), value: z.string() });

fault(
  'F131',
  'P0',
  'a revoked key is refused at once and its streams are cut; a changed one has its time',
  async (t) => {
    // How fast this computer is must not matter: neither answer ends before it is told to.
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const held: Script = async (turn) => {
      if (!(await begin(turn, 3))) return;
      await released;
      turn.response.end(tailOf(turn));
    };
    const service = await t.service([held, held]);
    const make = async (name: string) => Made.parse(await t.product.call('keys.create', { name, expiresAt: null, limits: null })); // prettier-ignore
    const { key, value } = await make('to be revoked');
    const mine = t.talk(service, { headers: { authorization: `Bearer ${value}` } });
    const other = t.talk(service);
    await Promise.all([mine, other].map((talk) => talk.until(({ said }) => said !== '')));
    const begun = performance.now();
    await t.product.call('keys.revoke', { id: key.id });
    await mine.done;
    t.within(mine.endedAt - begun, 1_000, 'its stream is cut');
    assert.equal(mine.marked, false);
    errorOf(await t.product.ask('/v1/models', undefined, { authorization: `Bearer ${value}` }), 401, 'invalid_api_key');
    assert.equal(other.end, 'open', 'others go on');
    release();
    assert.equal((await other.done).marked, true);

    const rotated = await make('to be changed');
    const before = { authorization: `Bearer ${rotated.value}` };
    await t.product.call('keys.rotate', { id: rotated.key.id, graceMinutes: 10 });
    assert.equal((await t.product.ask('/v1/models', undefined, before)).status, 200);
    await t.product.call('keys.revoke', { id: rotated.key.id });
    errorOf(await t.product.ask('/v1/models', undefined, before), 401, 'invalid_api_key');
  },
);
