import { readFileSync } from 'node:fs';
import { StartError } from '../shell.ts';

/**
 * The tokens of a file, as the Python server read it: one or more per line, separated by commas, `#` begins a
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

/** Null when there is no such file, which counts as empty. Throws StartError when it cannot be read. */
export function readTokensFile(file: string, variable: string): string[] | null {
  try {
    return parseTokensFile(readFileSync(file, 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'damaged';
    if (code === 'ENOENT') return null;
    throw new StartError(
      'invalid_environment',
      `${variable} is not allowed: it must be a file that this user may read (${file}: ${code}).`,
      78,
    );
  }
}
