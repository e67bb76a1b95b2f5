import type { AddedLine } from '../../../shared/token.ts';
import type { Examined } from '../doctor/diagnose.ts';

/** One candidate of a paste: what to report about it, and its secret when it is to be saved. */
export interface PastedLine {
  readonly report: AddedLine;
  readonly secret: string | null;
  readonly hash: string;
}

/** What is new for this provider, and why the rest is not saved. */
export function toLine({ item, secret, hash, verdict }: Examined): PastedLine {
  const report: AddedLine = {
    line: item.line,
    id: null,
    fingerprint: item.fingerprint,
    outcome: outcomeOf(item, verdict),
    provider: verdict === 'elsewhere' ? item.provider : null,
    alias: item.duplicate?.of === 'saved' ? item.duplicate.alias : null,
    tookMs: null,
    reason: null,
  };
  return { report, secret: verdict === 'fresh' ? secret : null, hash };
}

function outcomeOf({ problem, duplicate }: Examined['item'], verdict: Examined['verdict']): AddedLine['outcome'] {
  if (verdict === 'fresh') return 'unchecked';
  if (verdict === 'elsewhere') return 'elsewhere';
  if (problem === 'expired' || problem === 'guest') return problem;
  if (problem === 'other-service') return 'elsewhere';
  if (problem !== null) return 'not-a-token';
  return duplicate?.of === 'saved' ? 'duplicate-saved' : 'duplicate-in-paste';
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
