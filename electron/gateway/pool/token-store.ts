import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { ProviderId } from '../../../shared/provider.ts';
import { inTransaction } from '../storage/database.ts';
import type { Sealer } from '../storage/sealer.ts';
import { evidences } from '../../../shared/token.ts';
import { fresh, type Health, healthStates } from './health.ts';

/** A token as the pool knows it. `secret` is null while the key that sealed it is missing ("locked"). */
export interface StoredToken {
  readonly id: string;
  readonly provider: ProviderId;
  alias: string;
  /** SHA-256 in hex: tells duplicates apart without the token. */
  readonly hash: string;
  readonly secret: string | null;
  role: 'user' | 'guest' | 'unknown';
  account: string | null;
  userId: string | null;
  enabled: boolean;
  /** How much of the requests it gets, and its tier; for the strategies that ask (`pool.strategy`). */
  weight: number;
  priority: number;
  health: Health;
  ok: number;
  failed: number;
  lastUsedAt: number | null;
  readonly createdAt: number;
  /** The variable or file it came from; such tokens are not stored. */
  readonly origin: string | null;
}

const HealthJson = z.object({
  state: z.enum(healthStates),
  failures: z.number(),
  // Not written by the first versions.
  rests: z.number().default(0),
  since: z.number().nullable().default(null),
  until: z.number().nullable(),
  reason: z
    .object({ code: z.string(), message: z.string(), evidence: z.enum(evidences).nullable().catch(null) })
    .nullable(),
});

const Row = z.object({
  id: z.string(),
  provider: ProviderId,
  alias: z.string(),
  hash: z.string(),
  secret: z.instanceof(Uint8Array),
  role: z.enum(['user', 'guest', 'unknown']),
  account: z.string().nullable(),
  user_id: z.string().nullable(),
  enabled: z.number(),
  weight: z.number(),
  priority: z.number(),
  health: z.string(),
  ok: z.number(),
  failed: z.number(),
  last_used_at: z.number().nullable(),
  created_at: z.number(),
});

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

const parseHealth = (json: string): Health => HealthJson.safeParse(JSON.parse(json)).data ?? fresh;

export interface TokenStore {
  load(): StoredToken[];
  /** All or none, in one transaction: one for each of 10 000 tokens would hold everything else up. */
  insert(tokens: readonly StoredToken[]): void;
  /** Writes everything that may change; the secret never does. */
  update(token: StoredToken): void;
  remove(id: string): void;
}

export function createTokenStore(database: DatabaseSync, sealer: Sealer): TokenStore {
  const select = database.prepare('SELECT * FROM tokens ORDER BY created_at, rowid');
  const insert = database.prepare(
    `INSERT INTO tokens (id, provider, alias, hash, secret, role, account, user_id, enabled, weight, priority, health, ok, failed, last_used_at, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    'UPDATE tokens SET alias = ?, role = ?, account = ?, user_id = ?, enabled = ?, weight = ?, priority = ?, health = ?, ok = ?, failed = ?, last_used_at = ? WHERE id = ?',
  );
  const remove = database.prepare('DELETE FROM tokens WHERE id = ?');
  const unseal = (id: string, sealed: Uint8Array): string | null => {
    try {
      return sealer.unseal(sealed, `token:${id}`);
    } catch {
      return null;
    }
  };
  const insertOne = (token: StoredToken): void => {
    if (token.secret === null) throw new Error('A locked token cannot be stored again.');
    insert.run(
      token.id, token.provider, token.alias, token.hash, sealer.seal(token.secret, `token:${token.id}`), token.role, token.account, token.userId,
      token.enabled ? 1 : 0, token.weight, token.priority, JSON.stringify(token.health), token.ok, token.failed, token.lastUsedAt, token.createdAt,
    ); // prettier-ignore
  };
  return {
    load: () =>
      select.all().map((raw) => {
        const row = Row.parse(raw);
        return {
          id: row.id, provider: row.provider, alias: row.alias, hash: row.hash, secret: unseal(row.id, row.secret),
          role: row.role, account: row.account, userId: row.user_id, enabled: row.enabled === 1, weight: row.weight, priority: row.priority, health: parseHealth(row.health),
          ok: row.ok, failed: row.failed, lastUsedAt: row.last_used_at, createdAt: row.created_at, origin: null,
        }; // prettier-ignore
      }),
    insert(tokens) {
      if (tokens.length > 0) inTransaction(database, () => tokens.forEach(insertOne));
    },
    update(token) {
      update.run(
        token.alias,
        token.role,
        token.account,
        token.userId,
        token.enabled ? 1 : 0,
        token.weight,
        token.priority,
        JSON.stringify(token.health),
        token.ok,
        token.failed,
        token.lastUsedAt,
        token.id,
      );
    },
    remove(id) {
      remove.run(id);
    },
  };
}
