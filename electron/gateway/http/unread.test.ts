import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { discardRest } from './unread.ts';
import { portOf } from '../../../tests/port-of.ts';

/** Refuses without reading, as for a wrong key. */
const server = createServer((request, response) => {
  response.statusCode = 401;
  response.end('no');
  discardRest(request, { bytes: 1_000_000, ms: 300 });
});
before(() => once(server.listen(0, '127.0.0.1'), 'listening'));
after(() => {
  server.closeAllConnections();
  server.close();
});

function open(): { socket: Socket; heard: () => string; closed: Promise<unknown> } {
  const socket = connect(portOf(server), '127.0.0.1').setEncoding('latin1');
  let text = '';
  socket.on('data', (chunk: string) => (text += chunk)).on('error', () => {});
  return { socket, heard: () => text, closed: new Promise((resolve) => socket.once('close', resolve)) };
}
const head = (length: number): string => `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n`;

test('a body that is refused and comes to its end leaves its connection to the next request', async () => {
  const { socket, heard, closed } = open();
  for (let at = 1; at <= 3; at++) {
    socket.write(head(500_000));
    socket.write('x'.repeat(500_000));
    while (heard().split('HTTP/1.1 401').length <= at) await once(socket, 'data');
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.equal(socket.destroyed, false, 'nor is it closed later');
  socket.destroy();
  await closed;
});

test('a refused body without end is not read for long, whether it is fast or slow', async () => {
  const fast = open();
  fast.socket.write(head(1e12));
  const flood = () => {
    while (!fast.socket.destroyed && fast.socket.write('x'.repeat(64_000)));
  };
  fast.socket.on('drain', flood);
  flood();
  const slow = open();
  slow.socket.write(head(1_000));
  await Promise.all([fast.closed, slow.closed]);
  assert.match(slow.heard(), /^HTTP\/1\.1 401 /);
});
