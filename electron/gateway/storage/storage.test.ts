import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { defaultClientKey } from '../keys/default-key.ts';
import { StartError } from '../shell.ts';
import { openDatabase } from './database.ts';
import { headlessKeyKeeper } from './key-file.ts';
import { lockFolder } from './lock.ts';
import { privateFile, privateFolder, takeTightened } from './private-files.ts';
import { createSealer } from './sealer.ts';
import { createSecrets } from './secrets.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'traygate-storage-'));
after(() => rmSync(folder, { recursive: true }));
const key = Buffer.alloc(32, 7);
const refusal = (code: string) => (error: unknown) => error instanceof StartError && error.code === code;

test('what is sealed comes back, under the same key and context only', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, context) => {
      const sealed = createSealer(key).seal(text, context);
      assert.equal(createSealer(key).unseal(sealed, context), text);
      assert.throws(() => createSealer(key).unseal(sealed, `${context}x`));
      assert.throws(() => createSealer(Buffer.alloc(32, 8)).unseal(sealed, context));
    }),
  );
});

test('a changed byte is noticed', () => {
  const sealed = Buffer.from(createSealer(key).seal('token', 'c'));
  for (let at = 0; at < sealed.length; at++) {
    const damaged = Buffer.from(sealed);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    assert.throws(() => createSealer(key).unseal(damaged, 'c'), `byte ${at}`);
  }
});

test('the database and its side files are readable by this user only', () => {
  const database = openDatabase(folder);
  createSecrets(database, createSealer(key)).set('a', 'value');
  for (const name of ['traygate.db', 'traygate.db-wal', 'traygate.db-shm']) {
    assert.equal(statSync(path.join(folder, name)).mode & 0o777, 0o600, name);
  }
  database.close();
});

test('secrets survive a reopening, and a lost key gives none instead of a crash', () => {
  const first = openDatabase(folder);
  createSecrets(first, createSealer(key)).set('client-key', 'sk-local-x');
  first.close();
  const second = openDatabase(folder);
  assert.equal(createSecrets(second, createSealer(key)).get('client-key'), 'sk-local-x');
  assert.equal(createSecrets(second, createSealer(Buffer.alloc(32))).get('client-key'), null);
  second.close();
});

test(
  'a folder that others need is refused as it is',
  { skip: process.platform === 'win32' ? 'Windows has no sticky folders' : false },
  () => {
    const shared = mkdtempSync(path.join(folder, 'shared-'));
    chmodSync(shared, 0o1777);
    for (const place of [shared, '/']) {
      const before = statSync(place).mode;
      assert.throws(() => privateFolder(place), { code: 'data_folder_shared', exitCode: 78 });
      assert.equal(statSync(place).mode, before);
    }
  },
);

test('a client key that cannot be read today is used by nobody and overwritten by nobody', () => {
  const dir = mkdtempSync(path.join(folder, 'lost-'));
  const database = openDatabase(dir);
  const first = defaultClientKey(createSecrets(database, createSealer(key)));
  assert.notEqual(defaultClientKey(createSecrets(database, createSealer(Buffer.alloc(32)))), first);
  assert.equal(defaultClientKey(createSecrets(database, createSealer(key))), first);
  database.close();
});

test('a database of a newer version is refused untouched', () => {
  const dir = mkdtempSync(path.join(folder, 'newer-'));
  const database = openDatabase(dir);
  database.exec('PRAGMA user_version = 999');
  database.close();
  const file = path.join(dir, 'traygate.db');
  const before = readFileSync(file);
  assert.throws(() => openDatabase(dir), refusal('database_newer'));
  assert.deepEqual(readFileSync(file), before);
});

test('pages of removed rows can be given back to the disk', () => {
  const database = openDatabase(mkdtempSync(path.join(folder, 'vacuum-')));
  assert.equal(database.prepare('PRAGMA auto_vacuum').get()?.['auto_vacuum'], 2);
  database.close();
});

test('the key file is made once, private, and read again', async () => {
  const dir = mkdtempSync(path.join(folder, 'key-'));
  const made = await headlessKeyKeeper(dir, undefined).load();
  assert.deepEqual(await headlessKeyKeeper(dir, undefined).load(), made);
  assert.equal(statSync(path.join(dir, 'secret.key')).mode & 0o777, 0o600);
  assert.notDeepEqual(await headlessKeyKeeper(dir, 'a passphrase of length').load(), made);
});

test('a key file that is too open is tightened, and a passphrase that is too short is named', async () => {
  const dir = mkdtempSync(path.join(folder, 'key-'));
  const made = await headlessKeyKeeper(dir, undefined).load();
  const file = path.join(dir, 'secret.key');
  chmodSync(file, 0o644);
  assert.deepEqual(await headlessKeyKeeper(dir, undefined).load(), made);
  if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.throws(() => headlessKeyKeeper(dir, 'x'.repeat(15)), /TRAYGATE_SECRET_KEY .* 16 characters/);
});

test('a damaged lock is named and left as it is', () => {
  const dir = mkdtempSync(path.join(folder, 'damaged-'));
  const noise = Buffer.alloc(5_000, 'no database ');
  writeFileSync(path.join(dir, 'traygate.lock'), noise);
  assert.throws(() => lockFolder(dir), refusal('lock_damaged'));
  assert.deepEqual(readFileSync(path.join(dir, 'traygate.lock')), noise);
});

test('F080: what others could read is tightened and told once', { skip: process.platform === 'win32' }, () => {
  const dir = mkdtempSync(path.join(folder, 'open-'));
  const file = path.join(dir, 'x');
  writeFileSync(file, '');
  chmodSync(dir, 0o755);
  chmodSync(file, 0o644);
  takeTightened();
  for (let times = 0; times < 2; times++) {
    privateFolder(dir);
    privateFile(file);
  }
  assert.deepEqual([statSync(dir).mode & 0o777, statSync(file).mode & 0o777], [0o700, 0o600]);
  assert.deepEqual(takeTightened(), [dir, file]);
  assert.deepEqual(takeTightened(), []);
});

test('F081: nothing is written through a link', { skip: process.platform === 'win32' }, () => {
  const dir = mkdtempSync(path.join(folder, 'link-'));
  const target = path.join(folder, 'target');
  writeFileSync(target, 'as it was', { mode: 0o644 });
  symlinkSync(target, path.join(dir, 'soft'));
  linkSync(target, path.join(dir, 'hard'));
  for (const name of ['soft', 'hard'])
    assert.throws(() => privateFile(path.join(dir, name)), { code: 'data_folder_unusable', exitCode: 78 });
  assert.equal(statSync(target).mode & 0o777, 0o644);
});

const noOwners = process.platform === 'win32' && 'Windows asks for no owner';

test('F155: a folder, a lock or a database of another user is refused with the reason, and left as it was', { skip: noOwners }, (t) => {
  const dir = mkdtempSync(path.join(folder, 'foreign-'));
  const lock = path.join(dir, 'traygate.lock');
  writeFileSync(lock, 'as it was', { mode: 0o644 });
  chmodSync(dir, 0o755);
  // To somebody else all of this is another user's.
  t.mock.method(process as { getuid(): number }, 'getuid', () => 4_242);
  const refused = { code: 'data_folder_unusable', exitCode: 78, message: /belongs to another user/ };
  assert.throws(() => privateFolder(dir), refused);
  assert.throws(() => lockFolder(dir), refused);
  assert.throws(() => privateFile(lock), refused);
  assert.deepEqual([readFileSync(lock, 'utf8'), statSync(lock).mode & 0o777], ['as it was', 0o644]);
  assert.equal(statSync(dir).mode & 0o777, 0o755);
}); // prettier-ignore

test('F155: a pipe or a folder in the place of the lock is refused, and nobody waits for its other end', { skip: noOwners }, () => {
  const dir = mkdtempSync(path.join(folder, 'pipe-'));
  const lock = path.join(dir, 'traygate.lock');
  const refused = { code: 'data_folder_unusable', exitCode: 78, message: /it is no file/ };
  execFileSync('mkfifo', [lock]);
  assert.throws(() => lockFolder(dir), refused);
  rmSync(lock);
  mkdirSync(lock);
  assert.throws(() => lockFolder(dir), refused);
}); // prettier-ignore

test('a lock says whether the last holder ended as it should', () => {
  const dir = mkdtempSync(path.join(folder, 'unclean-'));
  const first = lockFolder(dir);
  assert.equal(first.unclean, false);
  first.release();
  writeFileSync(path.join(dir, 'traygate.pid'), '{"pid":1}');
  const second = lockFolder(dir);
  assert.equal(second.unclean, true);
  second.release();
});

test('what cannot be a folder is named', () => {
  const file = path.join(mkdtempSync(path.join(folder, 'file-')), 'x');
  writeFileSync(file, '');
  assert.throws(() => privateFolder(file), refusal('data_folder_unusable'));
  assert.throws(() => privateFolder(path.join(file, 'below')), refusal('data_folder_unusable'));
});

test('one gateway per folder: the second is refused and told the first', () => {
  const lock = lockFolder(folder);
  lock.announce('http://127.0.0.1:8080');
  assert.throws(
    () => lockFolder(folder),
    (error) =>
      error instanceof StartError &&
      error.code === 'already_running' &&
      error.message.includes(String(process.pid)) &&
      error.message.includes('127.0.0.1:8080'),
  );
  lock.release();
  lockFolder(folder).release();
});
