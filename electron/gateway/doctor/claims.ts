import { claimsOf } from '../providers/wire/web/identity.ts';
import { isRecord, type Json } from '../providers/wire/shared/json.ts';

const epoch2100 = 4_102_444_800;

export interface Jwt {
  readonly algorithm: string | null;
  readonly claims: Json;
  /** Epoch milliseconds; null: it does not say. */
  readonly expiresAt: number | null;
}

/** `damaged`: begins like a token of this kind and is none, as when it was copied in part. Null: something else. */
export function readJwt(text: string): Jwt | 'damaged' | null {
  if (!text.startsWith('eyJ')) return null;
  const parts = text.split('.', 4);
  if (parts.length !== 3 || parts.some((part) => !/^[\w-]+={0,2}$/.test(part))) return 'damaged';
  const header = parsed(parts[0] ?? '');
  const claims = claimsOf(text);
  if (!header || !parsed(parts[1] ?? '')) return 'damaged';
  const { exp } = claims;
  const inRange = typeof exp === 'number' && exp > 0 && exp < epoch2100;
  return {
    algorithm: typeof header['alg'] === 'string' ? header['alg'] : null,
    claims,
    expiresAt: inRange ? exp * 1000 : null,
  };
}

/** When a token says that it ends, in epoch milliseconds; null where it says nothing. */
export function endOf(text: string): number | null {
  const jwt = readJwt(text);
  return jwt === null || jwt === 'damaged' ? null : jwt.expiresAt;
}

function parsed(part: string): Json | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
