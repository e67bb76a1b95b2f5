import type { JsonNode } from './node.ts';
import { isQuote, readString, skipBlanks, type Place } from './string.ts';

/**
 * Reads JSON as models write it: strict JSON exactly, and beside it single or curly quotes, bare keys, comments, Python's
 * words, raw line breaks and unescaped quotes in strings, surplus or missing commas, brackets that are missing or do not
 * match. An own reader instead of the jsonrepair package: it must know where a value ends in running text, what was cut off
 * and what was only untidy, keep digits and keys as data, and be linear on hostile text.
 */

export interface JsonRead {
  readonly node: JsonNode;
  /** The position after the value. */
  readonly end: number;
  /** It was not strict JSON. */
  readonly repaired: boolean;
}

/** More nesting than any tool's arguments have; a bound for the stack. */
const maxDepth = 200;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.+-])/iy;
const word = /[^\s,:{}[\]"'`<]+/y;
const key = /[\w$-]+/y;
const comment = /\/\/[^\n]*/y;
const words: Readonly<Record<string, JsonNode>> = {
  true: { kind: 'boolean', value: true },
  false: { kind: 'boolean', value: false },
  null: { kind: 'null' },
};
const otherWords: Readonly<Record<string, JsonNode>> = {
  True: { kind: 'boolean', value: true },
  False: { kind: 'boolean', value: false },
  None: { kind: 'null' },
  undefined: { kind: 'null' },
  NaN: { kind: 'null' },
};

class Reader {
  readonly #text: string;
  at: number;
  repaired = false;
  #depth = 0;

  constructor(text: string, from: number) {
    this.#text = text;
    this.at = from;
  }

  value(place: Place): JsonNode | undefined {
    const char = this.#skip();
    if (char === '{' || char === '[') {
      if (this.#depth >= maxDepth) return undefined;
      this.#depth += 1;
      this.at += 1;
      const node = char === '{' ? this.#object() : this.#array();
      this.#depth -= 1;
      return node;
    }
    if (isQuote(char)) return this.#string(place);
    const digits = this.#match(number);
    if (digits !== undefined) return { kind: 'number', text: digits };
    const bare = this.#match(word);
    if (bare === undefined) return undefined;
    const known = Object.hasOwn(words, bare) ? words[bare] : undefined;
    if (known) return known;
    this.repaired = true;
    return Object.hasOwn(otherWords, bare) ? otherWords[bare] : { kind: 'string', value: bare, cut: this.#over() };
  }

  #object(): JsonNode | undefined {
    const entries: (readonly [string, JsonNode])[] = [];
    for (let comma = true; ; comma = this.#comma(entries.length > 0)) {
      const char = this.#skip();
      if (char === '}') return this.#closed({ kind: 'object', entries, cut: false }, comma && entries.length > 0);
      if (char === ']') return this.#left({ kind: 'object', entries, cut: false });
      if (char === '') return this.#left({ kind: 'object', entries, cut: true });
      this.repaired ||= !comma;
      const name = isQuote(char) ? this.#string('key').value : this.#bareKey();
      if (name === undefined) return undefined;
      if (this.#skip() !== ':') return this.#over() ? this.#left({ kind: 'object', entries, cut: true }) : undefined;
      this.at += 1;
      const value = this.value('member');
      if (!value) {
        if (this.#over()) return this.#left({ kind: 'object', entries, cut: true });
        if (!/[,}]/.test(this.#skip())) return undefined;
        this.repaired = true;
      }
      entries.push([name, value ?? { kind: 'null' }]);
    }
  }

  #array(): JsonNode | undefined {
    const items: JsonNode[] = [];
    for (let comma = true; ; comma = this.#comma(items.length > 0)) {
      const char = this.#skip();
      if (char === ']') return this.#closed({ kind: 'array', items, cut: false }, comma && items.length > 0);
      if (char === '') return this.#left({ kind: 'array', items, cut: true });
      if (char === '}') {
        // One bracket too many, when the list goes on after it; else the list was not closed.
        const next = this.#text.charAt(skipBlanks(this.#text, this.at + 1));
        if (next !== ']' && next !== ',') return this.#left({ kind: 'array', items, cut: false });
        this.repaired = true;
        this.at += 1;
        continue;
      }
      this.repaired ||= !comma;
      const item = this.value('item');
      if (!item) return undefined;
      items.push(item);
    }
  }

  /** Steps over commas; says whether there was one. */
  #comma(wanted: boolean): boolean {
    let count = 0;
    for (; this.#skip() === ','; this.at += 1) count += 1;
    if (count > 1 || (count === 1 && !wanted)) this.repaired = true;
    return count > 0;
  }

  #closed(node: JsonNode, surplus: boolean): JsonNode {
    this.repaired ||= surplus;
    this.at += 1;
    return node;
  }

  #left(node: JsonNode): JsonNode {
    this.repaired = true;
    return node;
  }

  #string(place: Place): JsonNode & { kind: 'string' } {
    const { value, end, cut, repaired } = readString(this.#text, this.at, place);
    this.at = end;
    this.repaired ||= repaired;
    return { kind: 'string', value, cut };
  }

  #bareKey(): string | undefined {
    this.repaired = true;
    return this.#match(key);
  }

  /** The next character that is neither blank nor comment. */
  #skip(): string {
    for (;;) {
      this.at = skipBlanks(this.#text, this.at);
      if (this.#text.charAt(this.at) !== '/' || this.#match(comment) === undefined) return this.#text.charAt(this.at);
      this.repaired = true;
    }
  }

  #over(): boolean {
    return this.#skip() === '';
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }
}

/** The value that begins at `from`; undefined when there is none. */
export function readJson(text: string, from = 0): JsonRead | undefined {
  const reader = new Reader(text, from);
  const node = reader.value('top');
  return node && { node, end: reader.at, repaired: reader.repaired };
}

/** The value of a text that holds nothing else. */
export function readWhole(text: string): JsonRead | undefined {
  const read = readJson(text);
  return read && skipBlanks(text, read.end) >= text.length ? read : undefined;
}
