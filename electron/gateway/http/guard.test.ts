import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { test } from 'node:test';
import type { Request, Response } from 'express';
import { ChatError } from '../chat/errors.ts';
import { createGuard, type GuardOptions, hostNames } from './guard.ts';

const options: GuardOptions = {
  port: () => 8080,
  allowedHosts: () => ['gate.lan', 'box:9000'],
  anyPort: () => false,
  allowedOrigins: () => ['https://app.example.com'],
  rootPath: '',
};

function verdict(
  headers: IncomingHttpHeaders,
  extra: { url?: string; hosts?: number; method?: string; options?: GuardOptions } = {},
): string {
  const rawHeaders = Array.from({ length: extra.hosts ?? (headers.host === undefined ? 0 : 1) }, () => [
    'Host',
    headers.host ?? '',
  ]).flat();
  // The guard reads nothing else of a request.
  const request = {
    headers,
    rawHeaders,
    url: extra.url ?? '/v1/models',
    path: extra.url ?? '/v1/models',
    method: extra.method ?? 'GET',
  } as unknown as Request;
  try {
    let passed = false;
    void createGuard(extra.options ?? options)(request, {} as Response, () => {
      passed = true;
    });
    return passed ? 'passed' : 'stuck';
  } catch (error) {
    return error instanceof ChatError ? error.code : String(error);
  }
}

const ours = { host: '127.0.0.1:8080' };

for (const host of [
  '127.0.0.1:8080',
  'localhost:8080',
  'LOCALHOST:8080',
  '[::1]:8080',
  'gate.lan',
  'gate.lan:8080',
  'box:9000',
]) {
  test(`Host ${host} is ours`, () => assert.equal(verdict({ host }), 'passed'));
}

const foreign = [
  'evil.example', 'localhost.evil.com', '127.0.0.1.nip.example', '127.0.0.1:8080@evil', '0.0.0.0:8080', '[::ffff:127.0.0.1]:8080', '127.1:8080', '2130706433',
  'localhost.', 'localhost.:8080', '', '127.0.0.1:9999', '127.0.0.1', 'box:9001', 'localhost:8080,evil.example', 'localhost:8080 evil',
]; // prettier-ignore
for (const host of foreign) {
  test(`Host ${JSON.stringify(host)} is refused`, () => assert.equal(verdict({ host }), 'forbidden_host'));
}

test('an address beyond loopback may be called as it is printed', () => {
  assert.deepEqual(['127.0.0.1', '::1', '0.0.0.0', '::', 'fd00::5', 'Box.LAN', '192.168.1.5'].flatMap(hostNames), [
    '[fd00::5]',
    'box.lan',
    '192.168.1.5',
  ]);
  const wide = { ...options, allowedHosts: () => hostNames('FD00::5'), anyPort: () => true };
  assert.equal(verdict({ host: '[fd00::5]:8080' }, { options: wide }), 'passed');
  assert.equal(verdict({ host: '0.0.0.0:8080' }, { options: wide }), 'forbidden_host');
});

test('no Host, two Hosts and an absolute target elsewhere are refused', () => {
  assert.equal(verdict({}), 'forbidden_host');
  assert.equal(verdict(ours, { hosts: 2 }), 'forbidden_host');
  assert.equal(verdict(ours, { url: 'http://evil.example/v1/models' }), 'forbidden_host');
  assert.equal(verdict(ours, { url: 'http://127.0.0.1:8080/v1/models' }), 'passed');
});

test('bound beyond loopback, the published port may differ, the names may not', () => {
  const wide = { ...options, anyPort: () => true };
  assert.equal(verdict({ host: 'localhost:32768' }, { options: wide }), 'passed');
  assert.equal(verdict({ host: 'evil.example' }, { options: wide }), 'forbidden_host');
});

const pages: [string, IncomingHttpHeaders][] = [
  ['an Origin elsewhere', { origin: 'https://evil.example' }],
  ['an opaque Origin', { origin: 'null' }],
  ['an extension', { origin: 'chrome-extension://abc' }],
  ['another port of this computer', { origin: 'http://localhost:3000' }],
  ['a cross-site fetch without Origin', { 'sec-fetch-site': 'cross-site' }],
  ['a same-site fetch', { 'sec-fetch-site': 'same-site' }],
  ['a Referer elsewhere', { referer: 'https://evil.example/page' }],
];
for (const [name, headers] of pages) {
  test(`${name} is refused`, () =>
    assert.equal(verdict({ ...ours, ...headers }, { method: 'POST' }), 'forbidden_origin'));
}

test('programs, the own window and a followed link pass', () => {
  assert.equal(verdict(ours), 'passed');
  assert.equal(
    verdict({ ...ours, origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'same-origin' }, { method: 'POST' }),
    'passed',
  );
  assert.equal(verdict({ ...ours, 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }), 'passed');
  const link = {
    ...ours,
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
    referer: 'https://mail.example/',
  };
  assert.equal(verdict(link), 'passed');
  assert.equal(verdict(link, { method: 'POST' }), 'forbidden_origin');
});
