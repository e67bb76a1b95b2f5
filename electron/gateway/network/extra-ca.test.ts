import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { readCertificates, trusted } from './extra-ca.ts';
import { createNetwork } from './undici-network.ts';

const fixtures = path.join(import.meta.dirname, '../../../tests/fixtures/tls');
const own = path.join(fixtures, 'unsigned.cert');
const folder = mkdtempSync(path.join(tmpdir(), 'traygate-ca-'));
after(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};

test('each certificate of a file, with whom it names and until when it holds', () => {
  const pem = readFileSync(own, 'latin1');
  const bundle = file('bundle.pem', `# of the company\r\n${pem}\n${pem}`);
  assert.deepEqual(
    readCertificates(bundle).map(({ subject, until }) => [subject, new Date(until).getUTCFullYear()]),
    [
      ['CN=nobody.invalid', 2126],
      ['CN=nobody.invalid', 2126],
    ],
  );
});

for (const [name, where, says] of [
  ['not there', path.join(folder, 'none.pem'), /cannot be read/],
  ['a folder', folder, /cannot be read/],
  ['a key', path.join(fixtures, 'unsigned.key'), /no certificate/],
  ['cut short', file('cut.pem', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'), /damaged/],
] as const)
  test(`a file that is ${name} is refused with a sentence`, () => assert.throws(() => readCertificates(where), says));

test('a file that has gone leaves what is trusted as it is', () => {
  assert.deepEqual(trusted(path.join(folder, 'none.pem')), {});
  assert.deepEqual(trusted(null), {});
});

test('a service with a certificate of the file is trusted from the next renewal on, and no longer without the file', async () => {
  const server = createServer(
    { key: readFileSync(path.join(fixtures, 'unsigned.key')), cert: readFileSync(own) },
    (_request, response) => response.end('trusted'),
  ).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  assert.ok(address && typeof address === 'object');
  let ca: string | null = null;
  const network = createNetwork({ way: () => trusted(ca) });
  const ask = async () => {
    const url = `https://127.0.0.1:${address.port}/`;
    return (await network.request({ url, method: 'GET', signal: new AbortController().signal })).text();
  };
  try {
    await assert.rejects(ask(), { code: 'upstream_tls' });
    ca = own;
    await assert.rejects(ask(), { code: 'upstream_tls' }, 'asked for at a renewal only');
    network.renew();
    assert.equal(await ask(), 'trusted');
    ca = null;
    network.renew();
    await assert.rejects(ask(), { code: 'upstream_tls' });
  } finally {
    await network.close();
    server.closeAllConnections();
    server.close();
  }
});
