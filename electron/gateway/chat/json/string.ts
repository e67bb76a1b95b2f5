/** One string of tolerant JSON. Every character is looked at a bounded number of times. */

export interface StringRead {
  readonly value: string;
  readonly end: number;
  /** The input ended first. */
  readonly cut: boolean;
  /** It was not strict JSON. */
  readonly repaired: boolean;
}

/** Where the string stands: it decides what may come after its closing quote. */
export type Place = 'key' | 'member' | 'item' | 'top';

const closings: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '”': '”', '‘': '’' };
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const afterMember = /\s*["'“\w$}]/y;
const nextMember = /\s*\n\s*["'“][\w$. -]{1,64}["'”]\s*:/y;
export const isQuote = (char: string): boolean => Object.hasOwn(closings, char);

/** As `\s` in a pattern, without the cost of one. */
const isBlank = (code: number): boolean =>
  code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0xa0 && /\s/.test(String.fromCharCode(code)));

export function skipBlanks(text: string, at: number): number {
  let place = at;
  while (place < text.length && isBlank(text.charCodeAt(place))) place += 1;
  return place;
}

function sees(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/**
 * Whether the quote before `at` closes the string. In strict JSON it always does; models forget to escape quotes, and such a
 * quote is followed by something no JSON could go on with.
 */
function closes(text: string, at: number, place: Place): boolean {
  const next = skipBlanks(text, at);
  const char = text.charAt(next);
  if (char === '') return true;
  if (place === 'key') return char === ':';
  if (char === '}' || char === ']') return true;
  if (char === ',') return place !== 'member' || next + 1 >= text.length || sees(afterMember, text, next + 1);
  return place === 'top' || (place === 'member' && sees(nextMember, text, at));
}

function escaped(text: string, at: number): { readonly value: string; readonly end: number; readonly strict: boolean } {
  const char = text.charAt(at + 1);
  const code = char === 'u' ? /^[\da-f]{4}/i.exec(text.slice(at + 2, at + 6))?.[0] : undefined;
  if (code !== undefined) return { value: String.fromCharCode(Number.parseInt(code, 16)), end: at + 6, strict: true };
  const known = escapes[char];
  // A backslash that means nothing is one the model forgot to double, as in a pattern or a Windows path.
  if (known === undefined) return { value: `\\${char}`, end: at + 2, strict: false };
  return { value: known, end: at + 2, strict: char !== "'" };
}

const isControl = (code: number): boolean => code < 0x20 || (code >= 0x7f && code < 0xa0);

/** The next character that means something in a string: a quote that may close it, a backslash, a control character. */
function nextStop(text: string, from: number, closing: string): number {
  const quote = closing.charCodeAt(0);
  const other = closing === "'" ? quote : 0x22;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote || code === other || code === 0x5c || isControl(code)) return at;
  }
  return -1;
}

/** Reads the string whose opening quote is at `from`. */
export function readString(text: string, from: number, place: Place): StringRead {
  const opening = text.charAt(from);
  const closing = closings[opening] ?? '"';
  const pieces: string[] = [];
  let repaired = opening !== '"';
  let at = from + 1;
  for (;;) {
    const stop = nextStop(text, at, closing);
    if (stop < 0) return { value: pieces.join('') + text.slice(at), end: text.length, cut: true, repaired: true };
    pieces.push(text.slice(at, stop));
    const mark = text.charAt(stop);
    if (mark === '\\') {
      const { value, end, strict } = escaped(text, stop);
      pieces.push(value);
      repaired ||= !strict;
      at = end;
    } else if (isControl(mark.charCodeAt(0))) {
      pieces.push(mark);
      repaired ||= mark < ' ';
      at = stop + 1;
    } else {
      at = stop + 1;
      if (closes(text, at, place)) {
        return { value: pieces.length === 1 ? (pieces[0] ?? '') : pieces.join(''), end: at, cut: false, repaired };
      }
      pieces.push(mark);
      repaired = true;
    }
  }
}
