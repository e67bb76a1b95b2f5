/**
 * Patterns that match a text from its beginning, or what there is of it when the input ends first: `^ab` as a pattern made
 * here also matches a lone `a` at the end. So one regular expression answers both questions of a stream: is this a marker,
 * and may it still become one. The last piece of a whole pattern must be a single character in a named group; that group
 * took part exactly when the match is complete.
 */

const escape = (char: string): string => char.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');

/** Pieces one after another; the input may end between any two. */
export const seq = (...parts: readonly string[]): string =>
  parts.reduceRight((rest, part) => (rest === '' ? part : `${part}(?:$|${rest})`), '');

/** A word; the input may end inside it. Only characters of the basic plane. */
export const literal = (word: string): string => seq(...Array.from(word, escape));

export const any = (...choices: readonly string[]): string => `(?:${choices.join('|')})`;

export const group = (name: string, pattern: string): string => `(?<${name}>${pattern})`;

/** Blanks inside a marker. Bounded, so that what is held back is. */
export const blanks = '\\s{0,64}';

/** What providers allow in a tool's name, and a little more. */
export const nameChars = '[\\w.:/-]{1,128}';
