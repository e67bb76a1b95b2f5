import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { after, test } from 'node:test';
import { databaseFile, openDatabase } from '../storage/database.ts';
import { openStorage } from './recover-database.ts';
import { takeSnapshot } from './snapshot.ts';

const root = mkdtempSync(path.join(tmpdir(), 'traygate-recover-'));
after(() => rmSync(root, { recursive: true }));

function addTokens(database: DatabaseSync, from: number, to: number): void {
  const insert = database.prepare(
    `INSERT INTO tokens (id, provider, alias, hash, secret, role, enabled, health, created_at) VALUES (?, 'zai', ?, ?, ?, 'unknown', 1, '{}', ?)`,
  );
  for (let at = from; at < to; at++)
    insert.run(`id-${at}`, `Z${at}`, String(at).padStart(64, '0'), Buffer.from(`sealed ${at}`), at);
}

function fillHistory(database: DatabaseSync): void {
  const insert = database.prepare('INSERT INTO exchanges (id, received_at, record) VALUES (?, ?, ?)');
  for (let at = 0; at < 400; at++) insert.run(`req-${at}`, at, JSON.stringify({ filler: 'x'.repeat(3_000) }));
}

/** Ten tokens in a backup, ten more since, one of the first ten removed, and a history that fills most of the file. */
function folder(): string {
  const dataDir = mkdtempSync(path.join(root, 'd-'));
  const database = openDatabase(dataDir);
  addTokens(database, 0, 10);
  takeSnapshot(dataDir, { kind: 'automatic', at: 1_000, version: '0', settings: '{}' });
  addTokens(database, 10, 20);
  database.prepare("DELETE FROM tokens WHERE id = 'id-3'").run();
  fillHistory(database);
  database.close();
  return dataDir;
}

const aliases = (database: DatabaseSync): unknown[] =>
  database
    .prepare('SELECT alias FROM tokens ORDER BY created_at')
    .all()
    .map((row) => row['alias']);
const numbered = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `Z${from + at}`);
const open = (dataDir: string, unclean = true) => openStorage(dataDir, { unclean, now: 5_000 });

test('F077: a file that is no database is kept as it is, and the backup takes its place', () => {
  const dataDir = folder();
  const noise = Buffer.alloc(50_000, 'no database ');
  writeFileSync(databaseFile(dataDir), noise);
  const { database, recovered } = open(dataDir, false);
  assert.deepEqual(aliases(database), numbered(0, 10));
  assert.deepEqual([recovered?.what, recovered?.backup, recovered?.tokens], ['database', 1_000, 10]);
  assert.deepEqual(readFileSync(path.join(dataDir, recovered?.keptAs ?? '')), noise);
  database.close();
  const again = open(dataDir);
  assert.equal(again.recovered, null);
  again.database.close();
});

test('F077: damage in the history costs no token, and brings none back that was removed', () => {
  const dataDir = folder();
  const file = databaseFile(dataDir);
  const bytes = readFileSync(file);
  const written = bytes.lastIndexOf('xxxx');
  bytes.fill(0x5a, Math.floor(bytes.length / 2), Math.min(bytes.length, written));
  writeFileSync(file, bytes);
  const { database, recovered } = open(dataDir);
  assert.ok(recovered);
  assert.deepEqual(aliases(database), [...numbered(0, 3), ...numbered(4, 20)]);
  assert.ok(Number(database.prepare('SELECT count(*) AS n FROM exchanges').get()?.['n']) > 0, 'rows before the damage');
  assert.equal(database.prepare('PRAGMA quick_check').get()?.['quick_check'], 'ok');
  database.close();
});

test('F077: a file that has been cut off gives the backup and what is left of it', () => {
  const dataDir = folder();
  const file = databaseFile(dataDir);
  writeFileSync(file, readFileSync(file).subarray(0, 60_000));
  const { database, recovered } = open(dataDir);
  assert.ok(recovered);
  const found = new Set(aliases(database));
  for (const alias of [...numbered(0, 3), ...numbered(4, 10)]) assert.ok(found.has(alias), alias);
  database.close();
});

test('with neither backup nor a readable row it starts empty, says so, and deletes nothing', () => {
  const dataDir = mkdtempSync(path.join(root, 'd-'));
  writeFileSync(databaseFile(dataDir), 'x'.repeat(9_000));
  const { database, recovered } = open(dataDir);
  assert.deepEqual([recovered?.backup, recovered?.tokens], [null, 0]);
  assert.equal(readFileSync(path.join(dataDir, recovered?.keptAs ?? ''), 'utf8'), 'x'.repeat(9_000));
  database.close();
});

test('a damaged backup is passed over for an older good one', () => {
  const dataDir = folder();
  const newest = takeSnapshot(dataDir, { kind: 'manual', at: 2_000, version: '0', settings: '{}' });
  writeFileSync(newest.file, readFileSync(newest.file).subarray(0, 5_000));
  writeFileSync(databaseFile(dataDir), 'no database');
  const { database, recovered } = open(dataDir);
  assert.equal(recovered?.backup, 1_000);
  database.close();
});

test('a database of a newer version is refused, not recovered', () => {
  const dataDir = folder();
  const database = openDatabase(dataDir);
  database.exec('PRAGMA user_version = 999');
  database.close();
  const before = readFileSync(databaseFile(dataDir));
  assert.throws(() => open(dataDir), { code: 'database_newer', exitCode: 78 });
  assert.deepEqual(readFileSync(databaseFile(dataDir)), before);
});

test('a recovery that was cut in two is completed', () => {
  const dataDir = folder();
  renameSync(databaseFile(dataDir), `${databaseFile(dataDir)}.restored`);
  const { database } = open(dataDir);
  assert.equal(aliases(database).length, 19);
  assert.ok(!existsSync(`${databaseFile(dataDir)}.restored`));
  database.close();
});
