import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { after, test } from 'node:test';
import { boundFor, nextFree } from './free.ts';
import { fromLsof, fromNetstat, fromTasklist, isMet } from './listings.ts';
import { ownerOf } from './owner.ts';

const opened: Server[] = [];
after(() => opened.forEach((server) => server.close()));

async function take(host: string, port = 0): Promise<number> {
  const server = createServer();
  opened.push(server);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen({ host, port }, resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

test('what the systems print about listening programs is read', () => {
  const lsof = 'p812\ncControlCenter\nn*:7000\nn[::1]:8080\np4120\ncnode\nn127.0.0.1:8080\n';
  assert.deepEqual(fromLsof(lsof, '127.0.0.1', 8080), { pid: 4120, name: 'node' });
  assert.deepEqual(fromLsof(lsof, '::1', 8080), { pid: 812, name: 'ControlCenter' });
  assert.equal(fromLsof(lsof, '127.0.0.1', 9), null);
  // A German Windows.
  const netstat = [
    'Aktive Verbindungen',
    '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
    '  TCP    0.0.0.0:135            0.0.0.0:0              ABHÖREN         1044',
    '  TCP    127.0.0.1:8080         0.0.0.0:0              ABHÖREN         4120',
    '  TCP    127.0.0.1:8080         127.0.0.1:51022        HERGESTELLT     77',
    '  TCP    [::1]:8080             [::]:0                 ABHÖREN         5',
  ].join('\r\n');
  assert.deepEqual(fromNetstat(netstat, 8080), [
    { address: '127.0.0.1', pid: 4120 },
    { address: '::1', pid: 5 },
  ]);
  assert.deepEqual(fromTasklist('"node.exe","4120","Console","1","51.204 K"\r\n', 4120), {
    pid: 4120,
    name: 'node.exe',
  });
  assert.equal(fromTasklist('INFO: No tasks are running.', 4120), null);
});

test('a program is in the way when it listens on the same address or on all', () => {
  for (const [address, host, met] of [
    ['127.0.0.1', '127.0.0.1', true],
    ['127.0.0.1', 'localhost', true],
    ['0.0.0.0', '127.0.0.1', true],
    ['192.168.0.2', '0.0.0.0', true],
    ['::1', '127.0.0.1', false],
    ['192.168.0.2', '127.0.0.1', false],
  ] as const)
    assert.equal(isMet(address, host), met, `${address} ${host}`);
});

test('the program that listens is found; nobody is where nobody listens', async () => {
  const script = `require('node:net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port); });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [said] = await once(child.stdout.setEncoding('utf8'), 'data');
    const owner = await ownerOf('127.0.0.1', Number(said));
    assert.equal(owner?.pid, child.pid);
    assert.match(owner?.name ?? '', /^node/);
    assert.equal(await ownerOf('::1', Number(said)), null);
  } finally {
    child.kill();
  }
  assert.equal(await ownerOf('127.0.0.1', await take('127.0.0.1')), null, 'this process itself is no other program');
});

test('the next free port is free on every address that localhost may mean', async () => {
  const first = await take('127.0.0.1');
  const second = await nextFree('127.0.0.1', first);
  assert.ok(second !== null && second > first);
  for (const address of boundFor('127.0.0.1')) await take(address, second).catch(() => assert.equal(address, '::1'));
  const third = await nextFree('localhost', first);
  assert.ok(third !== null && third > second);
});
