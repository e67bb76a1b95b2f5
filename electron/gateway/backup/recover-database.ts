import { existsSync, rmSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import { ProviderId } from '../../../shared/provider.ts';
import type { Recovered } from '../../../shared/state.ts';
import { StartError } from '../shell.ts';
import { databaseFile, inTransaction, isDamage, isDiskFull, openDatabase } from '../storage/database.ts';
import { migrate } from '../storage/migrations.ts';
import { privateFile } from '../storage/private-files.ts';
import { syncFolder } from '../storage/safe-write.ts';
import { finishSettingAside, replacementOf, setAside } from '../storage/set-aside.ts';
import { listFiles } from './folder.ts';
import { copySnapshot, isWhole, readSnapshot, savedTables, syncFile } from './snapshot.ts';

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  readonly recovered: Recovered | null;
}

/**
 * Opens `traygate.db`; a damaged one is put aside, and the newest good backup with what can still be read of the damaged file
 * takes its place. Only for who holds the folder's lock. Throws StartError `database_newer` with nothing changed,
 * `database_damaged` when there is no room to do it.
 * @param unclean the last holder of the folder did not end as it should: everything is looked at, not only what is small
 */
export function openStorage(
  dataDir: string,
  options: { readonly unclean: boolean; readonly now: number },
): OpenedDatabase {
  const file = databaseFile(dataDir);
  finishSettingAside(file);
  const database = openWhole(dataDir, options.unclean);
  if (database) return { database, recovered: null };
  try {
    const recovered = recover(dataDir, options.now);
    return { database: openDatabase(dataDir), recovered };
  } catch (error) {
    throw new StartError(
      'database_damaged',
      `${file} is damaged and could not be replaced (${error instanceof Error ? error.message : ''}). Make room, or put a copy of it in its place.`,
      78,
    );
  }
}

/** Null for a damaged one. */
function openWhole(dataDir: string, unclean: boolean): DatabaseSync | null {
  let database: DatabaseSync | null = null;
  try {
    database = openDatabase(dataDir);
    const opened = database;
    if (unclean ? isWhole(opened) : savedTables.every((table) => isWhole(opened, table))) return opened;
  } catch (error) {
    if (!isDamage(error)) {
      database?.close();
      throw error;
    }
  }
  database?.close();
  return null;
}

function recover(dataDir: string, now: number): Recovered {
  const file = databaseFile(dataDir);
  const next = replacementOf(file);
  rmSync(next, { force: true });
  privateFile(next);
  const backup = listFiles(dataDir)
    .map((found) => ({ found, facts: readSnapshot(found).facts }))
    .filter(({ facts }) => facts.problem === null)
    .toSorted((a, b) => b.facts.madeAt - a.facts.madeAt)[0];
  if (backup) copySnapshot(backup.found, next);
  const database = new DatabaseSync(next);
  let tokens = 0;
  try {
    migrate(database);
    salvage(file, database);
    tokens = Number(database.prepare('SELECT count(*) AS n FROM tokens').get()?.['n']);
  } finally {
    database.close();
  }
  syncFile(next);
  const keptAs = setAside(file, now);
  syncFolder(dataDir);
  const madeAt = backup?.facts.madeAt ?? null;
  const from = madeAt === null ? 'nothing' : 'backup';
  return { what: 'database', at: now, keptAs, from, backup: madeAt, tokens, settings: [] };
}

/** What a row must be to be taken out of a damaged file; that a secret is whole is seen when it is unsealed. */
const rows: Readonly<Record<string, z.ZodType>> = {
  tokens: z.looseObject({
    id: z.string().max(100),
    provider: ProviderId,
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    role: z.enum(['user', 'guest', 'unknown']),
    health: z.string().refine(isJson),
  }),
  secrets: z.looseObject({ name: z.string() }),
  memory: z.looseObject({ key: z.string() }),
  exchanges: z.looseObject({ record: z.string().refine(isJson) }),
  client_keys: z.looseObject({ id: z.string(), record: z.string().refine(isJson) }),
  figures: z.looseObject({ cell: z.string().refine(isJson) }),
  token_stays: z.looseObject({ token: z.string() }),
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Puts what can still be read of a damaged file into its replacement, over what a backup says: it is newer. A table that can be
 * read to its end is taken as it is, so that what was removed since the backup stays removed.
 */
function salvage(file: string, into: DatabaseSync): void {
  const damaged = existsSync(file) ? openDamaged(file) : null;
  if (!damaged) return;
  try {
    for (const [table, Row] of Object.entries(rows)) put(into, table, readable(damaged, table, Row));
  } finally {
    damaged.close();
  }
}

function openDamaged(file: string): DatabaseSync | null {
  try {
    return new DatabaseSync(file, { readOnly: true });
  } catch {
    return null;
  }
}

interface Readable {
  readonly found: Record<string, SQLInputValue>[];
  readonly whole: boolean;
}

function readable(from: DatabaseSync, table: string, Row: z.ZodType): Readable {
  const found: Record<string, SQLInputValue>[] = [];
  try {
    for (const row of from.prepare(`SELECT * FROM ${table} NOT INDEXED`).iterate())
      if (Row.safeParse(row).success) found.push(row);
    return { found, whole: isWhole(from, table) };
  } catch {
    // The rows before the damage.
    return { found, whole: false };
  }
}

function put(into: DatabaseSync, table: string, { found, whole }: Readable): void {
  inTransaction(into, () => {
    if (whole) into.exec(`DELETE FROM ${table}`);
    for (const row of found) {
      const names = Object.keys(row);
      try {
        into
          .prepare(`INSERT OR REPLACE INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`)
          .run(...Object.values(row));
      } catch (error) {
        // A row that does not fit the table is damage as well.
        if (isDiskFull(error)) throw error;
      }
    }
  });
}
