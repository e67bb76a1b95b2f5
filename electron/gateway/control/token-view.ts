import type { Token } from '../../../shared/token.ts';
import { endOf } from '../doctor/claims.ts';
import { shownState } from '../pool/health.ts';
import type { Pool } from '../pool/pool.ts';
import type { StoredToken } from '../pool/token-store.ts';

/** A token without its secret, as the window may see it. */
export function toToken(token: StoredToken, pool: Pool, checking: boolean): Token {
  const { health } = token;
  return {
    id: token.id,
    provider: token.provider,
    alias: token.alias,
    fingerprint: `#${token.hash.slice(0, 6)}`,
    role: token.role,
    account: token.account,
    state: shownState({
      health,
      locked: token.secret === null,
      enabled: token.enabled,
      checking,
      probing: pool.probing(token.id),
    }),
    reason: health.reason?.message ?? null,
    reasonCode: health.reason?.code ?? null,
    evidence: health.reason?.evidence ?? null,
    since: pool.shown(health.since),
    until: pool.shown(health.until),
    endsAt: token.secret === null ? null : endOf(token.secret),
    enabled: token.enabled,
    weight: token.weight,
    priority: token.priority,
    failures: health.failures,
    ok: token.ok,
    failed: token.failed,
    inFlight: pool.inFlight(token.id),
    lastUsedAt: token.lastUsedAt,
    createdAt: token.createdAt,
    external: token.origin !== null,
  };
}
