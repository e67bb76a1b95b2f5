import { createHmac } from 'node:crypto';
import type { StoredToken } from '../pool/token-store.ts';

/**
 * The name of a token among replicas. They have nothing in common but the token itself, so it is the key: HMAC-SHA-256 of the
 * provider, keyed with the token's SHA-256. It occurs nowhere else, neither in a window (fingerprint) nor in a database (hash),
 * and says nothing of the token to whoever cannot name it.
 */
export function digestOf({ hash, provider }: Pick<StoredToken, 'hash' | 'provider'>): string {
  return createHmac('sha256', Buffer.from(hash, 'hex')).update(`traygate replicas 1 ${provider}`).digest('base64url');
}
