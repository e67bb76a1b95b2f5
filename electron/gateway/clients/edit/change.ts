import { isDeepStrictEqual } from 'node:util';
import { type FormatName, formats } from './format.ts';
import { isTable, type Path, read, showPath, type Value, write } from './path.ts';

/** One key of a file and what it shall hold; null: it shall not be there. */
export interface Edit {
  readonly path: Path;
  readonly value: Value | null;
  /** Holds a key, so it is never shown. */
  readonly secret?: boolean;
  /** Only where nothing is there yet. */
  readonly missing?: boolean;
}

export class Unparsable extends Error {
  override readonly name = 'Unparsable';
}

/** The file is written in a way that its keys cannot be changed one by one without touching others. */
export class NotEditable extends Error {
  override readonly name = 'NotEditable';
}

/** Throws Unparsable. */
export function parse(format: FormatName, text: string): unknown {
  try {
    return formats[format].parse(text);
  } catch (error) {
    throw new Unparsable('not valid', { cause: error });
  }
}

// The parsers give objects with and without prototypes.
const same = (one: unknown, other: unknown): boolean => isDeepStrictEqual(structuredClone(one), structuredClone(other));

/** Those that would change something. */
export function pending(document: unknown, edits: readonly Edit[]): Edit[] {
  return edits.filter(({ path, value, missing }) => {
    const now = read(document, path);
    return missing === true ? now === undefined : !same(now, value ?? undefined);
  });
}

/**
 * Changes keys of a text and nothing else: each result is parsed and must hold exactly what was meant. Throws Unparsable,
 * NotEditable.
 */
export function change(format: FormatName, text: string, edits: readonly Edit[]): string {
  let now = text;
  const wanted = pending(parse(format, text), edits);
  // JSON adds at the head of an object, so the last goes first.
  for (const { path, value } of format === 'json' ? wanted.toReversed() : wanted) {
    const old = read(parse(format, now), path);
    // A table that stands there may hold anything, comments too.
    if (value !== null && old !== undefined && !isValue(old)) throw new NotEditable(showPath(path));
    const meant = write(parse(format, now), path, value ?? undefined);
    let next: string;
    try {
      next = value === null ? formats[format].remove(now, path) : formats[format].set(now, path, value);
      if (!same(formats[format].parse(next), meant)) throw new Error('other keys would change');
    } catch (error) {
      throw new NotEditable(showPath(path), { cause: error });
    }
    now = next;
  }
  return now;
}

const holdsNothing = (value: unknown): boolean =>
  value === undefined ||
  (isTable(value) && Object.values(value).every(holdsNothing)) ||
  (Array.isArray(value) && value.every(holdsNothing));

/** The outermost part of a path that was not there before and holds nothing but what was put there. */
function emptied(path: Path, before: unknown, without: unknown): Path {
  for (let length = 1; length < path.length; length++) {
    const part = path.slice(0, length);
    if (read(before, part) === undefined && holdsNothing(read(without, part))) return part;
  }
  return path;
}

/** What brings keys back to what they held before, in a document that may have gone on changing. */
export function reverse(before: unknown, now: unknown, paths: readonly Path[]): Edit[] {
  const own = paths.flatMap((path): Path[] => [
    path,
    // The name by which an item is found came with it.
    ...path.flatMap((step, at) => (typeof step === 'string' ? [] : [[...path.slice(0, at + 1), step.by]])),
  ]);
  const without = own
    .filter((path) => read(before, path) === undefined)
    .reduce<unknown>((document, path) => strip(document, path), now);
  const edits = new Map<string, Edit>();
  for (const path of paths) {
    const old = read(before, path);
    if (old === undefined) {
      const part = emptied(path, before, without);
      if (read(now, part) !== undefined) edits.set(showPath(part), { path: part, value: null });
    } else if (isValue(old)) edits.set(showPath(path), { path, value: old });
    else throw new NotEditable(showPath(path));
  }
  return [...edits.values()];
}

/** Takes a key out, an item's name included, without forgetting which item it was. */
function strip(document: unknown, path: Path): unknown {
  const at = path.findLastIndex((step) => typeof step !== 'string');
  const key = path.at(-1);
  const step = path[at];
  const isName = at === path.length - 2 && typeof step === 'object' && key === step.by;
  if (!isName) return write(document, path, undefined);
  const item = read(document, path.slice(0, -1));
  // The item stays findable only by its name, so a nameless one that is otherwise empty counts as gone.
  if (!isTable(item)) return document;
  const others = Object.entries(item).filter(([name]) => name !== key);
  return others.every(([, value]) => holdsNothing(value)) ? write(document, path.slice(0, -1), undefined) : document;
}

const isValue = (value: unknown): value is Value =>
  ['string', 'number', 'boolean'].includes(typeof value) ||
  (Array.isArray(value) && value.every((item) => typeof item === 'string'));
