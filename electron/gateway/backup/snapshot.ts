import { createHash } from 'node:crypto';
import { closeSync, copyFileSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Backup, BackupKind } from '../../../shared/backup.ts';
import { databaseFile, inTransaction } from '../storage/database.ts';
import { migrate, schemaVersion, versionOf } from '../storage/migrations.ts';
import { privateFile, privateFolder } from '../storage/private-files.ts';
import { syncFolder } from '../storage/safe-write.ts';
import { backupFolder, type BackupFile, nameFor } from './folder.ts';

/** What a backup holds: everything but the history, which is large and which nobody wants back as it was. */
export const savedTables = ['tokens', 'secrets', 'memory', 'client_keys'] as const;

const Facts = z.object({ made_at: z.number(), version: z.string(), settings: z.string(), content: z.string() });

/** Tells whether two states would make the same backup. Counters and health change all the time and do not count. */
export function contentOf(database: DatabaseSync, settings: string): string {
  const hash = createHash('sha256').update(settings);
  for (const query of [
    'SELECT id, alias, role, enabled, weight, priority FROM tokens ORDER BY id',
    'SELECT name, hex(value) FROM secrets ORDER BY name',
    'SELECT id, record FROM client_keys ORDER BY id',
  ])
    for (const row of database.prepare(query).iterate()) hash.update(JSON.stringify(Object.values(row)));
  return hash.digest('hex');
}

/**
 * Writes a backup: a database of its own, as of one moment, secrets sealed as they are. Throws what the system says; no half
 * backup is left.
 */
export function takeSnapshot(
  dataDir: string,
  { kind, at, version, settings }: { kind: BackupKind; at: number; version: string; settings: string },
): BackupFile {
  const folder = backupFolder(dataDir);
  privateFolder(folder);
  const id = nameFor(kind, at);
  const file = path.join(folder, id);
  const temporary = `${file}.traygate-new`;
  rmSync(temporary, { force: true });
  try {
    privateFile(temporary);
    const copy = new DatabaseSync(temporary, { timeout: 5000 });
    try {
      migrate(copy);
      copy.exec(
        'CREATE TABLE backup (made_at INTEGER NOT NULL, version TEXT NOT NULL, settings TEXT NOT NULL, content TEXT NOT NULL) STRICT',
      );
      copy.prepare('ATTACH ? AS live').run(databaseFile(dataDir));
      inTransaction(copy, () => {
        for (const table of savedTables) copy.exec(`INSERT INTO main.${table} SELECT * FROM live.${table}`);
        copy
          .prepare('INSERT INTO backup (made_at, version, settings, content) VALUES (?, ?, ?, ?)')
          .run(at, version, settings, contentOf(copy, settings));
      });
    } finally {
      copy.close();
    }
    syncFile(temporary);
    renameSync(temporary, file);
    syncFolder(folder);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return { id, kind, file };
}

export interface Snapshot {
  readonly facts: Backup;
  /** `settings.json` as it was. */
  readonly settings: string;
  readonly content: string;
}

/** Reads a backup; one that cannot be used has a `problem` and no content. */
export function readSnapshot({ id, kind, file }: BackupFile): Snapshot {
  const { size, mtimeMs } = statSync(file);
  const unusable = (problem: Backup['problem'], version = ''): Snapshot => ({
    facts: { id, kind, madeAt: Math.round(mtimeMs), version, tokens: 0, bytes: size, problem },
    settings: '{}',
    content: '',
  });
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(file, { readOnly: true });
    if (versionOf(database) > schemaVersion) return unusable('newer');
    if (!isWhole(database)) return unusable('damaged');
    const { made_at: madeAt, version, settings, content } = Facts.parse(database.prepare('SELECT * FROM backup').get());
    const tokens = Number(database.prepare('SELECT count(*) AS n FROM tokens').get()?.['n']);
    return { facts: { id, kind, madeAt, version, tokens, bytes: size, problem: null }, settings, content };
  } catch {
    return unusable('damaged');
  } finally {
    database?.close();
  }
}

/** Whether SQLite finds nothing wrong. @param table only this one; without: all, which takes longer */
export function isWhole(database: DatabaseSync, table?: string): boolean {
  const rows = database.prepare(table === undefined ? 'PRAGMA quick_check(1)' : `PRAGMA quick_check(${table})`).all();
  return rows.length === 1 && rows[0]?.['quick_check'] === 'ok';
}

/** Makes a database of a backup at `to`, in the form of this version. */
export function copySnapshot({ file }: BackupFile, to: string): void {
  copyFileSync(file, to);
  const database = new DatabaseSync(to);
  try {
    migrate(database);
    database.exec('DROP TABLE backup');
  } finally {
    database.close();
  }
}

export function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
