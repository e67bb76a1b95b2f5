import type { DatabaseSync } from 'node:sqlite';

/** One step per version; a step is never edited after release, only followed by another. */
const steps = [
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
  // What was being answered when the process died.
  `CREATE TABLE open_exchanges (id TEXT PRIMARY KEY, received_at INTEGER NOT NULL, record TEXT NOT NULL) STRICT;`,
  // What was asked and answered, where the settings want it on the disk. It leaves with its row.
  `CREATE TABLE bodies (id TEXT PRIMARY KEY, size INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;
   CREATE TRIGGER bodies_leave AFTER DELETE ON exchanges BEGIN DELETE FROM bodies WHERE id = OLD.id; END;`,
  // Client keys (hashes, never values), and what is done with them.
  `CREATE TABLE client_keys (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT;
   CREATE TABLE client_key_uses (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT;`,
  // Sums for the charts of Home, and when tokens fell ill and were well again.
  `CREATE TABLE figures (
     span INTEGER NOT NULL, at INTEGER NOT NULL, cell TEXT NOT NULL, PRIMARY KEY (span, at)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE token_stays (
     token TEXT NOT NULL, since INTEGER NOT NULL, state TEXT NOT NULL, until INTEGER, PRIMARY KEY (token, since)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX token_stays_by_time ON token_stays (since);`,
];

/** The newest form of a database this version knows. */
export const schemaVersion = steps.length;

export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

/** Brings the tables up to date, one step after the other, each all or nothing. */
export function migrate(database: DatabaseSync): void {
  const version = versionOf(database);
  // Before the first table: pages of removed rows can then be given back to the disk.
  if (version === 0) database.exec('PRAGMA auto_vacuum = INCREMENTAL');
  for (const [index, step] of steps.entries()) {
    if (index >= version) database.exec(`BEGIN; ${step} PRAGMA user_version = ${index + 1}; COMMIT;`);
  }
}
