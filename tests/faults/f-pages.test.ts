/** Group F: a hostile web page. What the guard alone decides is in tests/api/guard.test.ts. */
import assert from 'node:assert/strict';
import { type Reply, send } from '../api/http.ts';
import { errorOf } from '../api/shapes.ts';
import { fault } from './fault.ts';
import { signIn } from './harness/session.ts';

const listed = 'https://app.example.com';
const environment = { TRAYGATE_ALLOWED_ORIGINS: `${listed}, http://localhost:3000` };

const chat = { method: 'POST', path: '/v1/chat/completions', body: '{"model":"local/echo","messages":[{"role":"user","content":"hi"}]}' }; // prettier-ignore
const cors = ({ headers }: Reply): string[] => Object.keys(headers).filter((name) => name.startsWith('access-control'));

fault(
  'F113',
  'P0',
  'a page whose exact origin is listed may call the API, with a key; no other page may, and nothing else',
  async ({ product }) => {
    const from = (origin: string, more: Readonly<Record<string, string>> = {}): Promise<Reply> =>
      send(product.url, {
        ...chat,
        headers: {
          origin,
          'sec-fetch-site': 'cross-site',
          'content-type': 'application/json',
          authorization: `Bearer ${product.key}`,
          ...more,
        },
      });
    const allowed = await from(listed);
    assert.equal(allowed.status, 200);
    assert.equal(allowed.headers['access-control-allow-origin'], listed);
    assert.equal(allowed.headers.vary, 'Origin');
    assert.equal(allowed.headers['access-control-allow-credentials'], undefined);
    const wrong = await from(listed, { authorization: 'Bearer wrong-key' });
    assert.equal(wrong.status, 401);
    assert.equal(wrong.headers['access-control-allow-origin'], listed, 'a page may read why');
    for (const origin of [
      'https://app.example.com.evil.example',
      'http://app.example.com',
      'https://app.example.com:444',
      'https://APP.example.com',
      'http://localhost:3001',
      'null',
    ]) {
      // prettier-ignore
      const refused = await from(origin);
      errorOf(refused, 403, 'forbidden_origin');
      assert.deepEqual(cors(refused), [], origin);
    }
    for (const path of [
      '/ui/',
      '/admin/api/events',
      '/admin/api/call/state.get',
      '/metrics',
      '/v1/token-pool/status',
      '/health',
      '/',
      '/docs/',
    ]) {
      // prettier-ignore
      for (const method of ['GET', 'OPTIONS']) {
        const headers = { origin: listed, 'access-control-request-method': 'POST' };
        const refused = await send(product.url, { method, path, headers });
        errorOf(refused, 403, 'forbidden_origin');
        assert.deepEqual(cors(refused), [], `${method} ${path}`);
      }
    }
  },
  { environment },
);

fault(
  'F112',
  'P0',
  'the preflight of a listed page says what clients send, and never more',
  async ({ product }) => {
    const preflight = (origin: string, wanted: string): Promise<Reply> =>
      send(product.url, {
        method: 'OPTIONS',
        path: '/v1/messages',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': wanted,
          'access-control-request-private-network': 'true',
        },
      });
    const answer = await preflight(listed, 'Authorization, content-type, anthropic-version, x-evil, cookie');
    assert.equal(answer.status, 204);
    assert.equal(answer.headers['access-control-allow-methods'], 'GET, POST');
    assert.equal(answer.headers['access-control-allow-headers'], 'authorization, content-type, anthropic-version');
    assert.equal(answer.headers['access-control-allow-private-network'], undefined);
    assert.deepEqual(cors(await preflight('https://evil.example', 'authorization')), []);
  },
  { environment },
);

/** All that answers without a dialect: what a browser can be made to ask with its cookies. */
const windowRoutes = ['/admin/api/session', '/admin/api/call/state.get', '/admin/api/call/tokens.remove', '/admin/api/call/gateway.stop', '/admin/api/events']; // prettier-ignore

fault(
  'F114',
  'P0',
  'images, scripts and forms change nothing, even where the user is signed in',
  async ({ product }) => {
    const cookie = await signIn(product);
    for (const path of windowRoutes) {
      if (!path.endsWith('/events')) {
        const image = await send(product.url, { path, headers: { cookie, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' } }); // prettier-ignore
        assert.equal(image.status, 404, `GET ${path}`);
      }
      // What a form of a page can send: no header of ours, a type that needs no preflight.
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'application/json',
      ]) {
        const form = await send(product.url, { method: 'POST', path, headers: { cookie, 'content-type': type }, body: '{"now":true}' }); // prettier-ignore
        assert.ok([403, 404, 405].includes(form.status), `POST ${path} as ${type}: ${form.status}`);
      }
      const stranger = await send(product.url, { method: 'POST', path, headers: { 'x-traygate-window': '1', 'content-type': 'application/json' }, body: 'null' }); // prettier-ignore
      assert.ok([401, 404].includes(stranger.status), `without a session ${path}: ${stranger.status}`);
    }
    assert.ok(product.running);
  },
);

fault('F115', 'P0', 'a foreign page hears no events', async ({ product }) => {
  const cookie = await signIn(product);
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ] as const) {
    // prettier-ignore
    const heard = await send(product.url, { path: '/admin/api/events', headers: { cookie, ...headers } });
    errorOf(heard, 403, 'forbidden_origin');
  }
  const upgrade = { cookie, origin: 'https://evil.example', connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' }; // prettier-ignore
  assert.equal((await send(product.url, { path: '/admin/api/events', headers: upgrade })).status, 403);
});

fault('F116', 'P1', 'nothing of Traygate can be framed', async ({ product }) => {
  for (const path of ['/ui/', '/docs/', '/', '/health', '/v1/models']) {
    const { headers } = await send(product.url, { path });
    assert.equal(headers['x-frame-options'], 'DENY', path);
  }
  const { headers } = await send(product.url, { path: '/ui/' });
  assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/);
});

fault('F118', 'P1', 'cookies of another gateway do not count, and signing in needs our page', async ({ product }) => {
  const cookie = await signIn(product);
  const [name = '', value = ''] = cookie.split('=');
  assert.match(name, /^traygate_[0-9a-f]{8}$/);
  const asks = (sent: string): Promise<Reply> =>
    send(product.url, {
      method: 'POST',
      path: '/admin/api/call/state.get',
      headers: { cookie: sent, 'x-traygate-window': '1', 'content-type': 'application/json' },
      body: 'null',
    });
  assert.equal((await asks(cookie)).status, 200);
  for (const other of [`traygate=${value}`, `traygate_00000000=${value}`, `x${name}=${value}`, `${name}=wrong`])
    assert.equal((await asks(other)).status, 401, other);
  assert.equal((await asks(`traygate_00000000=evil; ${cookie}`)).status, 200);
  const body = JSON.stringify({ password: 'guess' });
  for (const headers of [{}, { origin: 'https://evil.example', 'x-traygate-window': '1' }] as const) {
    const login = await send(product.url, { method: 'POST', path: '/admin/api/session', headers: { 'content-type': 'application/json', ...headers }, body }); // prettier-ignore
    errorOf(login, 403, 'forbidden_origin');
    assert.equal(login.headers['set-cookie'], undefined);
  }
});

fault('F119', 'P0', 'with a session no question of the window brings a key or a token', async (t) => {
  const service = await t.service(['ok', 'ok']);
  const secrets = [...service.keys, t.product.key];
  const asked: readonly (readonly [string, unknown])[] = [
    ['state.get', null],
    ['totals.get', null],
    ['tokens.list', { provider: service.id }],
    ['providers.added', null],
    ['models.list', { provider: service.id }],
    ['exchanges.list', { limit: 100, before: null }],
    ['radar.get', null],
    ['backups.list', null],
    ['support.preview', null],
    ['keys.list', null],
  ];
  await t.ask(service);
  for (const [name, input] of asked) {
    const told = JSON.stringify(await t.product.call(name, input));
    for (const secret of secrets) assert.ok(!told.includes(secret), name);
  }
  for (const path of ['/metrics', '/v1/token-pool/status', '/v1/models', '/openapi.json']) {
    const { text } = await t.product.ask(path);
    for (const secret of secrets) assert.ok(!text.includes(secret), path);
  }
});
