import { structuredPatch } from 'diff';
import type { DiffLine } from '../../../shared/clients.ts';
import { redact } from '../exchange/redact.ts';

const context = 3;
const masks = 4;
/** Longer lines are data of the client's, not settings that one reads. */
const longest = 400;

export const maskKey = (key: string): string => `…${key.slice(-masks)}`;

/** Takes secrets out of a line: the given ones are shown by their last characters, what only looks like one not at all. */
export function hide(text: string, secrets: readonly string[]): string {
  const marked = secrets
    .filter((secret) => secret.length >= 8)
    .reduce((line, secret) => line.replaceAll(secret, maskKey(secret)), text);
  return redact(marked, longest);
}

/** What changes between two texts, line by line, with a little of what surrounds it and without any secret. */
export function showDiff(before: string, after: string, secrets: readonly string[]): DiffLine[] {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context });
  const shown: DiffLine[] = [];
  for (const { oldStart, lines } of hunks) {
    if (oldStart > 1) shown.push({ kind: 'gap', text: '' });
    for (const line of lines) {
      // "\\ No newline at end of file"
      if (line.startsWith('\\')) continue;
      const kind = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'same';
      shown.push({ kind, text: hide(line.slice(1).replace(/\r$/, ''), secrets) });
    }
  }
  return shown;
}
