/** A web page cannot use Traygate: not by rebinding a name, not by a plain form, not by being on this computer. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Reply, send, sendRaw } from './http.ts';
import { Product } from './product.ts';
import { errorOf } from './shapes.ts';

const body = JSON.stringify({ model: 'local/echo', messages: [{ role: 'user', content: 'Hello' }] });

/** With the key and without needing one: the guard stands before both. */
for (const [name, environment] of [
  ['with a client key', {}],
  ['without a client key', { SKIP_AUTH_TOKEN: 'true' }],
] as const) {
  describe(name, () => {
    let product: Product;
    before(async () => {
      product = await Product.start({ AUTH_TOKEN: 'test-key', ...environment });
    });
    after(() => product.stop());

    const post = (headers: Readonly<Record<string, string>>): Promise<Reply> =>
      send(product.url, {
        method: 'POST',
        path: '/v1/chat/completions',
        headers: { 'content-type': 'application/json', authorization: 'Bearer test-key', ...headers },
        body,
      });

    test('F108, F109: only our own names stand in Host', async () => {
      const port = product.port;
      const foreign = [
        'evil.example', 'localhost.evil.com', `127.0.0.1.nip.example:${port}`, `127.0.0.1:${port}@evil`, `0.0.0.0:${port}`,
        `[::ffff:127.0.0.1]:${port}`, '127.1', '2130706433', 'localhost.', `localhost:${port + 1}`, '127.0.0.1', `localhost:${port} `, 'a b',
      ]; // prettier-ignore
      for (const host of foreign.filter((entry) => entry !== `localhost:${port} `))
        errorOf(await post({ host }), 403, 'forbidden_host');
      for (const path of ['/', '/ui/', '/admin/api/x', '/health', '/docs', '/nothing']) {
        errorOf(await send(product.url, { path, headers: { host: 'evil.example' } }), 403, 'forbidden_host');
      }
      for (const host of [`localhost:${port}`, `LOCALHOST:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]) {
        assert.equal((await post({ host })).status, 200, host);
      }
    });

    test('F109: an empty Host, none, or two of them', async () => {
      const request = (hosts: string): string =>
        `GET /v1/models HTTP/1.1\r\n${hosts}Authorization: Bearer test-key\r\nConnection: close\r\n\r\n`;
      const own = `Host: 127.0.0.1:${product.port}\r\n`;
      for (const hosts of ['Host:\r\n', '', `${own}${own}`, `${own}Host: evil.example\r\n`]) {
        assert.match(await sendRaw(product.url, request(hosts)), /^HTTP\/1\.1 40[03] /, JSON.stringify(hosts));
      }
      assert.match(await sendRaw(product.url, request(own)), /^HTTP\/1\.1 200 /);
    });

    test('F111, F113: requests of web pages', async () => {
      const cases: Record<string, string>[] = [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { origin: 'http://localhost:3000' },
        { origin: `http://localhost.evil.com:${product.port}` },
        { origin: 'chrome-extension://abcdefghijklmnop' },
        { origin: 'file://' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { referer: 'https://evil.example/page' },
        { origin: 'http://evil.test', 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' },
      ];
      for (const headers of cases) errorOf(await post(headers), 403, 'forbidden_origin');
      const own = [
        { origin: product.url },
        { 'sec-fetch-site': 'same-origin' },
        { 'sec-fetch-site': 'none' },
        { referer: `${product.url}/ui/` },
      ];
      for (const headers of own) assert.equal((await post(headers)).status, 200, JSON.stringify(headers));
      for (const headers of cases.slice(0, 8))
        errorOf(await send(product.url, { path: '/health', headers }), 403, 'forbidden_origin');
    });

    test('F112: no preflight is answered with permission', async () => {
      for (const path of ['/v1/chat/completions', '/v1/models', '/', '/health']) {
        for (const origin of ['https://evil.example', product.url]) {
          const headers = {
            origin,
            'access-control-request-method': 'POST',
            'access-control-request-private-network': 'true',
          };
          const reply = await send(product.url, { method: 'OPTIONS', path, headers });
          assert.deepEqual(
            Object.keys(reply.headers).filter((header) => header.startsWith('access-control')),
            [],
            path,
          );
        }
      }
    });

    test('no answer carries a CORS header or what the server is made of', async () => {
      for (const reply of [
        await post({}),
        await send(product.url, { path: '/health' }),
        await post({ host: 'evil.example' }),
      ]) {
        const names = Object.keys(reply.headers);
        assert.ok(!names.some((header) => header.startsWith('access-control')));
        assert.ok(!names.includes('x-powered-by') && !names.includes('server'));
        assert.equal(reply.headers['x-content-type-options'], 'nosniff');
      }
    });

    test('F119: strangers learn nothing', async () => {
      assert.deepEqual((await send(product.url, { path: '/health' })).json(), { status: 'ok' });
      for (const path of [
        '/',
        '/health',
        '/v1/token-pool/status',
        '/v1/token-pool/health-check',
        '/v1/token-pool/update',
        '/admin/api/call/state.get',
      ]) {
        const { text } = await send(product.url, { path });
        assert.doesNotMatch(text, /z\.ai|zai|0\.1\.0|test-key|\/tmp|traygate-api/i, path);
      }
    });
  });
}
