import { type ProviderId, usesApiKeys } from './provider.ts';

/** One candidate found in pasted text, and the line (from 1) it stood on. */
export interface Pasted {
  readonly line: number;
  readonly value: string;
}

/** Newlines are counted first; these part the rest. Chinese input methods type the full-width forms. */
const separators = /[\s,;，；、]+/u;

const wrapping = new Set('"\'`“”‘’「」[](){}<>');

/** What people copy along with a token: the header's name and scheme, the storage key. Compared without regard to case. */
const labels = ['authorization:', 'authorization=', 'token:', 'token=', 'passport_token_key=', 'bearer'];

/** A loop instead of a regular expression: anchored at the end, those take quadratic time on hostile text. */
function unwrap(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && wrapping.has(text.charAt(from))) from++;
  while (to > from && wrapping.has(text.charAt(to - 1))) to--;
  return text.slice(from, to);
}

/** `"token":` keeps its closing quote before the colon, so quotes and labels are taken off in turns. */
function bare(piece: string): string {
  let value = unwrap(piece);
  for (let turn = 0; turn < 4; turn++) {
    const start = value.slice(0, 20).toLowerCase().replaceAll('"', '');
    const label = labels.find((candidate) => start.startsWith(candidate));
    if (label === undefined) return value;
    if (label === 'bearer' && start.length > label.length) return value;
    const quotes = value.slice(0, label.length + 1).includes('"') ? 1 : 0;
    const rest = unwrap(value.slice(label.length + quotes));
    value = rest;
  }
  return value;
}

/** Takes pasted text apart into what may be tokens. Lines that start with `#` are comments. */
export function splitPasted(text: string): Pasted[] {
  const found: Pasted[] = [];
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|\n|\r/u);
  for (const [index, line] of lines.entries()) {
    if (line.trimStart().startsWith('#')) continue;
    for (const piece of line.split(separators)) {
      const value = bare(piece);
      if (value !== '') found.push({ line: index + 1, value });
    }
  }
  return found;
}

/** API keys are as short as their services like; web tokens never are. */
export const shortestToken = (provider: ProviderId): number => (usesApiKeys(provider) ? 4 : 20);

/** A first look only; whether it is one is for the provider to say. */
export function looksLikeToken(value: string, shortest = 20): boolean {
  return value.length >= shortest && /^[\x21-\x7e]+$/u.test(value);
}
