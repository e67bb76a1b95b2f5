import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartError } from '../shell.ts';

/** One step per version; a step is never edited after release, only followed by another. */
const migrations = [
  `CREATE TABLE tokens (
     id TEXT PRIMARY KEY, provider TEXT NOT NULL, alias TEXT NOT NULL, hash TEXT NOT NULL, secret BLOB NOT NULL,
     role TEXT NOT NULL, account TEXT, user_id TEXT, enabled INTEGER NOT NULL, health TEXT NOT NULL,
     ok INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0, last_used_at INTEGER, created_at INTEGER NOT NULL,
     UNIQUE (provider, hash)
   ) STRICT;
   CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
   CREATE TABLE memory (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
   CREATE TABLE exchanges (id TEXT PRIMARY KEY, received_at INTEGER NOT NULL, record TEXT NOT NULL) STRICT;
   CREATE INDEX exchanges_by_time ON exchanges (received_at);`,
  `ALTER TABLE tokens ADD COLUMN weight INTEGER NOT NULL DEFAULT 1;
   ALTER TABLE tokens ADD COLUMN priority INTEGER NOT NULL DEFAULT 1;`,
];

/** Folders that others need as they are: the root, and those where everybody may write, such as /tmp. */
function isShared(folder: string): boolean {
  const place = path.resolve(folder);
  if (place === path.parse(place).root) return true;
  const mode = statSync(place, { throwIfNoEntry: false })?.mode ?? 0;
  return process.platform !== 'win32' && (mode & 0o1000) !== 0;
}

/** Creates a folder for this user only, and tightens one that is too open. Throws StartError `data_folder_unusable`. */
export function privateFolder(folder: string): void {
  if (isShared(folder)) {
    throw new StartError(
      'data_folder_shared',
      `${folder} is not for Traygate alone. Choose a folder of its own with --data-dir.`,
      78,
    );
  }
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new StartError(
      'data_folder_unusable',
      `${folder} cannot be used as a folder for data (${code}). Choose another with --data-dir.`,
      78,
    );
  }
}

/** Creates a file for this user only, and tightens one that is too open. SQLite gives its side files the same mode. */
export function privateFile(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
}

/**
 * Opens `traygate.db` in WAL mode and brings its tables up to date. Throws StartError, with the file as it was, when a newer
 * version has written it (`database_newer`) or it cannot be read (`database_damaged`).
 */
export function openDatabase(dataDir: string): DatabaseSync {
  const file = path.join(dataDir, 'traygate.db');
  privateFile(file);
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    return migrated(database, file);
  } catch (error) {
    database.close();
    if (error instanceof StartError || !isDamage(error)) throw error;
    throw new StartError(
      'database_damaged',
      `${file} is damaged (${error.message}). Put a copy of it in its place, or move it away to start without tokens and history.`,
      78,
    );
  }
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

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
/** Whether SQLite says that a file is not, or no longer, one of its databases. */
export const isDamage = (error: unknown): error is Error =>
  error instanceof Error &&
  'errcode' in error &&
  [SQLITE_CORRUPT, SQLITE_NOTADB].includes(Number(error.errcode) & 0xff);

function migrated(database: DatabaseSync, file: string): DatabaseSync {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
  const row = database.prepare('PRAGMA user_version').get();
  const version = Number(row?.['user_version'] ?? 0);
  if (version > migrations.length) {
    throw new StartError(
      'database_newer',
      `${file} was written by a newer version of Traygate. Install that version, or use another data folder.`,
      78,
    );
  }
  for (const [index, step] of migrations.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN; ${step} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
  return database;
}
