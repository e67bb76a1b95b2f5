import { bare } from './bare.ts';
import { type Pasted, tokenCookies } from './pasted.ts';

/** One `name=value` of a cookie header. */
const pair = /^\s*([\w!#$%&'*+.^`|~-]{1,100})=(.*)$/s;

/** The tokens in a cookie header: the cookies whose names are known. */
export function cookiesIn(header: string, host: string | null): Omit<Pasted, 'line'>[] {
  return header.split(';').flatMap((piece) => {
    const [, name = '', value = ''] = pair.exec(piece) ?? [];
    const known = name.toLowerCase();
    return tokenCookies.has(known) && value.trim() !== ''
      ? [{ place: 'cookie', name: known, value: decoded(bare(value.trim())), host }]
      : [];
  });
}

/** Whether a line is a cookie header without its name: pairs, and nothing but pairs. */
export function looksLikeCookies(line: string): boolean {
  const pieces = line.split(';').filter((piece) => piece.trim() !== '');
  // Tokens may end in =, which makes no pair of them.
  return pieces.length > 1 && pieces.every((piece) => /[^=\s]/.test(pair.exec(piece)?.[2] ?? ''));
}

/** Cookies and queries carry some characters in percent form. */
export function decoded(value: string): string {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
