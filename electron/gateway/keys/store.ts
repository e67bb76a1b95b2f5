import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from '../storage/database.ts';
import { KeyRecord } from './record.ts';
import { SavedUse } from './use.ts';

/** Client keys on disk, and what has been done with them. */
export interface KeyStore {
  load(): KeyRecord[];
  save(record: KeyRecord): void;
  remove(id: string): void;
  uses(): ReadonlyMap<string, SavedUse>;
  saveUses(uses: Iterable<readonly [id: string, SavedUse]>): void;
}

const json = (text: unknown): unknown => JSON.parse(String(text));

export function createKeyStore(database: DatabaseSync): KeyStore {
  const keys = database.prepare('SELECT record FROM client_keys ORDER BY rowid');
  const upsert = database.prepare(
    'INSERT INTO client_keys (id, record) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record',
  );
  const remove = database.prepare('DELETE FROM client_keys WHERE id = ?');
  const uses = database.prepare('SELECT id, record FROM client_key_uses');
  const upsertUse = database.prepare(
    'INSERT INTO client_key_uses (id, record) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record',
  );
  const removeUse = database.prepare('DELETE FROM client_key_uses WHERE id = ?');
  return {
    load: () =>
      keys.all().flatMap(({ record }) => {
        const parsed = KeyRecord.safeParse(json(record));
        return parsed.success ? [parsed.data] : [];
      }),
    save: (record) => void upsert.run(record.id, JSON.stringify(record)),
    remove: (id) =>
      inTransaction(database, () => {
        remove.run(id);
        removeUse.run(id);
      }),
    uses: () =>
      new Map(
        uses.all().flatMap(({ id, record }) => {
          const parsed = SavedUse.safeParse(json(record));
          return parsed.success ? [[String(id), parsed.data] as const] : [];
        }),
      ),
    saveUses: (changed) =>
      inTransaction(database, () => {
        for (const [id, use] of changed) upsertUse.run(id, JSON.stringify(use));
      }),
  };
}
