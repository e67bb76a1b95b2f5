/** Group B: clients that send as slowly as they can. It takes a minute, so it has a file of its own. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { fault } from './fault.ts';

fault(
  'F042',
  'P1',
  'fifty bodies at a byte per second: 408 after a minute, and others are answered meanwhile',
  async (t) => {
    const service = await t.service(['ok']);
    const head = [
      'POST /v1/chat/completions HTTP/1.1',
      `Host: 127.0.0.1:${t.product.port}`,
      `Authorization: Bearer ${t.product.key}`,
      'Content-Type: application/json',
      'Content-Length: 10000000',
    ].join('\r\n');
    const begun = performance.now();
    const slow = Array.from({ length: 50 }, () => {
      let text = '';
      const socket = connect(t.product.port, '127.0.0.1', () => socket.write(`${head}\r\n\r\n`));
      const drip = setInterval(() => socket.write(' '), 1_000);
      socket
        .setEncoding('utf8')
        .on('data', (piece: string) => (text += piece))
        .on('error', () => {});
      return new Promise<{ text: string; took: number }>((resolve) =>
        socket.on('close', () => {
          clearInterval(drip);
          resolve({ text, took: performance.now() - begun });
        }),
      );
    });
    for (let at = 0; at < 20; at++) assert.equal((await t.ask(service)).status, 200);
    for (const { text, took } of await Promise.all(slow)) {
      assert.match(text, /^HTTP\/1\.1 408 [\s\S]*"code":"request_timeout"/);
      t.within(took, 65_000, 'the limit');
    }
  },
);
