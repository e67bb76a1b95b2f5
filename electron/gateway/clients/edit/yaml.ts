import { isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { cut, indentAt, lineEnd, lineStart } from './layout.ts';
import type { Path, Step, Value } from './path.ts';

/**
 * YAML in block style. The library's own writer lays the whole document out anew; here the nodes' places are used to change
 * single lines.
 */

type Container = YAMLMap | YAMLSeq;
interface Place {
  readonly from: number;
  /** After the value itself, before a comment that follows it. */
  readonly to: number;
}

function open(text: string) {
  const document = parseDocument(text);
  if (document.errors.length > 0) throw document.errors[0] ?? new Error('no YAML');
  return document;
}

const startOf = (node: unknown): number =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? Number(node.range[0])
    : -1;
const endOf = (node: unknown): number =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
    ? Number(node.range[1])
    : -1;
const isContainer = (node: unknown): node is Container => isMap(node) || isSeq(node);

const pairOf = (map: unknown, key: string): Pair | undefined =>
  isMap(map) ? map.items.find((pair) => isScalar(pair.key) && pair.key.value === key) : undefined;

function valueAt(node: unknown, step: Step): unknown {
  if (typeof step === 'string') return pairOf(node, step)?.value ?? undefined;
  if (!isSeq(node)) return undefined;
  return node.items.find((item) => {
    const named = pairOf(item, step.by)?.value;
    return isScalar(named) && named.value === step.is;
  });
}

/** Text of the end of what is written, without the line end that block nodes count as theirs. */
const trimmed = (text: string, from: number, to: number): number => from + text.slice(from, to).trimEnd().length;

const plainWord = /^[A-Za-z][\w./-]*$/;
const reserved = /^(true|false|null|yes|no|on|off|y|n)$/i;
const print = (value: Value): string =>
  typeof value === 'string'
    ? plainWord.test(value) && !reserved.test(value)
      ? value
      : JSON.stringify(value)
    : JSON.stringify(value);

/** The lines of what is missing, below the container that is there. */
function lines(path: Path, value: Value, indent: string): string[] {
  const [step, ...rest] = path;
  if (step === undefined) return [];
  if (typeof step !== 'string') {
    const [first, ...more] = [`${step.by}: ${print(step.is)}`, ...lines(rest, value, '')];
    return [`${indent}- ${first}`, ...more.map((line) => `${indent}  ${line}`)];
  }
  const [next] = rest;
  if (next === undefined) return [`${indent}${step}: ${print(value)}`];
  return [`${indent}${step}:`, ...lines(rest, value, `${indent}  `)];
}

function insertLines(text: string, after: number, added: readonly string[]): string {
  const eol = lineEnd(text);
  const next = text.indexOf('\n', after);
  if (next === -1) return `${text}${text === '' || text.endsWith('\n') ? '' : eol}${added.join(eol)}${eol}`;
  return `${text.slice(0, next + 1)}${added.join(eol)}${eol}${text.slice(next + 1)}`;
}

/** How far the entries of a container are indented: as its first one is. */
function indentOf(text: string, container: Container): string {
  const [first] = container.items;
  if (isSeq(container)) {
    const at = startOf(first);
    return ' '.repeat(text.lastIndexOf('-', at) - lineStart(text, at));
  }
  const at = startOf(isMap(container) ? container.items[0]?.key : first);
  return ' '.repeat(at - lineStart(text, at));
}

function place(text: string, container: Container, step: Step): Place | null {
  if (typeof step === 'string') {
    const pair = pairOf(container, step);
    if (!pair) return null;
    const from = startOf(pair.key);
    const end = pair.value === null ? text.indexOf(':', endOf(pair.key)) + 1 : endOf(pair.value);
    return { from, to: trimmed(text, from, end) };
  }
  const item = valueAt(container, step);
  if (item === undefined) return null;
  const from = text.lastIndexOf('-', startOf(item));
  return { from, to: trimmed(text, from, endOf(item)) };
}

function endOfLast(container: Container): number {
  if (isSeq(container)) return endOf(container.items.at(-1));
  const last = container.items.at(-1);
  return endOf(last?.value ?? last?.key);
}

/** Adds below a container; an empty one (`[]`, nothing at all) is written anew in block style. */
function insert(text: string, container: unknown, parent: Place | null, path: Path, value: Value): string {
  if (isContainer(container) && container.items.length > 0 && container.flow !== true) {
    const from = startOf(container);
    return insertLines(text, trimmed(text, from, endOfLast(container)), lines(path, value, indentOf(text, container)));
  }
  if (!parent) return insertLines(text, text.length, lines(path, value, ''));
  const indent = `${indentAt(text, parent.from)}  `;
  const colon = text.indexOf(':', parent.from) + 1;
  return insertLines(text.slice(0, colon) + text.slice(parent.to), colon, lines(path, value, indent));
}

export const yaml = {
  parse(text: string): unknown {
    const value: unknown = open(text).toJS({ maxAliasCount: 100 });
    return value ?? {};
  },

  set(text: string, path: Path, value: Value): string {
    let node: unknown = open(text).contents;
    let parent: Place | null = null;
    for (const [at, step] of path.entries()) {
      const next = valueAt(node, step);
      if (next === undefined || (isScalar(next) && next.value === null)) {
        const here = isContainer(node) ? place(text, node, step) : null;
        // `key:` without a value is there already, and only lacks what belongs below it.
        if (here && at < path.length - 1) return insert(text, undefined, here, path.slice(at + 1), value);
        return here
          ? `${text.slice(0, here.to)} ${print(value)}${text.slice(here.to)}`
          : insert(text, node, parent, path.slice(at), value);
      }
      parent = isContainer(node) ? place(text, node, step) : null;
      node = next;
    }
    return text.slice(0, startOf(node)) + print(value) + text.slice(endOf(node));
  },

  remove(text: string, path: Path): string {
    let node: unknown = open(text).contents;
    for (const step of path.slice(0, -1)) node = valueAt(node, step);
    const [last] = path.slice(-1);
    const found = last !== undefined && isContainer(node) ? place(text, node, last) : null;
    return found ? cut(text, found.from, found.to) : text;
  },
};
