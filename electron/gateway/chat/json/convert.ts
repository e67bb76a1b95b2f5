import { isDeepStrictEqual } from 'node:util';
import { isBrokenOff } from './complete.ts';
import { type JsonNode, stringNode, writeJson } from './node.ts';
import { readWhole } from './read.ts';

/** Whether a value is of a type of JSON Schema. `1.0` is an integer there. */
export function hasType(node: JsonNode, type: string): boolean {
  if (type === 'integer') return node.kind === 'number' && /^-?\d+(?:\.0+)?$/.test(node.text);
  return node.kind === type;
}

function fromText(text: string, type: string): JsonNode | undefined {
  const read = readWhole(text.trim());
  return read &&
    !isBrokenOff(read.node) &&
    hasType(read.node, type) &&
    (type === 'object' || type === 'array' || !read.repaired)
    ? read.node
    : undefined;
}

/** The same meaning in another type, or undefined where that would be a guess: `"5"` is 5, and JSON in a string what it says. */
export function converted(node: JsonNode, type: string): JsonNode | undefined {
  if (type !== 'string') return node.kind === 'string' ? fromText(node.value, type) : undefined;
  return node.kind === 'number' || node.kind === 'boolean' ? stringNode(writeJson(node)) : undefined;
}

const wordsOf = (node: JsonNode): string | undefined =>
  node.kind === 'string' ? node.value.trim().toLowerCase() : node.kind === 'number' ? node.text : node.kind === 'boolean' ? String(node.value) : undefined; // prettier-ignore

/** Whether a value is this one. */
export function equals(node: JsonNode, value: unknown): boolean {
  if (node.kind === 'string' || node.kind === 'boolean') return node.value === value;
  if (node.kind === 'number') return Number(node.text) === value;
  if (node.kind === 'null') return value === null;
  return typeof value === 'object' && isDeepStrictEqual(JSON.parse(writeJson(node)), value);
}

/** The one of these values that is meant: it differs in case, blanks around it or quotes only. */
export function meant(node: JsonNode, values: readonly unknown[]): JsonNode | undefined {
  const words = wordsOf(node);
  if (words === undefined) return undefined;
  const found = values.filter(
    (value) => ['string', 'number', 'boolean'].includes(typeof value) && String(value).trim().toLowerCase() === words,
  );
  return found.length === 1 ? readWhole(JSON.stringify(found[0]))?.node : undefined;
}
