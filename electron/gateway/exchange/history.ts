import type { DatabaseSync } from 'node:sqlite';
import { Exchange } from '../../../shared/exchange.ts';
import { inTransaction } from '../storage/database.ts';

/** Finished exchanges on disk: no prompt, no answer, no secret. */
export interface History {
  /** All or none. Throws when the disk does not take them. */
  save(rows: readonly Exchange[]): void;
  get(id: string): Exchange | null;
  /** Newest first, older than the row `before` when one is named. */
  list(limit: number, before: string | null): Exchange[];
  clear(): void;
}

function parse(row: Record<string, unknown> | undefined): Exchange[] {
  const parsed = typeof row?.['record'] === 'string' ? Exchange.safeParse(JSON.parse(row['record'])) : undefined;
  return parsed?.success ? [parsed.data] : [];
}

/** @param keep how many rows remain; older ones are removed as new ones come */
export function createHistory(database: DatabaseSync, keep: () => number): History {
  const upsert = database.prepare(
    'INSERT INTO exchanges (id, received_at, record) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record',
  );
  const one = database.prepare('SELECT record FROM exchanges WHERE id = ?');
  const newest = database.prepare('SELECT record FROM exchanges ORDER BY received_at DESC, rowid DESC LIMIT ?');
  const older = database.prepare(
    `SELECT e.record FROM exchanges e, (SELECT received_at, rowid AS place FROM exchanges WHERE id = ?) b
     WHERE (e.received_at, e.rowid) < (b.received_at, b.place) ORDER BY e.received_at DESC, e.rowid DESC LIMIT ?`,
  );
  const prune = database.prepare('DELETE FROM exchanges WHERE rowid <= (SELECT max(rowid) FROM exchanges) - ?');
  return {
    save(rows) {
      if (rows.length === 0) return;
      inTransaction(database, () => {
        for (const row of rows) upsert.run(row.id, row.receivedAt, JSON.stringify(row));
        prune.run(keep());
      });
    },
    get: (id) => parse(one.get(id))[0] ?? null,
    list: (limit, before) => (before === null ? newest.all(limit) : older.all(before, limit)).flatMap(parse),
    clear: () => {
      database.exec('DELETE FROM exchanges');
    },
  };
}
