import type { DatabaseSync } from 'node:sqlite';
import { Exchange } from '../../../shared/exchange.ts';
import { inTransaction, isDiskFull } from '../storage/database.ts';
import { createRetention, type Limits } from './retention.ts';

/** Exchanges on disk: no prompt, no answer, no secret. */
export interface History {
  /**
   * Finished ones, and notes of those that are still being answered: should the process die, they are found as `interrupted`.
   * All or none. Throws when the disk does not take them.
   */
  save(finished: readonly Exchange[], open?: readonly Exchange[]): void;
  get(id: string): Exchange | null;
  /** Newest first, older than the row `before` when one is named. */
  list(limit: number, before: string | null): Exchange[];
  clear(): void;
  /** Removes some of what is too old or too much; true: there is more of it. */
  prune(): boolean;
}

type Counted = (ended: readonly Exchange[]) => void;

/** How often an answer that goes on is noted again. */
const noteMs = 5_000;

function parse(row: Record<string, unknown> | undefined): Exchange[] {
  const parsed = typeof row?.['record'] === 'string' ? Exchange.safeParse(JSON.parse(row['record'])) : undefined;
  return parsed?.success ? [parsed.data] : [];
}

/** The last thing that is known of it: within seconds of its end. */
function interrupted(row: Exchange): Exchange {
  const { leased, connected, headers, firstEvent, lastToken } = row;
  return {
    ...row,
    outcome: 'interrupted',
    closed: Math.max(0, ...[leased, connected, headers, firstEvent, lastToken].map(Number)),
  };
}

/** What was being answered when the process died is in the history from now on. */
function closeInterrupted(database: DatabaseSync, counted: Counted): void {
  const open = database.prepare('SELECT record FROM open_exchanges ORDER BY received_at, rowid').all().flatMap(parse);
  if (open.length === 0) return;
  const insert = database.prepare('INSERT OR IGNORE INTO exchanges (id, received_at, record) VALUES (?, ?, ?)');
  try {
    inTransaction(database, () => {
      const ended = open.map((row) => interrupted(row));
      for (const row of ended) insert.run(row.id, row.receivedAt, JSON.stringify(row));
      counted(ended);
      database.exec('DELETE FROM open_exchanges');
    });
  } catch (error) {
    // At the next start, then: a full disk must not keep Traygate from starting.
    if (!isDiskFull(error)) throw error;
  }
}

/** @param counted is given each exchange that has ended, once, inside the transaction that saves it */
export function createHistory(
  database: DatabaseSync,
  limits: () => Limits,
  counted: Counted = () => undefined,
): History {
  closeInterrupted(database, counted);
  const upsert = database.prepare(
    'INSERT INTO exchanges (id, received_at, record) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record',
  );
  const opened = database.prepare(
    'INSERT INTO open_exchanges (id, received_at, record) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record',
  );
  const closed = database.prepare('DELETE FROM open_exchanges WHERE id = ?');
  const one = database.prepare('SELECT record FROM exchanges WHERE id = ?');
  const newest = database.prepare('SELECT record FROM exchanges ORDER BY received_at DESC, rowid DESC LIMIT ?');
  const older = database.prepare(
    `SELECT e.record FROM exchanges e, (SELECT received_at, rowid AS place FROM exchanges WHERE id = ?) b
     WHERE (e.received_at, e.rowid) < (b.received_at, b.place) ORDER BY e.received_at DESC, e.rowid DESC LIMIT ?`,
  );
  const retention = createRetention(database, limits);
  /** Those in `open_exchanges`, and when they were noted: most requests end before they get there. */
  const noted = new Map<string, number>();
  return {
    save(finished, open = []) {
      const now = performance.now();
      const due = open.filter(({ id }) => now - (noted.get(id) ?? -noteMs) >= noteMs);
      if (finished.length === 0 && due.length === 0) return;
      inTransaction(database, () => {
        for (const row of due) opened.run(row.id, row.receivedAt, JSON.stringify(row));
        counted(finished.filter(({ id }) => one.get(id) === undefined));
        for (const row of finished) {
          upsert.run(row.id, row.receivedAt, JSON.stringify(row));
          if (noted.has(row.id)) closed.run(row.id);
        }
        if (finished.length > 0) retention.prune(finished.length);
      });
      for (const { id } of due) noted.set(id, now);
      for (const { id } of finished) noted.delete(id);
    },
    get: (id) => parse(one.get(id))[0] ?? null,
    list: (limit, before) => (before === null ? newest.all(limit) : older.all(before, limit)).flatMap(parse),
    clear: () => {
      database.exec('DELETE FROM exchanges');
      retention.giveBack();
    },
    prune() {
      let removed = 0;
      inTransaction(database, () => (removed = retention.prune(0)));
      if (removed > 0) retention.giveBack();
      return removed > 0;
    },
  };
}
