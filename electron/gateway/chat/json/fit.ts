import { converted, equals, hasType, meant } from './convert.ts';
import { brokenLimit } from './limits.ts';
import type { JsonNode } from './node.ts';
import { isSchema, listOf, memberSchema, own, pointedTo, type Schema, typesIn, typesOf } from './schema.ts';

/**
 * A check against a JSON Schema that also repairs what is plainly meant. An own one instead of ajv (docs/decisions.md): it
 * keeps numbers and keys as they were written, runs no code and no expression that a schema brings along, and its work is
 * bounded whatever the schema. Not looked at: pattern, format, not, if, dependent and unevaluated members.
 */

export interface Fit {
  readonly node: JsonNode;
  /** Whether the repair changed something. */
  readonly changed: boolean;
  /** The first thing that is still wrong. */
  readonly problem: Misfit | undefined;
}

/** A member that is missing or not allowed, or a value that is not one of these: `at` is its name, `$` the whole, `[]` an item. */
export type Misfit =
  | { readonly property: string; readonly surplus?: true }
  | { readonly at: string; readonly found: string; readonly wanted: string };

const maxDepth = 64;
/** Schemas applied to one value, beyond a share for each of its parts; alternatives in a circle would never end. */
const freeSteps = 2_000;
const stepsPerPart = 8;

const asItIs = (node: JsonNode): Fit => ({ node, changed: false, problem: undefined });

function sizeOf(node: JsonNode): number {
  if (node.kind === 'array') return node.items.reduce((sum, item) => sum + sizeOf(item), 1);
  return node.kind === 'object' ? node.entries.reduce((sum, [, value]) => sum + sizeOf(value), 1) : 1;
}

class Fitter {
  readonly #root: unknown;
  readonly #types = new Map<unknown, readonly string[]>();
  #left: number;

  constructor(root: unknown, steps: number) {
    this.#root = root;
    this.#left = steps;
  }

  check(given: JsonNode, schema: unknown, at: string, depth: number): Fit {
    this.#left -= 1;
    if (schema === false) return { ...asItIs(given), problem: { at, found: given.kind, wanted: 'never' } };
    if (!isSchema(schema) || depth > maxDepth || this.#left < 0) return asItIs(given);
    let sum = this.#value(given, schema, at, depth);
    const also = (next: Fit) => {
      sum = { node: next.node, changed: sum.changed || next.changed, problem: sum.problem ?? next.problem };
    };
    const reference = own(schema, '$ref');
    if (reference !== undefined) also(this.check(sum.node, pointedTo(reference, this.#root), at, depth + 1));
    for (const part of listOf(schema, 'allOf')) also(this.check(sum.node, part, at, depth + 1));
    for (const key of ['anyOf', 'oneOf']) {
      const choices = listOf(schema, key);
      if (choices.length > 0) also(this.#choice(sum.node, choices, at, depth + 1));
    }
    if (sum.node.kind === 'object') also(this.#object(sum.node, schema, depth + 1));
    if (sum.node.kind === 'array') also(this.#array(sum.node, schema, at, depth + 1));
    const limit = brokenLimit(sum.node, schema);
    return limit === undefined || sum.problem ? sum : { ...sum, problem: { at, found: sum.node.kind, wanted: limit } };
  }

  /** Its own type and the values it may have. */
  #value(given: JsonNode, schema: Schema, at: string, depth: number): Fit {
    const values = Object.hasOwn(schema, 'const') ? [schema['const']] : listOf(schema, 'enum');
    this.#left -= Math.ceil(values.length / 16);
    if (values.length > 0 && !values.some((value) => equals(given, value))) {
      const value = meant(given, values);
      const wanted = values.slice(0, 10).map((each) => JSON.stringify(each)).join(' | '); // prettier-ignore
      return value
        ? { ...asItIs(value), changed: true }
        : { ...asItIs(given), problem: { at, found: given.kind, wanted } };
    }
    const types = typesOf(schema);
    if (types.length === 0 || types.some((type) => hasType(given, type))) return asItIs(given);
    for (const type of types) {
      const value = converted(given, type) ?? this.#listOfOne(given, type, schema, at, depth);
      if (value) return { ...asItIs(value), changed: true };
    }
    return { ...asItIs(given), problem: { at, found: given.kind, wanted: types.join(' | ') } };
  }

  /** One value instead of a list, where the list may hold it. */
  #listOfOne(node: JsonNode, type: string, schema: Schema, at: string, depth: number): JsonNode | undefined {
    if (type !== 'array' || node.kind === 'null') return undefined;
    const item = this.check(node, own(schema, 'items'), at, depth + 1);
    return item.problem ? undefined : { kind: 'array', items: [item.node], cut: false };
  }

  /** The alternative it fits as it is, else the first that it fits repaired; else the only one of its type says what is wrong. */
  #choice(node: JsonNode, choices: readonly unknown[], at: string, depth: number): Fit {
    let repaired: Fit | undefined;
    const close: Fit[] = [];
    for (const choice of choices) {
      const found = this.check(node, choice, at, depth);
      if (!found.problem && !found.changed) return found;
      if (!found.problem) repaired ??= found;
      else if (this.#typesOf(choice).some((type) => hasType(node, type))) close.push(found);
    }
    if (repaired) return repaired;
    if (close.length === 1 && close[0]) return close[0];
    const types = [...new Set(choices.flatMap((choice) => this.#typesOf(choice)))];
    const told = types.length > 0 && close.length === 0;
    return { ...asItIs(node), problem: { at, found: node.kind, wanted: told ? types.join(' | ') : 'anyOf' } };
  }

  #typesOf(choice: unknown): readonly string[] {
    const types = this.#types.get(choice) ?? typesIn(choice, this.#root);
    this.#types.set(choice, types);
    return types;
  }

  #object(node: JsonNode & { kind: 'object' }, schema: Schema, depth: number): Fit {
    const required = new Set(listOf(schema, 'required').filter((name) => typeof name === 'string'));
    this.#left -= required.size;
    const names = new Set(required.size > 0 ? node.entries.map(([name]) => name) : []);
    const missing = [...required].find((name) => !names.has(name));
    let problem: Misfit | undefined = missing === undefined ? undefined : { property: missing };
    let changed = false;
    const entries = node.entries.flatMap(([name, value]) => {
      const found = this.#member(name, value, schema, depth);
      // Models write null for what they do not want to say.
      const unsaid = found.problem !== undefined && value.kind === 'null' && !required.has(name);
      changed ||= found.changed || unsaid;
      if (!unsaid) problem ??= found.problem;
      return unsaid ? [] : [[name, found.node] as const];
    });
    return { node: changed ? { ...node, entries } : node, changed, problem };
  }

  #member(name: string, value: JsonNode, schema: Schema, depth: number): Fit {
    const known = memberSchema(schema, name);
    if (known !== undefined) return this.check(value, known, name, depth);
    if (Object.hasOwn(schema, 'patternProperties')) return asItIs(value);
    const rest = own(schema, 'additionalProperties');
    return rest === false
      ? { ...asItIs(value), problem: { property: name, surplus: true } }
      : this.check(value, rest, name, depth);
  }

  #array(node: JsonNode & { kind: 'array' }, schema: Schema, at: string, depth: number): Fit {
    const rest = own(schema, 'items');
    const first = Array.isArray(rest) ? rest : listOf(schema, 'prefixItems');
    const others = Array.isArray(rest) ? own(schema, 'additionalItems') : rest;
    if (first.length === 0 && others === undefined) return asItIs(node);
    const list = node.items.map((item, place) =>
      this.check(item, place < first.length ? first[place] : others, `${at}[]`, depth),
    );
    const changed = list.some((item) => item.changed);
    return {
      node: changed ? { ...node, items: list.map((item) => item.node) } : node,
      changed,
      problem: list.find((item) => item.problem)?.problem,
    };
  }
}

/** A value against a schema. References are looked up in the schema itself. */
export function fit(given: JsonNode, schema: unknown, at = '$'): Fit {
  return new Fitter(schema, freeSteps + stepsPerPart * sizeOf(given)).check(given, schema, at, 0);
}
