/** A statement of a TOML file with the place of its parts. Comments and blank lines are no statements. */
export interface Statement {
  readonly from: number;
  /** After its value or bracket; a comment on the same line is not part of it. */
  readonly to: number;
  /** The table it opens, or null. */
  readonly header: string | null;
  /** `key` as written, and where its value begins; for headers empty. */
  readonly key: string;
  readonly value: number;
}

/** The end of a string that begins here. */
function stringEnd(text: string, at: number): number {
  const quote = text.charAt(at);
  const long = quote.repeat(3);
  if (text.startsWith(long, at)) {
    for (let i = at + 3; i < text.length; i++) {
      if (quote === '"' && text[i] === '\\') i++;
      else if (text.startsWith(long, i)) {
        let close = i + 3;
        // Up to two quotes may stand before the closing ones.
        while (text[close] === quote && close < i + 5) close++;
        return close;
      }
    }
    return text.length;
  }
  for (let i = at + 1; i < text.length; i++) {
    if (quote === '"' && text[i] === '\\') i++;
    else if (text[i] === quote) return i + 1;
  }
  return text.length;
}

/** The end of a value: strings, lists and inline tables may hold line ends and signs of comments. */
function valueEnd(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const sign = text.charAt(at);
    if (sign === '"' || sign === "'") {
      at = stringEnd(text, at);
      continue;
    }
    if (sign === '[' || sign === '{') depth++;
    if (sign === ']' || sign === '}') depth--;
    if (sign === '#') {
      if (depth === 0) break;
      while (at < text.length && text[at] !== '\n') at++;
      continue;
    }
    if (sign === '\n' && depth === 0) break;
    at++;
  }
  return from + text.slice(from, at).trimEnd().length;
}

/** A valid text in its statements, in one pass. */
export function statements(text: string): Statement[] {
  const found: Statement[] = [];
  let at = 0;
  while (at < text.length) {
    const sign = text.charAt(at);
    if (/\s/.test(sign)) {
      at++;
    } else if (sign === '#') {
      while (at < text.length && text[at] !== '\n') at++;
    } else {
      const statement = sign === '[' ? header(text, at) : keyed(text, at);
      found.push(statement);
      at = Math.max(statement.to, at + 1);
    }
  }
  return found;
}

function header(text: string, from: number): Statement {
  const to = valueEnd(text, from);
  const name = /^\[+\s*(.*?)\s*\]+$/s.exec(text.slice(from, to))?.[1] ?? '';
  return { from, to, header: name, key: '', value: to };
}

function keyed(text: string, from: number): Statement {
  let at = from;
  while (at < text.length && text[at] !== '=' && text[at] !== '\n') {
    const sign = text[at];
    at = sign === '"' || sign === "'" ? stringEnd(text, at) : at + 1;
  }
  const key = text.slice(from, at).trim();
  let value = at + 1;
  while (text[value] === ' ' || text[value] === '\t') value++;
  return { from, to: valueEnd(text, value), header: null, key, value };
}
