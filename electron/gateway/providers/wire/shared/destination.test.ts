import assert from 'node:assert/strict';
import { hostname, networkInterfaces } from 'node:os';
import { describe, it } from 'node:test';
import { checkDestination, checkUrl } from './destination.ts';

const unreachable = { name: 'ChatError', code: 'upstream_unreachable' };
const resolve =
  (...addresses: string[]) =>
  () =>
    Promise.resolve(addresses);

describe('F138: a base URL is refused', () => {
  for (const [name, url] of [
    ['no URL', 'not a url'],
    ['a file', 'file:///etc/passwd'],
    ['gopher', 'gopher://example.com/'],
    ['javascript', 'javascript:alert(1)'],
    ['http to another computer', 'http://api.example.com/v1'],
    ['http to a private network', 'http://192.168.1.5:11434/v1'],
    ['http to a name that only begins like this computer', 'http://localhost.evil.example/'],
    ['http to 127.0.0.1 in a name', 'http://127.0.0.1.nip.example/'],
    ['a password', 'https://user:pass@example.com/'],
    ['a name', 'https://user@example.com/'],
    ['link-local', 'https://169.254.169.254/latest'],
    ['link-local as a number', 'https://2852039166/'],
    ['link-local in hex', 'https://0xa9fea9fe/'],
    ['link-local in octal', 'https://0251.0376.0251.0376/'],
    ['link-local inside IPv6', 'https://[::ffff:a9fe:a9fe]/'],
    ['link-local IPv6', 'https://[fe80::1]/'],
    ['metadata in IPv6', 'https://[fd00:ec2::254]/'],
    ['metadata of Alibaba', 'https://100.100.100.200/'],
    ['metadata by name', 'https://metadata.google.internal/'],
    ['metadata by full name', 'https://METADATA.google.internal./'],
    ['unspecified', 'https://0.0.0.0/'],
    ['unspecified, short', 'https://0/'],
    ['unspecified IPv6', 'https://[::]/'],
    ['multicast', 'https://239.1.1.1/'],
    ['broadcast', 'https://255.255.255.255/'],
  ] as const) {
    it(name, async () => {
      assert.throws(() => checkUrl(url), unreachable);
      await assert.rejects(checkDestination(url, { resolve: resolve('93.184.216.34') }), unreachable);
    });
  }

  for (const address of ['169.254.169.254', 'fe80::1', '0.0.0.0', '::', '::ffff:169.254.169.254', '100.100.100.200']) {
    it(`a name that leads to ${address}, alone or among others`, async () => {
      for (const found of [resolve(address), resolve('93.184.216.34', address)])
        await assert.rejects(checkDestination('https://api.example.com/v1', { resolve: found }), unreachable);
    });
  }
});

describe('a base URL is taken', () => {
  for (const [name, url, addresses] of [
    ['https', 'https://api.example.com/v1', ['93.184.216.34', '2606:2800:220:1::1']],
    ['https in a private network', 'https://llm.home.example/v1', ['192.168.1.5']],
    ['https to a private address', 'https://10.0.0.7:8443/v1', []],
    ['http on this computer by name', 'http://localhost:11434/v1', ['127.0.0.1', '::1']],
    ['http on this computer by full name', 'http://localhost.:11434/v1', ['127.0.0.1']],
    ['http on this computer by address', 'http://127.0.0.1:1234/v1', []],
    ['http on this computer by IPv6', 'http://[::1]:1234/v1', []],
  ] as const) {
    it(name, async () => {
      const { href } = await checkDestination(url, { resolve: resolve(...addresses), ownPorts: () => [8080] });
      assert.equal(href, new URL(url).href);
    });
  }

  it('whose name cannot be resolved here: a proxy may know it', async () => {
    const failing = () => Promise.reject(new Error('ENOTFOUND'));
    assert.ok(await checkDestination('https://only-the-proxy.example/', { resolve: failing }));
  });
});

describe('a base URL that leads back to Traygate', () => {
  const loop = { name: 'ChatError', code: 'loop_detected' };
  const mine = Object.values(networkInterfaces())
    .flat()
    .find((found) => found && !found.internal && found.family === 'IPv4');
  for (const url of [
    'http://127.0.0.1:8080/v1',
    'http://localhost:8080/v1',
    'http://[::1]:8080/',
    'http://127.8.8.8:8080/',
    'https://[::ffff:127.0.0.1]:8080/',
    `https://${hostname()}:8080/`,
    ...(mine ? [`https://${mine.address}:8080/`] : []),
  ]) {
    it(url, async () => {
      await assert.rejects(checkDestination(url, { ownPorts: () => [9, 8080], resolve: resolve('127.0.0.1') }), loop);
      await checkDestination(url, { ownPorts: () => [8081], resolve: resolve('127.0.0.1') });
    });
  }

  it('by a name that resolves to it', async () => {
    const options = { ownPorts: () => [8080], resolve: resolve('127.0.0.1') };
    await assert.rejects(checkDestination('https://rebound.example:8080/', options), loop);
    await checkDestination('https://rebound.example/', options);
  });
});
