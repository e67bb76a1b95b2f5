import { flatten, isSchema, type Schema } from './schema.ts';
import { sampleNumber, sampleString } from './scalars.ts';

/** Bounds of one sample: below `optionalDepth` only what is required is filled in, so recursive schemas come to an end. */
const bounds = { values: 5_000, depth: 40, optionalDepth: 6, items: 1_000 } as const;

/** This branch of the schema has no value within the bounds; another one may. */
class Impossible extends Error {}

/**
 * A value that satisfies a JSON Schema, or undefined when none was found within the bounds. Knows type, properties, required,
 * enum, const, items, prefixItems, minItems, anyOf, oneOf (its first branch that works), allOf, local $ref, formats, lengths and ranges.
 * `pattern`, `not`, `if` and `uniqueItems` are not considered.
 */
export function sampleJson(schema: Schema): unknown {
  try {
    return new Sampler(schema).sample(schema, 0);
  } catch (error) {
    if (error instanceof Impossible) return undefined;
    throw error;
  }
}

class Sampler {
  readonly #root: Schema;
  #left: number = bounds.values;

  constructor(root: Schema) {
    this.#root = root;
  }

  sample(given: unknown, depth: number): unknown {
    this.#left -= 1;
    if (given === false || depth > bounds.depth || this.#left < 0) throw new Impossible();
    if (!isSchema(given)) return 'text';
    const schema = flatten(given, this.#root);
    if (!schema) throw new Impossible();
    if ('const' in schema) return schema['const'];
    if (Array.isArray(schema['enum']))
      return schema['enum'].length > 0 ? (schema['enum'] as unknown[])[0] : this.#fail();
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const options: unknown = schema[keyword];
      if (Array.isArray(options)) {
        const { [keyword]: _options, ...rest } = schema;
        return this.#first(options, rest, depth);
      }
    }
    return this.#typed(schema, depth);
  }

  /** The first option that leads to a value; deep down those that nest no further come first. */
  #first(options: readonly unknown[], rest: Schema, depth: number): unknown {
    const ordered =
      depth < bounds.optionalDepth ? options : options.toSorted((a, b) => this.#nests(a) - this.#nests(b));
    for (const option of ordered) {
      const value = this.#attempt(() => this.sample({ ...rest, allOf: [option] }, depth + 1));
      if (value !== undefined) return value;
    }
    return this.#fail();
  }

  #nests(option: unknown): number {
    const type = isSchema(option) ? flatten(option, this.#root)?.['type'] : undefined;
    return type === 'object' || type === 'array' ? 1 : 0;
  }

  #typed(schema: Schema, depth: number): unknown {
    const { type } = schema;
    const first: unknown = Array.isArray(type)
      ? depth < bounds.optionalDepth || !type.includes('null')
        ? type[0]
        : 'null'
      : type;
    switch (first) {
      case 'null':
        return null;
      case 'boolean':
        return true;
      case 'string':
        return sampleString(schema) ?? this.#fail();
      case 'number':
      case 'integer':
        return sampleNumber(schema, first === 'integer') ?? this.#fail();
      case 'array':
        return this.#array(schema, depth);
      case 'object':
        return this.#object(schema, depth);
      default:
        return this.#untyped(schema, depth);
    }
  }

  #untyped(schema: Schema, depth: number): unknown {
    if ('properties' in schema || 'required' in schema || 'additionalProperties' in schema)
      return this.#object(schema, depth);
    if ('items' in schema || 'prefixItems' in schema || 'minItems' in schema) return this.#array(schema, depth);
    if ('minimum' in schema || 'maximum' in schema || 'multipleOf' in schema)
      return sampleNumber(schema, false) ?? this.#fail();
    return sampleString(schema) ?? this.#fail();
  }

  #array(schema: Schema, depth: number): unknown[] {
    const prefix = Array.isArray(schema['prefixItems']) ? (schema['prefixItems'] as unknown[]) : [];
    const least = count(schema['minItems']) ?? 0;
    const most = count(schema['maxItems']) ?? bounds.items;
    if (least > bounds.items || least > most) return this.#fail();
    const wanted = depth < bounds.optionalDepth ? Math.max(least, prefix.length, 1) : least;
    const values: unknown[] = [];
    while (values.length < Math.min(wanted, most)) {
      const place = values.length;
      const value = this.#attempt(() =>
        this.sample(place < prefix.length ? prefix[place] : schema['items'], depth + 1),
      );
      if (value === undefined) break;
      values.push(value);
    }
    return values.length < least ? this.#fail() : values;
  }

  #object(schema: Schema, depth: number): Schema {
    const properties = isSchema(schema['properties']) ? schema['properties'] : {};
    const required = new Set(Array.isArray(schema['required']) ? (schema['required'] as unknown[]).map(String) : []);
    const entries = new Map<string, unknown>();
    for (const [name, property] of Object.entries(properties)) {
      if (required.has(name)) entries.set(name, this.sample(property, depth + 1));
      else if (depth < bounds.optionalDepth) {
        const value = this.#attempt(() => this.sample(property, depth + 1));
        if (value !== undefined) entries.set(name, value);
      }
    }
    for (const name of required)
      if (!entries.has(name)) entries.set(name, this.sample(schema['additionalProperties'], depth + 1));
    const least = count(schema['minProperties']) ?? 0;
    if (least > bounds.items) return this.#fail();
    for (let extra = 1; entries.size < least; extra += 1)
      entries.set(`property${extra}`, this.sample(schema['additionalProperties'], depth + 1));
    return Object.fromEntries(entries);
  }

  #attempt(sample: () => unknown): unknown {
    try {
      return sample();
    } catch (error) {
      if (error instanceof Impossible) return undefined;
      throw error;
    }
  }

  #fail(): never {
    throw new Impossible();
  }
}

function count(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 ? Math.floor(value) : undefined;
}
