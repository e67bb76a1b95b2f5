import { homedir } from 'node:os';
import { redact } from '../exchange/redact.ts';

/** Takes every known secret out of a text, and all that looks like one; also the user's name in paths. */
export function scrubber(secrets: Iterable<string>, folders: readonly string[]): (text: string) => string {
  const known = new Set([...secrets].filter((secret) => secret.length >= 4));
  const homes = [homedir(), ...folders].filter((folder) => folder.length > 3).toSorted((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const folder of homes) clean = clean.replaceAll(folder, '~');
    // Word by word, so that ten thousand secrets cost no more than one; once as a whole and once in its parts.
    clean = clean.replace(/[^\s"'`\\<>]{4,}/g, (word) => (known.has(word) ? '[secret]' : word));
    clean = clean.replace(/[^\s"'`\\<>=:&?,;()[\]{}]{4,}/g, (part) => (known.has(part) ? '[secret]' : part));
    return redact(clean, Number.MAX_SAFE_INTEGER / 4);
  };
}

/** An address without user, password, query and fragment. */
export function plainAddress(address: string): string {
  const url = URL.parse(address);
  return url ? `${url.protocol}//${url.host}${url.pathname}` : '[not an address]';
}
