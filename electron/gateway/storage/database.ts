import { statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from '../shell.ts';
import { migrate, schemaVersion, versionOf } from './migrations.ts';
import { privateFile } from './private-files.ts';

export const databaseFile = (dataDir: string): string => path.join(dataDir, 'traygate.db');

/**
 * Opens `traygate.db` in WAL mode and brings its tables up to date. Throws StartError `database_newer`, with the file as it
 * was, when a newer version has written it, and what SQLite says (`isDamage`) when it cannot be read.
 */
export function openDatabase(dataDir: string): DatabaseSync {
  const file = databaseFile(dataDir);
  privateFile(file);
  refuseNewer(file);
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    migrate(database);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 8000000;');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Asked without the right to write, because opening for writing alone would change the file. */
function refuseNewer(file: string): void {
  if (statSync(file).size === 0) return;
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  try {
    if (versionOf(database) <= schemaVersion) return;
  } finally {
    database.close();
  }
  throw new StartError(
    'database_newer',
    `${file} was written by a newer version of Traygate. Install that version, or use another data folder.`,
    78,
  );
}

/** Runs `work` as one transaction. Throws what it throws, with nothing changed. */
export function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    // SQLite has ended some failed transactions by itself; one left open would fail every later one.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/**
 * Puts what is committed on the disk itself, so that it survives a power cut as well as a crash. Not after every row of the
 * history: each time waits for the disk.
 */
export function makeDurable(database: DatabaseSync): void {
  try {
    database.exec('PRAGMA wal_checkpoint(PASSIVE)');
  } catch {
    // A full disk: what is committed is in the write-ahead log and stays there.
  }
}

const codeOf = (error: unknown): number => (error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0);

const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_NOTADB = 26;
/** SQLITE_IOERR_WRITE and SQLITE_IOERR_SHMSIZE: what a limit on the size of files comes out as. */
const refusedWrites = [778, 4874];

/** Whether SQLite says that a file is not, or no longer, one of its databases. */
export const isDamage = (error: unknown): error is Error =>
  [SQLITE_CORRUPT, SQLITE_NOTADB].includes(codeOf(error) & 0xff);

/** Whether the disk, or what this process may write of it, is full. */
export function isDiskFull(error: unknown): boolean {
  if ([SQLITE_FULL, ...refusedWrites].includes(codeOf(error))) return true;
  return error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(String(error.code));
}
