/** Group B: a client that never reads. It takes a minute, so it has a file of its own. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { fault } from './fault.ts';

fault(
  'F034',
  'P0',
  'a client that never reads an answer of 200 MB: memory stays bounded, and after a minute it is given up',
  async (t) => {
    assert.equal((await t.ask(await t.service(['ok']))).status, 200);
    const service = await t.service(['big:200MB']);
    const before = t.product.memory();
    const body = JSON.stringify({ model: service.model, stream: true, messages: [{ role: 'user', content: 'much' }] });
    const socket = connect(t.product.port, '127.0.0.1').pause();
    socket.on('error', () => {});
    const head = [
      'POST /v1/chat/completions HTTP/1.1',
      `Host: 127.0.0.1:${t.product.port}`,
      `Authorization: Bearer ${t.product.key}`,
    ];
    socket.write(
      `${head.join('\r\n')}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    await t.until('the answer has begun', () => t.faultd.active > 0);
    let most = 0;
    await t.until(
      'it is given up',
      () => {
        most = Math.max(most, t.product.memory());
        return t.faultd.active === 0;
      },
      75_000,
    );
    socket.destroy();
    assert.ok(most - before <= 32, `${before} → ${most} MB`);
    await t.until('the row has ended', async () => (await t.rows())[0]?.outcome === 'cancelled');
  },
);
