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

const fits = (node: JsonNode): Fit => ({ node, changed: false, problem: undefined });

function sizeOf(node: JsonNode): number {
  if (node.kind === 'array') return node.items.reduce((sum, item) => sum + sizeOf(item), 1);
  return node.kind === 'object' ? node.entries.reduce((sum, [, value]) => sum + sizeOf(value), 1) : 1;
}

class Fitter {
  readonly #root: unknown;
  #left: number;

  constructor(root: unknown, steps: number) {
    this.#root = root;
    this.#left = steps;
  }

  fit(given: JsonNode, schema: unknown, at: string, depth: number): Fit {
    this.#left -= 1;
    if (schema === false) return { ...fits(given), problem: { at, found: given.kind, wanted: 'never' } };
    if (!isSchema(schema) || depth > maxDepth || this.#left < 0) return fits(given);
    let fit = this.#value(given, schema, at, depth);
    const also = (next: Fit) => {
      fit = { node: next.node, changed: fit.changed || next.changed, problem: fit.problem ?? next.problem };
    };
    const reference = own(schema, '$ref');
    if (reference !== undefined) also(this.fit(fit.node, pointedTo(reference, this.#root), at, depth + 1));
    for (const part of listOf(schema, 'allOf')) also(this.fit(fit.node, part, at, depth + 1));
    for (const key of ['anyOf', 'oneOf']) {
      const choices = listOf(schema, key);
      if (choices.length > 0) also(this.#choice(fit.node, choices, at, depth + 1));
    }
    if (fit.node.kind === 'object') also(this.#object(fit.node, schema, depth + 1));
    if (fit.node.kind === 'array') also(this.#array(fit.node, schema, at, depth + 1));
    const limit = brokenLimit(fit.node, schema);
    return limit === undefined || fit.problem ? fit : { ...fit, problem: { at, found: fit.node.kind, wanted: limit } };
  }

  /** Its own type and the values it may have. */
  #value(given: JsonNode, schema: Schema, at: string, depth: number): Fit {
    const values = Object.hasOwn(schema, 'const') ? [schema['const']] : listOf(schema, 'enum');
    this.#left -= Math.ceil(values.length / 16);
    if (values.length > 0 && !values.some((value) => equals(given, value))) {
      const value = meant(given, values);
      const wanted = values.slice(0, 10).map((each) => JSON.stringify(each)).join(' | '); // prettier-ignore
      return value ? { ...fits(value), changed: true } : { ...fits(given), problem: { at, found: given.kind, wanted } };
    }
    const types = typesOf(schema);
    if (types.length === 0 || types.some((type) => hasType(given, type))) return fits(given);
    for (const type of types) {
      const value = converted(given, type) ?? this.#listOfOne(given, type, schema, at, depth);
      if (value) return { ...fits(value), changed: true };
    }
    return { ...fits(given), problem: { at, found: given.kind, wanted: types.join(' | ') } };
  }

  /** One value instead of a list, where the list may hold it. */
  #listOfOne(node: JsonNode, type: string, schema: Schema, at: string, depth: number): JsonNode | undefined {
    if (type !== 'array' || node.kind === 'null') return undefined;
    const item = this.fit(node, own(schema, 'items'), at, depth + 1);
    return item.problem ? undefined : { kind: 'array', items: [item.node], cut: false };
  }

  /** The alternative it fits as it is, else the first that it fits repaired; else the only one of its type says what is wrong. */
  #choice(node: JsonNode, choices: readonly unknown[], at: string, depth: number): Fit {
    let repaired: Fit | undefined;
    const close: Fit[] = [];
    for (const choice of choices) {
      const fit = this.fit(node, choice, at, depth);
      if (!fit.problem && !fit.changed) return fit;
      if (!fit.problem) repaired ??= fit;
      else if (typesIn(choice, this.#root).some((type) => hasType(node, type))) close.push(fit);
    }
    if (repaired) return repaired;
    if (close.length === 1 && close[0]) return close[0];
    const types = [...new Set(choices.flatMap((choice) => typesIn(choice, this.#root)))];
    const told = types.length > 0 && close.length === 0;
    return { ...fits(node), problem: { at, found: node.kind, wanted: told ? types.join(' | ') : 'anyOf' } };
  }

  #object(node: JsonNode & { kind: 'object' }, schema: Schema, depth: number): Fit {
    const required = new Set(listOf(schema, 'required'));
    this.#left -= Math.ceil(required.size / 16);
    const names = new Set(required.size > 0 ? node.entries.map(([name]) => name) : []);
    const missing = [...required].find((name) => typeof name === 'string' && !names.has(name));
    let problem: Misfit | undefined = missing === undefined ? undefined : { property: String(missing) };
    let changed = false;
    const entries = node.entries.flatMap(([name, value]) => {
      const fit = this.#member(name, value, schema, depth);
      // Models write null for what they do not want to say.
      const unsaid = fit.problem !== undefined && value.kind === 'null' && !required.has(name);
      changed ||= fit.changed || unsaid;
      if (!unsaid) problem ??= fit.problem;
      return unsaid ? [] : [[name, fit.node] as const];
    });
    return { node: changed ? { ...node, entries } : node, changed, problem };
  }

  #member(name: string, value: JsonNode, schema: Schema, depth: number): Fit {
    const known = memberSchema(schema, name);
    if (known !== undefined) return this.fit(value, known, name, depth);
    if (Object.hasOwn(schema, 'patternProperties')) return fits(value);
    const rest = own(schema, 'additionalProperties');
    return rest === false
      ? { ...fits(value), problem: { property: name, surplus: true } }
      : this.fit(value, rest, name, depth);
  }

  #array(node: JsonNode & { kind: 'array' }, schema: Schema, at: string, depth: number): Fit {
    const rest = own(schema, 'items');
    const first = Array.isArray(rest) ? rest : listOf(schema, 'prefixItems');
    const others = Array.isArray(rest) ? own(schema, 'additionalItems') : rest;
    if (first.length === 0 && others === undefined) return fits(node);
    const list = node.items.map((item, place) =>
      this.fit(item, place < first.length ? first[place] : others, `${at}[]`, depth),
    );
    const changed = list.some((fit) => fit.changed);
    return {
      node: changed ? { ...node, items: list.map((fit) => fit.node) } : node,
      changed,
      problem: list.find((fit) => fit.problem)?.problem,
    };
  }
}

/** A value against a schema. References are looked up in the schema itself. */
export function fit(given: JsonNode, schema: unknown, at = '$'): Fit {
  return new Fitter(schema, freeSteps + stepsPerPart * sizeOf(given)).fit(given, schema, at, 0);
}
