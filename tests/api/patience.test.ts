/** What takes time: slow clients, silent providers, a stop in the middle of an answer. The cases wait side by side. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { dialects } from './dialects.ts';
import { framesOf } from './shapes.ts';
import { Product } from './product.ts';

function scripted(prompt: string): Readonly<Record<string, unknown>> {
  return { model: 'local/script', stream: true, messages: [{ role: 'user', content: prompt }] };
}

/** The bytes of a request as a client would send them. */
function bytesOf(product: Product, body: string | Buffer, headers: readonly string[] = []): Buffer {
  const head = [
    'POST /v1/chat/completions HTTP/1.1',
    `Host: 127.0.0.1:${product.port}`,
    `Authorization: Bearer ${product.key}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...headers,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
}

describe('patience', { concurrency: true }, () => {
  test('F041: a client that never finishes its headers is closed', async () => {
    const product = await Product.start();
    try {
      const socket = connect(product.port, '127.0.0.1');
      socket.write(`POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:${product.port}\r\n`);
      const drip = setInterval(() => socket.write('X-a: b\r\n'), 900);
      socket.on('error', () => undefined).resume();
      await new Promise((resolve) => socket.on('close', resolve));
      clearInterval(drip);
    } finally {
      await product.stop();
    }
  });

  test('a silent stream says something within fifteen seconds, in every dialect', async () => {
    const product = await Product.start();
    try {
      const asked = dialects.map(async (speech) => {
        const body = speech.body('REPEAT 1 before\nWAIT 15000\nREPEAT 1 after');
        const reply = await product.ask(speech.path, { ...body, model: 'local/script', stream: true });
        assert.match(speech.heard(reply.text), /^before\s*after$/);
        return reply.text.split('\n\n').filter((frame) => /^(?:: keep-alive|event: ping\n.*)$/.test(frame)).length;
      });
      assert.deepEqual(await Promise.all(asked), [1, 1, 1]);
    } finally {
      await product.stop();
    }
  });

  test('a stop lets running answers finish and takes no new ones', async () => {
    const product = await Product.start();
    try {
      const running = product.chat(scripted('REPEAT 1 before\nWAIT 5000\nREPEAT 1 after'));
      await new Promise((resolve) => setTimeout(resolve, 500));
      const stopped = product.stop({ keep: true });
      const late = async (): Promise<unknown> => product.chat(scripted('REPEAT 1 late')).then(late);
      await assert.rejects(late(), { code: 'ECONNREFUSED' });
      assert.match((await running).text, /"content":"after"/);
      assert.equal(framesOf(await running).length, 3);
      await stopped;
      assert.equal(product.exitCode, 0);
    } finally {
      product.remove();
    }
  });

  test('a stop waits for a client that is slow to take an answer that is complete', async () => {
    const product = await Product.start();
    try {
      const content = 'y'.repeat(12_000_000);
      const socket = connect(product.port, '127.0.0.1').pause();
      const closed = new Promise((resolve) => socket.on('close', resolve));
      let received = 0;
      socket.on('data', (chunk: Buffer) => (received += chunk.length)).pause();
      socket.write(bytesOf(product, JSON.stringify({ model: 'local/echo', messages: [{ role: 'user', content }] })));
      for (;;) {
        const [row] = await product.rows();
        if (row?.outcome === 'ok') break;
      }
      const stopped = product.stop({ keep: true });
      await new Promise((resolve) => setTimeout(resolve, 500));
      socket.resume();
      await Promise.all([closed, stopped]);
      assert.ok(received > content.length);
      assert.equal(product.exitCode, 0);
    } finally {
      product.remove();
    }
  });

  test('a client that is gone before its body has been unpacked asks for nothing', async () => {
    const product = await Product.start();
    try {
      const body = gzipSync(JSON.stringify(scripted(`WAIT 60000\n${'x'.repeat(6_000_000)}`)));
      for (let at = 0; at < 20; at++) {
        const socket = connect(product.port, '127.0.0.1');
        socket.write(bytesOf(product, body, ['Content-Encoding: gzip']));
        await new Promise((resolve) => setTimeout(resolve, at % 10));
        socket.destroy();
      }
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      const rows = await product.rows();
      assert.deepEqual(
        rows.filter(({ outcome }) => outcome !== 'cancelled'),
        [],
      );
    } finally {
      await product.stop();
    }
  });

  test('an answer that does not come to its end is broken off ten seconds after a stop, as an error', async () => {
    const product = await Product.start();
    try {
      const running = product.chat(scripted('REPEAT 1 before\nWAIT 60000'));
      await new Promise((resolve) => setTimeout(resolve, 500));
      const start = performance.now();
      await product.stop({ keep: true });
      // Well before the minute that the answer would have taken.
      assert.ok(performance.now() - start < 40_000);
      assert.match((await running).text, /"code":"shutting_down"\}\}\n\n$/);
    } finally {
      product.remove();
    }
  });
});
