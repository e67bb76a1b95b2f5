import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPlainConnection } from './plain-connection.ts';

test('F132: plain HTTP to another computer is told from all that nobody can listen to', () => {
  for (const [address, plain] of [
    ['http://192.168.1.20:8080/ui/', true],
    ['http://traygate.lan/ui/', true],
    ['http://127.0.0.1.nip.example/ui/', true],
    ['http://[fd00::1]:8080/ui/', true],
    ['http://localhost.evil.example/', true],
    ['https://traygate.lan/ui/', false],
    ['http://127.0.0.1:8080/ui/', false],
    ['http://localhost:8080/ui/', false],
    ['http://traygate.localhost/ui/', false],
    ['http://[::1]:8080/ui/', false],
    ['app://bundle/index.html', false],
  ] as const)
    assert.equal(isPlainConnection(new URL(address)), plain, address);
});
