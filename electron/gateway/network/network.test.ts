import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import { hostname } from 'node:os';
import { test } from 'node:test';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { ChatError, type ErrorCode } from '../chat/errors.ts';
import { createNetwork, type NetworkOptions, type WayOut } from './undici-network.ts';
import { portOf } from '../../../tests/port-of.ts';

async function withServer(listener: RequestListener, run: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    await run(`http://127.0.0.1:${portOf(server)}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const signal = () => new AbortController().signal;

async function failure(url: string, options: NetworkOptions = {}, extra: object = {}): Promise<ErrorCode> {
  const network = createNetwork(options);
  try {
    const response = await network.request({ url, method: 'GET', signal: signal(), ...extra });
    await response.text();
    throw new Error('no failure');
  } catch (error) {
    if (error instanceof ChatError) return error.code;
    throw error;
  } finally {
    await network.close();
  }
}

for (const [coding, compress] of Object.entries({ gzip: gzipSync, br: brotliCompressSync, zstd: zstdCompressSync })) {
  test(`a ${coding} body is decoded`, () =>
    withServer(
      (_request, response) =>
        response.writeHead(200, { 'content-encoding': coding }).end(compress(Buffer.from('answer'))),
      async (url) => {
        const network = createNetwork();
        const response = await network.request({ url, method: 'GET', signal: signal() });
        assert.equal(await response.text(), 'answer');
        await network.close();
      },
    ));
}

test('F136: text() fetches no more than its limit', async () => {
  const closed = Promise.withResolvers<void>();
  await withServer(
    (_request, response) => {
      response.on('close', () => closed.resolve());
      const chunk = 'x'.repeat(65_536);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    },
    async (url) => {
      const network = createNetwork();
      const response = await network.request({ url, method: 'GET', signal: signal() });
      assert.equal((await response.text(1000)).length, 1000);
      await closed.promise;
      await network.close();
    },
  );
});

test('F137: redirects are not followed', () =>
  withServer(
    (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    async (url) => {
      const network = createNetwork();
      const response = await network.request({ url, method: 'GET', signal: signal() });
      assert.equal(response.status, 302);
      await network.close();
    },
  ));

test('an abort closes the upstream socket and is no network fault', async () => {
  const closed = Promise.withResolvers<void>();
  await withServer(
    (request) => request.on('close', () => closed.resolve()),
    async (url) => {
      const network = createNetwork();
      const controller = new AbortController();
      const connected = Promise.withResolvers<void>();
      const answer = network.request({
        url,
        method: 'GET',
        signal: controller.signal,
        onConnected: () => connected.resolve(),
      });
      await connected.promise;
      controller.abort();
      await assert.rejects(answer, { code: 'client_closed' });
      await closed.promise;
      await network.close();
    },
  );
});

test('failures are told apart', async () => {
  assert.equal(await failure('http://127.0.0.1:1/'), 'upstream_unreachable');
  assert.equal(await failure('http://no-such-host.invalid/'), 'upstream_dns');
  assert.equal(
    await failure('http://no-such-host.invalid/', { way: () => ({ proxy: 'http://127.0.0.1:1' }) }),
    'proxy_unreachable',
  );
  assert.equal(
    await failure('http://no-such-host.invalid/', { way: () => ({ proxy: 'socks5://127.0.0.1:1' }) }),
    'proxy_unreachable',
  );
  await withServer(
    () => {},
    async (url) => assert.equal(await failure(url, {}, { headersTimeout: 50 }), 'upstream_timeout'),
  );
});

test('F095 loopback is never sent through the proxy, under none of its names', () =>
  withServer(
    (_request, response) => response.end('direct'),
    async (url) => {
      const network = createNetwork({ way: () => ({ proxy: 'http://127.0.0.1:1' }) });
      for (const name of ['127.0.0.1', 'localhost', 'me.localhost', '127.0.0.2', '[::ffff:127.0.0.1]']) {
        const own = url.replace('127.0.0.1', name);
        const failed = await network.request({ url: own, method: 'GET', signal: signal() }).then(
          (response) => response.text(),
          (error: unknown) => (error instanceof ChatError ? error.code : String(error)),
        );
        // Nobody listens on 127.0.0.2, and not every system knows names below localhost.
        assert.ok(['direct', 'upstream_unreachable', 'upstream_dns'].includes(failed), `${name}: ${failed}`);
      }
      await network.close();
    },
  ));

test('F095 a proxy that cannot be reached is named, without its password', async () => {
  const network = createNetwork({ way: () => ({ proxy: 'http://me:secret@127.0.0.1:1' }) });
  await assert.rejects(network.request({ url: 'https://example.invalid', method: 'GET', signal: signal() }), {
    code: 'proxy_unreachable',
    message: 'The outbound proxy 127.0.0.1:1 cannot be reached (ECONNREFUSED).',
  });
  await network.close();
});

test('F096 a proxy that is this gateway itself is not asked', async () => {
  for (const host of ['127.0.0.1', 'localhost', '[::1]', hostname()]) {
    const network = createNetwork({ way: () => ({ proxy: `http://${host}:8080` }), ownPorts: () => [8080] });
    await assert.rejects(network.request({ url: 'https://example.invalid', method: 'GET', signal: signal() }), {
      code: 'loop_detected',
    });
    await network.close();
  }
});

test('F092 a request after a renewal has a new connection, and one that runs goes on', () => {
  const ports = new Set<number | undefined>();
  return withServer(
    (request, response) => {
      ports.add(request.socket.remotePort);
      response.write('one ');
      if (request.url === '/slow') setTimeout(() => response.end('two'), 200);
      else response.end('two');
    },
    async (url) => {
      const network = createNetwork();
      const ask = async (path: string) =>
        (await network.request({ url: `${url}${path}`, method: 'GET', signal: signal() })).text();
      for (let at = 0; at < 3; at++) {
        await ask('/');
        // An answer is known to be over a moment before its connection is free.
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      assert.equal(ports.size, 1, 'connections are used again');
      const running = ask('/slow');
      await new Promise((resolve) => setTimeout(resolve, 50));
      network.renew();
      assert.equal(await ask('/'), 'one two');
      assert.equal(ports.size, 2);
      assert.equal(await running, 'one two');
      await network.close();
    },
  );
});

/** What is said of a proxy that answers the wish for a tunnel with this status, on 127.0.0.1 alone. */
async function refusedBy(status: string, way: WayOut = {}): Promise<string> {
  const proxy = createServer().on('connect', (_request, socket) => socket.end(`HTTP/1.1 ${status}\r\n\r\n`));
  proxy.listen(0, '127.0.0.1');
  await new Promise((resolve) => proxy.once('listening', resolve));
  const port = portOf(proxy);
  const network = createNetwork({ way: () => ({ proxy: `http://localhost:${port}`, ...way }) });
  try {
    await network.request({ url: 'https://service.invalid/', method: 'GET', signal: signal() });
    return 'no failure';
  } catch (error) {
    assert.ok(error instanceof ChatError && error.code === 'proxy_unreachable', String(error));
    return error.message.replace(`:${port}`, '');
  } finally {
    await network.close();
    proxy.close();
  }
}

test('a proxy that refuses is named, with the reason', async () => {
  const name = 'The outbound proxy localhost refuses:';
  assert.equal(
    await refusedBy('407 Proxy Authentication Required'),
    `${name} it wants a user and a password that are right.`,
  );
  assert.equal(await refusedBy('403 Forbidden'), `${name} HTTP 403.`);
});

test('the version of the protocol that is asked for leads the way out, also to the proxy', async () => {
  assert.match(await refusedBy('403 Forbidden', { family: 4 }), /HTTP 403/);
  assert.match(await refusedBy('403 Forbidden', { family: 6 }), /cannot be reached/);
});

test('F138: an address where no service can be is not dialled', async () => {
  assert.equal(await failure('http://169.254.169.254/latest/meta-data'), 'upstream_unreachable');
  assert.equal(
    await failure('http://2852039166/', { way: () => ({ proxy: 'http://127.0.0.1:1' }) }),
    'upstream_unreachable',
  );
});

test('F134: a body of more than 100 MB is broken off, packed or not', async () => {
  const chunk = Buffer.alloc(1 << 20, 'x');
  const bomb = gzipSync(Buffer.alloc(110 << 20));
  for (const packed of [false, true]) {
    await withServer(
      (_request, response) => {
        if (packed) return response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
        const more = () => {
          while (!response.destroyed && response.write(chunk));
          if (!response.destroyed) response.once('drain', more);
        };
        return more();
      },
      async (url) => {
        const network = createNetwork();
        const response = await network.request({ url, method: 'GET', signal: signal() });
        let size = 0;
        await assert.rejects(
          response.read((bytes) => {
            size += bytes.length;
            return false;
          }),
          { code: 'upstream_protocol' },
        );
        assert.ok(size <= 100 << 20 && size > 90 << 20, String(size));
        await network.close();
      },
    );
  }
});
