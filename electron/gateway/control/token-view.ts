import type { Token, TokenState } from '../../../shared/token.ts';
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
    state: stateOf(token, pool, checking),
    reason: health.reason?.message ?? null,
    reasonCode: health.reason?.code ?? null,
    until: health.until,
    enabled: token.enabled,
    failures: health.failures,
    ok: token.ok,
    failed: token.failed,
    inFlight: pool.inFlight(token.id),
    lastUsedAt: token.lastUsedAt,
    createdAt: token.createdAt,
    external: token.origin !== null,
  };
}

function stateOf(token: StoredToken, pool: Pool, checking: boolean): TokenState {
  if (token.secret === null) return 'locked';
  if (checking) return 'checking';
  if (!token.enabled) return 'off';
  if (pool.probing(token.id)) return 'probing';
  return token.health.state;
}
