import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { ChatError } from '../chat/errors.ts';
import type { ChatEvent } from '../chat/events.ts';
import type { StreamEncoder } from '../dialects/dialect.ts';
import { pour } from '../providers/pour.ts';
import type { Pour } from '../providers/provider.ts';
import { pump } from './stream.ts';
import { portOf } from '../../../tests/port-of.ts';

const encoder: StreamEncoder = {
  push: (events) => events.map((event) => (event.type === 'text' ? event.text : '')).join(''),
  fail: (error) => `[error ${error.code}]`,
  keepAlive: () => '[ping]',
};
const batch = (text: string): ChatEvent[] => [{ type: 'text', text }];

async function serve(
  handle: (response: ServerResponse) => Promise<void>,
  run: (url: URL) => Promise<void>,
): Promise<void> {
  const server = createServer((_request, response) => void handle(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await run(new URL(`http://127.0.0.1:${portOf(server)}/`));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const signal = new AbortController().signal;
const pouring =
  (batches: AsyncIterable<readonly ChatEvent[]>): Pour =>
  (take) =>
    pour(batches, take);

test('batches arrive in order and the stream ends by itself', () =>
  serve(
    async (response) => {
      const batches = (async function* () {
        yield batch('one ');
        yield batch('');
        yield batch('two');
      })();
      assert.equal(await pump(pouring(batches), { response, encoder, signal }), null);
    },
    async (url) => {
      const response = await fetch(url);
      assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
      assert.equal(response.headers.get('content-length'), null);
      assert.equal(await response.text(), 'one two');
    },
  ));

test('a failure before the first byte is thrown, so that it can become a real status', () =>
  serve(
    async (response) => {
      // oxlint-disable-next-line require-yield -- it fails before its first batch, which is the case under test
      const batches = (async function* (): AsyncGenerator<ChatEvent[]> {
        throw new ChatError('upstream_error', 'no');
      })();
      await assert.rejects(pump(pouring(batches), { response, encoder, signal }), { code: 'upstream_error' });
      response.writeHead(502).end();
    },
    async (url) => assert.equal((await fetch(url)).status, 502),
  ));

test('a failure after it ends the stream with the error frame', () =>
  serve(
    async (response) => {
      const batches = (async function* () {
        yield batch('half');
        throw new ChatError('upstream_disconnect', 'cut');
      })();
      assert.equal((await pump(pouring(batches), { response, encoder, signal }))?.code, 'upstream_disconnect');
    },
    async (url) => assert.equal(await (await fetch(url)).text(), 'half[error upstream_disconnect]'),
  ));

test('a silent provider does not make a silent connection, and failing after a ping is still told', () =>
  serve(
    async (response) => {
      const pinged = Promise.withResolvers<void>();
      // oxlint-disable-next-line require-yield -- it fails before its first batch, which is the case under test
      const batches = (async function* (): AsyncGenerator<ChatEvent[]> {
        await pinged.promise;
        throw new ChatError('upstream_timeout', 'late');
      })();
      const write = response.write.bind(response);
      Object.assign(response, {
        write: (text: string) => {
          pinged.resolve();
          return write(text);
        },
      });
      await pump(pouring(batches), { response, encoder, signal, keepAliveMs: 30 });
    },
    async (url) => assert.match(await (await fetch(url)).text(), /^(\[ping\])+\[error upstream_timeout\]$/),
  ));

test('a client that never reads stops the provider instead of filling memory, and is given up in the end', async () => {
  const chunk = 'x'.repeat(64 * 1024);
  let produced = 0;
  let ended = false;
  const outcome = Promise.withResolvers<ChatError | null>();
  await serve(
    async (response) => {
      const batches = (async function* () {
        try {
          for (; produced < 3_200; produced++) yield batch(chunk);
        } finally {
          ended = true;
        }
      })();
      outcome.resolve(await pump(pouring(batches), { response, encoder, signal, stallMs: 300 }));
    },
    async (url) => {
      const before = process.memoryUsage().rss;
      const socket = connect(Number(url.port), url.hostname);
      socket.pause();
      socket.write(`GET / HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`);
      const error = await outcome.promise;
      assert.equal(error?.code, 'client_closed');
      assert.ok(ended, 'the provider was closed');
      assert.ok(produced < 400, `${produced} chunks of 64 KB were taken from a provider with 200 MB`);
      assert.ok(process.memoryUsage().rss - before < 32 * 1024 * 1024);
      socket.destroy();
    },
  );
});
