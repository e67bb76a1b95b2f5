import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { test } from 'node:test';
import { Connections, type ConnectionLimits } from './connections.ts';
import { portOf } from '../../../tests/port-of.ts';

async function setUp(limits: ConnectionLimits) {
  const held: ServerResponse[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/hold') held.push(response.writeHead(200) && response);
    else response.end('answered');
    if (request.url === '/hold') response.write('.');
  });
  const connections = new Connections(limits);
  connections.watch(server);
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const port = portOf(server);
  const sockets: Socket[] = [];
  const open = async (): Promise<Socket> => {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  const ask = async (socket: Socket, path: string): Promise<string> => {
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`);
    return String((await Promise.race([once(socket, 'data'), once(socket, 'close').then(() => ['closed'])]))[0]);
  };
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    server.close();
  };
  return { connections, open, ask, close };
}

const few: ConnectionLimits = { total: 100, local: 3, perAddress: 3 };

test('F043: silent connections make room for one that asks', async () => {
  const { connections, open, ask, close } = await setUp(few);
  try {
    const silent = [];
    for (let at = 0; at < 20; at++) silent.push(await open());
    assert.match(await ask(await open(), '/'), /answered/);
    assert.equal(connections.count, 3);
  } finally {
    close();
  }
});

test('F043, F126: connections that are being answered are kept, and the one too many is closed', async () => {
  const { connections, open, ask, close } = await setUp(few);
  try {
    const busy = [await open(), await open(), await open()];
    for (const socket of busy) assert.match(await ask(socket, '/hold'), /200/);
    assert.equal(await ask(await open(), '/'), 'closed');
    assert.ok(busy.every((socket) => !socket.destroyed));
    assert.equal(connections.count, 3);
  } finally {
    close();
  }
});

test('F043: in all there are no more than allowed', async () => {
  const { connections, open, ask, close } = await setUp({ total: 2, local: 10, perAddress: 10 });
  try {
    for (let at = 0; at < 5; at++) await open();
    assert.match(await ask(await open(), '/'), /answered/);
    assert.equal(connections.count, 2);
  } finally {
    close();
  }
});
