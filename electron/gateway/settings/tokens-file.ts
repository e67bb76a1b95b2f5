import { readFileSync } from 'node:fs';
import { StartError } from '../shell.ts';

/**
 * The tokens of a file, as the Python server read it: one or more per line, separated by commas, `#` begins a
 * comment line; a byte order mark is dropped.
 */
export function readTokenLines(text: string): { readonly line: number; readonly token: string }[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((content, at) => ({ line: at + 1, content: content.trim() }))
    .filter(({ content }) => content !== '' && !content.startsWith('#'))
    .flatMap(({ line, content }) => content.split(',').map((token) => ({ line, token: token.trim() })))
    .filter(({ token }) => token !== '');
}

/** Each once, at its first place. */
export function parseTokensFile(text: string): string[] {
  return [...new Set(readTokenLines(text).map(({ token }) => token))];
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
