import { looksLikeToken, shortestToken, splitPasted } from '../../../../../shared/paste.ts';
import type { ProviderId } from '../../../../../shared/provider.ts';
import type { Token } from '../../../../../shared/token.ts';
import { fingerprintOf } from '../../../../lib/fingerprint.ts';

export interface PasteNote {
  readonly line: number;
  readonly kind: 'duplicateInPaste' | 'duplicateSaved' | 'tooShort' | 'notToken';
  /** Fingerprint of a token, never any of its characters. */
  readonly fingerprint: string | null;
  /** The alias of the saved token that it repeats. */
  readonly alias: string | null;
}

export interface PasteReport {
  readonly read: number;
  readonly fresh: number;
  readonly notes: readonly PasteNote[];
}

export const emptyReport: PasteReport = { read: 0, fresh: 0, notes: [] };

/** Looks at pasted text without asking anyone: nothing leaves the window before the user says so. */
export async function reportPaste(text: string, saved: readonly Token[], provider: ProviderId): Promise<PasteReport> {
  const shortest = shortestToken(provider);
  const found = splitPasted(text);
  const savedAs = new Map(saved.map(({ fingerprint, alias }) => [fingerprint, alias]));
  const seen = new Set<string>();
  const notes: PasteNote[] = [];
  const candidates: { line: number; value: string; repeated: boolean }[] = [];
  for (const { line, value } of found) {
    if (!looksLikeToken(value, shortest)) {
      const kind = value.length < shortest ? 'tooShort' : 'notToken';
      notes.push({ line, kind, fingerprint: null, alias: null });
      continue;
    }
    candidates.push({ line, value, repeated: seen.has(value) });
    seen.add(value);
  }
  const fingerprints = await Promise.all(candidates.map(({ value }) => fingerprintOf(value)));
  let fresh = 0;
  for (const [index, { line, repeated }] of candidates.entries()) {
    const fingerprint = fingerprints[index] ?? null;
    const alias = fingerprint === null ? undefined : savedAs.get(fingerprint);
    if (repeated) notes.push({ line, kind: 'duplicateInPaste', fingerprint, alias: null });
    else if (alias !== undefined) notes.push({ line, kind: 'duplicateSaved', fingerprint, alias });
    else fresh++;
  }
  return { read: found.length, fresh, notes: notes.toSorted((a, b) => a.line - b.line) };
}
