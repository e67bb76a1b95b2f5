const assignment =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|(?!['"])([^\r\n]*))/gm;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

export interface EnvFile {
  /** By name, in capitals. */
  readonly values: ReadonlyMap<string, string>;
  /** Lines that are neither empty, a comment nor `NAME=value`, and quotes that are never closed; counted from 1. */
  readonly strange: readonly number[];
}

/**
 * A `.env` file as the Python server read it: of unquoted values a `#` begins a comment only after a blank (Node's own reader
 * would cut a key at any `#`), `${NAME}` is what stands before it in the file, names count in any case, the last one wins.
 */
export function readEnvText(text: string): EnvFile {
  const values = new Map<string, string>();
  for (const [, name = '', single, double, plain = ''] of text.matchAll(assignment)) {
    const value = single ?? double ?? plain.replace(/(?:^|\s+)#.*$/, '').trim();
    values.set(
      name.toUpperCase(),
      single === undefined ? filled(double === undefined ? value : unescaped(value), values) : quoted(value),
    );
  }
  // What the assignments leave of their lines; those in quotes may have several.
  const rest = text.replace(assignment, (whole) => whole.replace(/[^\n]+/g, '')).split('\n');
  return { values, strange: rest.flatMap((line, at) => (/^\s*(?:#|$)/.test(line) ? [] : [at + 1])) };
}

const quoted = (text: string): string => text.replace(/\\(['\\])/g, '$1');
const unescaped = (text: string): string =>
  text.replace(/\\([\\"'nrt])/g, (_, letter: string) => escapes[letter] ?? letter);

const filled = (text: string, known: ReadonlyMap<string, string>): string =>
  text.replace(/\$\{(\w+)(?::-([^}]*))?\}/g, (_, name: string, instead: string | undefined) => {
    return known.get(name.toUpperCase()) ?? instead ?? '';
  });

/** The Python server's idea of true: the text `true` in any case, nothing else. */
export const isTrue = (text: string): boolean => text.trim().toLowerCase() === 'true';
