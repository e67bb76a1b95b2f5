import { isRecord, type Json } from '../shared/json.ts';

/** What a token says about its owner. It is read, never verified: only the site can do that. */
export function claimsOf(token: string): Json {
  const payload = token.split('.')[1];
  if (!payload) return {};
  try {
    const parsed: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return isRecord(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

/** The first of the usual id fields that holds something. */
export function idIn(record: Json, keys: readonly string[] = ['id', 'user_id', 'uid', 'sub']): string | undefined {
  for (const key of keys) {
    const value = record[key];
    if (typeof value === 'string' && value) return value;
    if (Number.isSafeInteger(value)) return String(value);
  }
  return undefined;
}

/** The account id inside a token, when it has one. */
export const tokenUserId = (token: string): string | undefined => idIn(claimsOf(token));

const masked = (text: string): string => `${text.slice(0, 1)}•••`;

/** `j•••@g•••.com`: enough to recognise one's own account, too little for anybody else. */
export function maskAccount(email: unknown): string | undefined {
  if (typeof email !== 'string') return undefined;
  const at = email.lastIndexOf('@');
  if (at < 1) return undefined;
  const domain = email.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  return `${masked(email.slice(0, at))}@${masked(domain)}${dot > 0 ? domain.slice(dot) : ''}`;
}
