import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { test } from 'node:test';
import { Front } from './front.ts';
import { portOf } from '../port-of.ts';

async function behind(play: (front: Front, left: Promise<unknown>) => Promise<void>): Promise<void> {
  const left = Promise.withResolvers<void>();
  const server = createServer((incoming, outgoing) => {
    outgoing.on('close', () => outgoing.writableFinished || left.resolve());
    outgoing.writeHead(incoming.url === '/no' ? 404 : 200, { 'x-host': incoming.headers.host ?? '' });
    outgoing.write('first');
    if (incoming.url !== '/long') outgoing.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const front = await Front.start(`http://127.0.0.1:${portOf(server)}`);
  try {
    await play(front, left.promise);
  } finally {
    await front.close();
    server.close();
    server.closeAllConnections();
  }
}

test('all is passed on, and every request is counted, refused ones too', () =>
  behind(async (front) => {
    const reply = await fetch(`${front.url}/v1/x?beta=true`, { method: 'POST', body: '{}' });
    assert.deepEqual([reply.status, await reply.text()], [200, 'first']);
    assert.notEqual(reply.headers.get('x-host'), new URL(front.url).host, 'the gateway sees its own address');
    assert.equal((await fetch(`${front.url}/no`)).status, 404);
    assert.deepEqual(front.seen, ['POST /v1/x', 'GET /no']);
    front.reset();
    assert.deepEqual(front.seen, []);
  }));

test('a client that leaves is gone for the gateway as well', () =>
  behind(async (front, left) => {
    const controller = new AbortController();
    const reply = await fetch(`${front.url}/long`, { signal: controller.signal });
    assert.ok(reply.body);
    controller.abort();
    await left;
  }));

test('a client that goes round in circles is noticed', () =>
  behind(async (front) => {
    for (let times = 0; times < 12; times += 1) await (await fetch(front.url)).text();
    assert.equal(front.flooded.aborted, false);
    await (await fetch(front.url)).text();
    assert.equal(front.flooded.aborted, true);
  }));
