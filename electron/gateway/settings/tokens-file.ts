import { readFileSync } from 'node:fs';

/**
 * The tokens of an AUTH_TOKENS_FILE, as the Python server read it: one or more per line, separated by commas, `#` begins a
 * comment line; a byte order mark is dropped and duplicates keep their first place.
 */
export function parseTokensFile(text: string): string[] {
  const tokens = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => line.split(',').map((token) => token.trim()))
    .filter((token) => token !== '');
  return [...new Set(tokens)];
}

/** Null when there is no such file, which counts as empty. Throws when it cannot be read. */
export function readTokensFile(file: string): string[] | null {
  try {
    return parseTokensFile(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
