import type { DatabaseSync } from 'node:sqlite';
import { Captured } from '../../../../shared/capture.ts';
import type { Sealer } from '../../storage/sealer.ts';

/** Bodies on disk, sealed. They leave with their row of the history (migrations.ts), or when all are too large. */
export interface BodyStore {
  /** Throws when the disk does not take it. */
  save(id: string, captured: Captured): void;
  /** Null when there is none, or when it was sealed with a key that is gone. */
  get(id: string): Captured | null;
  clear(): void;
}

export function createBodyStore(database: DatabaseSync, sealer: Sealer, megabytes: () => number): BodyStore {
  const insert = database.prepare('INSERT OR REPLACE INTO bodies (id, size, sealed) VALUES (?, ?, ?)');
  const one = database.prepare('SELECT sealed FROM bodies WHERE id = ?');
  const sum = database.prepare('SELECT coalesce(sum(size), 0) AS n FROM bodies');
  const oldest = database.prepare('SELECT id, size FROM bodies ORDER BY rowid LIMIT 1');
  const remove = database.prepare('DELETE FROM bodies WHERE id = ?');
  const total = (): number => Number(sum.get()?.['n']);
  /** No less than there is: what leaves with its row is not told. */
  let atMost = total();
  return {
    save(id, captured) {
      const sealed = sealer.seal(JSON.stringify(captured), `body:${id}`);
      insert.run(id, sealed.length, sealed);
      atMost += sealed.length;
      const limit = megabytes() * 1_000_000;
      if (atMost <= limit) return;
      atMost = total();
      while (atMost > limit) {
        const gone = oldest.get();
        if (!gone) return;
        remove.run(String(gone['id']));
        atMost -= Number(gone['size']);
      }
    },
    get(id) {
      const sealed = one.get(id)?.['sealed'];
      if (!(sealed instanceof Uint8Array)) return null;
      try {
        return Captured.parse(JSON.parse(sealer.unseal(sealed, `body:${id}`)));
      } catch {
        return null;
      }
    },
    clear() {
      database.exec('DELETE FROM bodies');
      atMost = 0;
    },
  };
}
