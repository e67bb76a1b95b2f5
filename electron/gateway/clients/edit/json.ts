import { createScanner, getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser';
import { cut, indentAt, indentUnit, lineEnd, lineStart } from './layout.ts';
import { nested, type Path, type Step, type Value } from './path.ts';

/** JSON, with the comments and trailing commas that many clients allow. Own edits: `modify` of jsonc-parser moves and takes out comments. */

/** Of jsonc-parser's SyntaxKind, a const enum that only its own compiler can read. */
const kinds = { comma: 5, lineBreak: 14, eof: 17 } as const;

function tree(text: string): Node {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || root?.type !== 'object') throw new Error('no JSON object');
  return root;
}

const isEmpty = (text: string): boolean => text.trim() === '';
const end = (node: Node): number => node.offset + node.length;

/** The entry of a container: a property with key and value, or an item. */
function entry(container: Node, step: Step): Node | undefined {
  return container.children?.find((one) =>
    typeof step === 'string'
      ? container.type === 'object' && one.children?.[0]?.value === step
      : container.type === 'array' &&
        one.children?.some(({ children }) => children?.[0]?.value === step.by && children[1]?.value === step.is),
  );
}

const valueOf = (node: Node, step: Step): Node | undefined => (typeof step === 'string' ? node.children?.[1] : node);

function print(value: unknown, unit: string, indent: string, eol: string): string {
  return JSON.stringify(value, null, unit).replaceAll('\n', `${eol}${indent}`);
}

/** The first end of a line after a place that is in no comment. */
function nextLineEnd(text: string, from: number, to: number): number {
  const scanner = createScanner(text, false);
  scanner.setPosition(from);
  for (let kind: number = scanner.scan(); kind !== kinds.eof && scanner.getTokenOffset() < to; kind = scanner.scan())
    if (kind === kinds.lineBreak) return scanner.getTokenOffset();
  return -1;
}

/** The end of a comma that follows, comments aside; -1 when something else does. */
function commaAfter(text: string, from: number): number {
  const scanner = createScanner(text, true);
  scanner.setPosition(from);
  const kind: number = scanner.scan();
  return kind === kinds.comma ? scanner.getTokenOffset() + 1 : -1;
}

function insertProperty(text: string, container: Node, key: string, value: unknown): string {
  const [unit, eol] = [indentUnit(text), lineEnd(text)];
  const outer = indentAt(text, container.offset);
  const first = container.children?.[0];
  const open = container.offset + 1;
  const close = end(container) - 1;
  const name = JSON.stringify(key);
  if (!first) {
    const line = `${eol}${outer}${unit}${name}: ${print(value, unit, outer + unit, eol)}`;
    const inside = text.slice(open, close);
    return text.slice(0, open) + line + (inside.trim() === '' ? eol + outer : inside) + text.slice(close);
  }
  // First in its object, so that no other line needs a comma.
  const at = nextLineEnd(text, open, first.offset);
  if (at === -1) return `${text.slice(0, first.offset)}${name}: ${JSON.stringify(value)}, ${text.slice(first.offset)}`;
  const own = text.slice(lineStart(text, first.offset), first.offset);
  const inner = own.trim() === '' ? own : outer + unit;
  return `${text.slice(0, at)}${eol}${inner}${name}: ${print(value, unit, inner, eol)},${text.slice(at)}`;
}

function appendItem(text: string, container: Node, value: unknown): string {
  const [unit, eol] = [indentUnit(text), lineEnd(text)];
  const outer = indentAt(text, container.offset);
  const last = container.children?.at(-1);
  const close = end(container) - 1;
  const item = `${eol}${outer}${unit}${print(value, unit, outer + unit, eol)}`;
  const before = text.slice(0, close).trimEnd();
  const space = text.slice(before.length, close);
  if (!last) return before + item + (space.includes('\n') ? space : eol + outer) + text.slice(close);
  const comma = commaAfter(text, end(last)) !== -1;
  const head = comma ? before : `${before.slice(0, end(last))},${before.slice(end(last))}`;
  return `${head}${item}${comma ? ',' : ''}${space.includes('\n') ? space : eol + outer}${text.slice(close)}`;
}

export const json = {
  parse: (text: string): unknown => (isEmpty(text) ? {} : getNodeValue(tree(text))),

  set(text: string, path: Path, value: Value): string {
    if (isEmpty(text)) return `${JSON.stringify(nested(path, value), null, 2)}\n`;
    let node = tree(text);
    for (const [at, step] of path.entries()) {
      const found = entry(node, step);
      const next = found && valueOf(found, step);
      if (next) {
        node = next;
        continue;
      }
      if (typeof step === 'string') return insertProperty(text, node, step, nested(path.slice(at + 1), value));
      const made = nested(path.slice(at), value);
      return appendItem(text, node, Array.isArray(made) ? made[0] : made);
    }
    const printed = print(value, indentUnit(text), indentAt(text, node.offset), lineEnd(text));
    return text.slice(0, node.offset) + printed + text.slice(end(node));
  },

  remove(text: string, path: Path): string {
    let container = tree(text);
    let found: Node | undefined;
    for (const [at, step] of path.entries()) {
      found = entry(container, step);
      const next = found && valueOf(found, step);
      if (!next) return text;
      if (at < path.length - 1) container = next;
    }
    if (!found) return text;
    const comma = commaAfter(text, end(found));
    // What follows on the same line moves up to its place.
    const gap = /^[ \t]*(?=[^\s/])/.exec(text.slice(Math.max(comma, 0)))?.[0].length ?? 0;
    if (comma !== -1) return cut(text, found.offset, comma + gap);
    const before = container.children?.[container.children.indexOf(found) - 1];
    const shorter = cut(text, found.offset, end(found));
    const loose = before ? commaAfter(shorter, end(before)) : -1;
    return loose === -1 ? shorter : shorter.slice(0, loose - 1) + shorter.slice(loose);
  },
};
