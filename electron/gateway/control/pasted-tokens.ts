import { looksLikeToken, splitPasted } from '../../../shared/paste.ts';
import type { AddedLine } from '../../../shared/token.ts';
import { hashOf, type StoredToken } from '../pool/token-store.ts';

/** One candidate of a paste: what to report about it, and its secret when it is new. */
export interface PastedLine {
  readonly report: AddedLine;
  readonly secret: string | null;
  readonly hash: string;
}

/** Tells what is new in a paste from duplicates and from what is no token. Nothing is stored and nobody is asked. */
export function readPaste(text: string, saved: ReadonlyMap<string, StoredToken>, shortest: number): PastedLine[] {
  const seen = new Set<string>();
  return splitPasted(text).map(({ line, value }): PastedLine => {
    const report: AddedLine = {
      line,
      id: null,
      fingerprint: null,
      outcome: 'not-a-token',
      alias: null,
      tookMs: null,
      reason: null,
    };
    if (!looksLikeToken(value, shortest)) return { report, secret: null, hash: '' };
    const hash = hashOf(value);
    report.fingerprint = `#${hash.slice(0, 6)}`;
    const known = saved.get(hash);
    if (seen.has(hash)) report.outcome = 'duplicate-in-paste';
    else if (known) Object.assign(report, { outcome: 'duplicate-saved', alias: known.alias });
    else report.outcome = 'unchecked';
    seen.add(hash);
    return { report, secret: report.outcome === 'unchecked' ? value : null, hash };
  });
}

/** `Z1`, `Z2`, … without those in use; each call gives the next. */
export function aliasMaker(letter: string, used: Iterable<string>): () => string {
  const taken = new Set(used);
  let number = taken.size;
  return () => {
    do number++;
    while (taken.has(`${letter}${number}`));
    return `${letter}${number}`;
  };
}
