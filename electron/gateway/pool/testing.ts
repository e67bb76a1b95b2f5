import type { Health } from './health.ts';
import { fresh } from './health.ts';
import { hashOf, type StoredToken } from './token-store.ts';

/** A healthy saved token for tests; its secret is its alias. */
export function storedToken(provider: string, alias: string, changes: Partial<StoredToken> = {}): StoredToken {
  const health: Health = { ...fresh, state: 'ready' };
  return {
    id: alias, provider, alias, hash: hashOf(alias), secret: alias, role: 'user', account: null, userId: null, enabled: true,
    weight: 1, priority: 1, health, ok: 0, failed: 0, lastUsedAt: null, createdAt: 0, origin: null, ...changes,
  }; // prettier-ignore
}
