import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { StartError } from '../gateway/shell.ts';
import { openKeychain, type Vault } from './keychain.ts';

type Backend = ReturnType<Vault['getSelectedStorageBackend']>;

interface Options {
  available?: boolean;
  backend?: Backend;
  shouldReEncrypt?: boolean;
}

/** A keychain whose sealing is easy to see through. */
function vault({ available = true, backend = 'gnome_libsecret', shouldReEncrypt = false }: Options = {}): Vault {
  return {
    isAsyncEncryptionAvailable: async () => available,
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: async (text) => Buffer.from(`${backend}:${text}`),
    async decryptStringAsync(sealed) {
      const [by, text = ''] = sealed.toString().split(':');
      if (by !== backend) throw new Error('wrong password');
      return { result: text, shouldReEncrypt };
    },
  };
}

function folder(t: TestContext): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'traygate-keychain-'));
  t.after(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

const open = (dataDir: string, options?: Options, platform: NodeJS.Platform = 'linux') =>
  openKeychain({ dataDir, vault: vault(options), platform });
const keyFile = (dir: string) => path.join(dir, 'secret.key');
const unavailable = (error: unknown) => error instanceof StartError && error.code === 'secret_key_unavailable';

test('makes a key once, sealed and for this user only', async (t) => {
  const dir = folder(t);
  const keeper = await open(dir);
  const key = await keeper.load();
  assert.equal(keeper.kind, 'keychain');
  assert.equal(key.length, 32);
  assert.equal(statSync(keyFile(dir)).mode & 0o777, 0o600);
  assert.ok(!readFileSync(keyFile(dir), 'utf8').includes(Buffer.from(key).toString('base64')));
  assert.deepEqual(await (await open(dir)).load(), key);
});

for (const options of [{ backend: 'basic_text' }, { backend: 'unknown' }, { available: false }] as const) {
  test(`says so when the key cannot be sealed: ${JSON.stringify(options)}`, async (t) => {
    const dir = folder(t);
    const keeper = await open(dir, options);
    assert.equal(keeper.kind, 'plain');
    const key = await keeper.load();
    assert.equal(statSync(keyFile(dir)).mode & 0o777, 0o600);
    const later = await open(dir);
    assert.equal(later.kind, 'plain');
    assert.deepEqual(await later.load(), Buffer.from(key));
  });
}

test('the name of the backend matters on Linux only', async (t) => {
  for (const platform of ['darwin', 'win32'] as const) {
    assert.equal((await open(folder(t), { backend: 'unknown' }, platform)).kind, 'keychain');
  }
});

test('another keyring, a locked one or none: refuses and leaves the sealed key as it is', async (t) => {
  const dir = folder(t);
  await (await open(dir)).load();
  const before = readFileSync(keyFile(dir));
  for (const options of [{ backend: 'kwallet6' }, { backend: 'basic_text' }, { available: false }] as const) {
    await assert.rejects((await open(dir, options)).load(), unavailable);
  }
  const locked = { ...vault(), decryptStringAsync: () => Promise.reject(new Error('The keyring is locked')) };
  const keeper = await openKeychain({ dataDir: dir, vault: locked, platform: 'linux' });
  await assert.rejects(keeper.load(), /The keyring is locked/);
  assert.deepEqual(readFileSync(keyFile(dir)), before);
});

test('seals again when the keychain asks for it', async (t) => {
  const dir = folder(t);
  const key = await (await open(dir)).load();
  const before = statSync(keyFile(dir)).ino;
  assert.deepEqual(await (await open(dir, { shouldReEncrypt: true })).load(), Buffer.from(key));
  assert.notEqual(statSync(keyFile(dir)).ino, before);
});

test('a damaged file is never taken for a missing one', async (t) => {
  for (const content of ['', '{', '{"backend":"file"}', '\0\0\0']) {
    const dir = folder(t);
    writeFileSync(keyFile(dir), content);
    await assert.rejects(open(dir), unavailable);
    assert.equal(readFileSync(keyFile(dir), 'utf8'), content);
  }
});
