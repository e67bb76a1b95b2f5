import type { DatabaseSync } from 'node:sqlite';

export interface Limits {
  readonly rows: number;
  readonly days: number;
  /** Of the whole database; tokens and settings are next to nothing in it. */
  readonly megabytes: number;
}

export interface Retention {
  /**
   * Removes the oldest rows as far as they are too many, too old or too large, inside the caller's transaction, and a bounded
   * number at a time, so that no answer waits for it. Returns how many.
   * @param added how many have just come: more than that are removed, so that it never falls behind
   */
  prune(added: number): number;
  /** Gives the room of removed rows back to the disk, a part at a time. */
  giveBack(): void;
}

const least = 200;
const pagesAtOnce = 500;
const dayMs = 86_400_000;

export function createRetention(database: DatabaseSync, limits: () => Limits): Retention {
  const oldest = (condition: string) =>
    database.prepare(
      `DELETE FROM exchanges WHERE rowid IN (SELECT rowid FROM exchanges WHERE ${condition} ORDER BY rowid LIMIT ?)`,
    );
  const tooMany = oldest('rowid <= (SELECT max(rowid) FROM exchanges) - ?');
  const tooOld = database.prepare(
    'DELETE FROM exchanges WHERE rowid IN (SELECT rowid FROM exchanges WHERE received_at < ? ORDER BY received_at LIMIT ?)',
  );
  const tooLarge = oldest('true');
  const pages = database.prepare(
    'SELECT (page_count - freelist_count) * page_size AS used FROM pragma_page_count, pragma_freelist_count, pragma_page_size',
  );
  return {
    prune(added) {
      const { rows, days, megabytes } = limits();
      const most = Math.max(least, added * 2);
      let removed = Number(tooMany.run(rows, most).changes);
      removed += Number(tooOld.run(Date.now() - days * dayMs, most).changes);
      if (removed === 0 && Number(pages.get()?.['used']) > megabytes * 1_000_000)
        removed += Number(tooLarge.run(most).changes);
      return removed;
    },
    giveBack() {
      database.exec(`PRAGMA incremental_vacuum(${pagesAtOnce})`);
    },
  };
}
