import { entryOf, type JsonNode, stringNode, writeJson } from './node.ts';
import { readWhole } from './read.ts';

/**
 * A light check against a JSON Schema: required members and types, inside properties and items. What has the wrong type is
 * repaired once where the meaning is plain (a number in quotes, JSON inside a string, one value instead of a list). Everything
 * else of a schema is the tool's own business.
 */

export interface Fit {
  readonly node: JsonNode;
  /** Whether the repair changed something. */
  readonly changed: boolean;
  /** The first thing that is still wrong. */
  readonly problem: Misfit | undefined;
}

/** A member that is missing, or a value of another type: `at` is its name, `$` the whole, `[]` an item. */
export type Misfit =
  | { readonly property: string }
  | { readonly at: string; readonly found: string; readonly wanted: string };

type Schema = Readonly<Record<string, unknown>>;
const maxDepth = 32;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const own = (schema: Schema, key: string): unknown => (Object.hasOwn(schema, key) ? schema[key] : undefined);

export function typesOf(schema: unknown): readonly string[] {
  const type = isSchema(schema) ? own(schema, 'type') : undefined;
  return Array.isArray(type) ? type.filter((name) => typeof name === 'string') : typeof type === 'string' ? [type] : [];
}

/** The schema of a member, where one is given. */
export function memberSchema(schema: unknown, name: string): unknown {
  const properties = isSchema(schema) ? own(schema, 'properties') : undefined;
  return isSchema(properties) ? own(properties, name) : undefined;
}

const isWhole = (text: string): boolean => /^-?\d+(?:\.0+)?$/.test(text);

function has(node: JsonNode, type: string): boolean {
  if (type === 'integer') return node.kind === 'number' && isWhole(node.text);
  return node.kind === type;
}

function fromText(text: string, type: string): JsonNode | undefined {
  const read = readWhole(text.trim());
  return read && has(read.node, type) && (type === 'object' || type === 'array' || !read.repaired)
    ? read.node
    : undefined;
}

/** The same meaning in another type, or undefined where that would be a guess. */
function converted(node: JsonNode, type: string): JsonNode | undefined {
  if (node.kind === 'string' && type !== 'string') {
    const value = fromText(node.value, type);
    if (value) return value;
  }
  if (type === 'string')
    return node.kind === 'number' || node.kind === 'boolean' ? stringNode(writeJson(node)) : undefined;
  return type === 'array' && node.kind !== 'null' ? { kind: 'array', items: [node], cut: false } : undefined;
}

function typed(node: JsonNode, schema: Schema, at: string): Fit {
  const types = typesOf(schema);
  if (types.length === 0 || types.some((type) => has(node, type))) return { node, changed: false, problem: undefined };
  for (const type of types) {
    const value = converted(node, type);
    if (value) return { node: value, changed: true, problem: undefined };
  }
  return { node, changed: false, problem: { at, found: node.kind, wanted: types.join(' | ') } };
}

/** All parts fitted one by one; the first problem counts. */
function parts<T>(list: readonly T[], each: (part: T) => Fit): { nodes: JsonNode[]; changed: boolean; problem: Misfit | undefined } {
  const fits = list.map(each);
  return {
    nodes: fits.map(({ node }) => node),
    changed: fits.some(({ changed }) => changed),
    problem: fits.find(({ problem }) => problem !== undefined)?.problem,
  };
} // prettier-ignore

export function fit(given: JsonNode, schema: unknown, at = '$', depth = 0): Fit {
  if (!isSchema(schema) || depth > maxDepth) return { node: given, changed: false, problem: undefined };
  const first = typed(given, schema, at);
  const { node } = first;
  if (node.kind === 'object') {
    const required = own(schema, 'required');
    const missing = (Array.isArray(required) ? required : []).find(
      (name) => typeof name === 'string' && entryOf(node, name) === undefined,
    );
    const inner = parts(node.entries, ([name, value]) => fit(value, memberSchema(schema, name), name, depth + 1));
    const entries = node.entries.map(([name, value], place) => [name, inner.nodes[place] ?? value] as const);
    return {
      node: inner.changed ? { ...node, entries } : node,
      changed: first.changed || inner.changed,
      problem: first.problem ?? (missing === undefined ? inner.problem : { property: String(missing) }),
    };
  }
  if (node.kind === 'array') {
    const inner = parts(node.items, (item) => fit(item, own(schema, 'items'), `${at}[]`, depth + 1));
    return {
      node: inner.changed ? { ...node, items: inner.nodes } : node,
      changed: first.changed || inner.changed,
      problem: first.problem ?? inner.problem,
    };
  }
  return first;
}
