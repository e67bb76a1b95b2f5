import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNet, peerOf, Nets } from './peer.ts';

const proxies = new Nets(['10.0.0.0/8', '127.0.0.1', 'fd00::/8']);
const peer = (remoteAddress: string, headers: Record<string, string> = {}, trusted = proxies) =>
  peerOf({ headers, socket: { remoteAddress } }, trusted);

for (const [name, from, headers, address, local, secure] of [
  ['a program here', '127.0.0.1', {}, '127.0.0.1', true, false],
  ['a program here over IPv6', '::1', {}, '::1', true, false],
  ['IPv4 on an IPv6 socket', '::ffff:192.168.1.7', {}, '192.168.1.7', false, false],
  ['somebody elsewhere', '192.168.1.7', {}, '192.168.1.7', false, false],
  ['F125: who says to be here', '192.168.1.7', { 'x-forwarded-for': '127.0.0.1' }, '192.168.1.7', false, false],
  ['F125: who says so in Forwarded', '192.168.1.7', { forwarded: 'for=127.0.0.1' }, '192.168.1.7', false, false],
  ['F125: who says so in X-Real-IP', '192.168.1.7', { 'x-real-ip': '127.0.0.1' }, '192.168.1.7', false, false],
  ['F125: who says https', '192.168.1.7', { 'x-forwarded-proto': 'https' }, '192.168.1.7', false, false],
  ['a client of a trusted proxy', '10.0.0.2', { 'x-forwarded-for': '203.0.113.9' }, '203.0.113.9', false, false],
  [
    'a client that adds to the list',
    '10.0.0.2',
    { 'x-forwarded-for': '127.0.0.1, 203.0.113.9' },
    '203.0.113.9',
    false,
    false,
  ],
  ['two trusted proxies', '10.0.0.2', { 'x-forwarded-for': '203.0.113.9, 10.0.0.3' }, '203.0.113.9', false, false],
  [
    'F132: https at a trusted proxy',
    '10.0.0.2',
    { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'https' },
    '203.0.113.9',
    false,
    true,
  ],
  ['this computer through its own proxy', '127.0.0.1', { 'x-forwarded-for': '127.0.0.1' }, '127.0.0.1', true, false],
  ['a proxy that names nobody', '127.0.0.1', { 'x-forwarded-host': 'gate.example' }, '127.0.0.1', false, false],
  ['a proxy that names nonsense', '10.0.0.2', { 'x-forwarded-for': 'unknown' }, '10.0.0.2', false, false],
] as const)
  // prettier-ignore
  test(`${name}: ${address}`, () => assert.deepEqual(peer(from, headers), { address, local, secure }));

test('F125: whoever forwards from this computer without being trusted is not this computer', () => {
  const nobody = new Nets([]);
  for (const header of ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded'])
    assert.equal(peer('127.0.0.1', { [header]: '127.0.0.1' }, nobody).local, false, header);
});

test('a list of proxies names addresses and nets', () => {
  for (const net of ['10.0.0.0/8', '127.0.0.1', '::1', 'fd00::/8']) assert.ok(isNet(net), net);
  for (const net of ['', '*', 'proxy.lan', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '0.0.0.0/-1', 'fd00::/129'])
    assert.ok(!isNet(net), net);
});
