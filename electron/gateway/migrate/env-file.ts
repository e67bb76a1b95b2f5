const assignment =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|([^\r\n]*))/gm;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/**
 * A `.env` file as the Python server read it: of unquoted values a `#` begins a comment only after a blank (Node's own reader
 * would cut a key at any `#`), `${NAME}` is what stands before it in the file, names count in any case, the last one wins.
 */
export function readEnvText(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', single, double, plain = ''] of text.replace(/^\uFEFF/, '').matchAll(assignment)) {
    const value = single ?? double ?? plain.replace(/(?:^|\s+)#.*$/, '').trim();
    found.set(
      name.toUpperCase(),
      single === undefined ? filled(double === undefined ? value : unescaped(value), found) : quoted(value),
    );
  }
  return found;
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
