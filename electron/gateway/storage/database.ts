import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

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
];

/** Creates a folder for this user only, and tightens one that is too open. */
export function privateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
}

/** Creates a file for this user only, and tightens one that is too open. SQLite gives its side files the same mode. */
export function privateFile(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
}

/** Opens `traygate.db` in WAL mode and brings its tables up to date. Throws when a newer version has written it. */
export function openDatabase(dataDir: string): DatabaseSync {
  const file = path.join(dataDir, 'traygate.db');
  privateFile(file);
  const database = new DatabaseSync(file, { timeout: 5000 });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;');
  const row = database.prepare('PRAGMA user_version').get();
  const version = Number(row?.['user_version'] ?? 0);
  if (version > migrations.length) {
    database.close();
    throw new Error(
      `${file} was written by a newer version of Traygate. Install that version, or use another data folder.`,
    );
  }
  for (const [index, step] of migrations.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN; ${step} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
  return database;
}
