/** Reading a JSON Schema that a client sent: anything may be missing, of another type, or lead in a circle. */
export type Schema = Readonly<Record<string, unknown>>;

/** References that lead to references, and alternatives inside alternatives; a bound for circles. */
const maxSteps = 64;

export const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const own = (schema: Schema, key: string): unknown => (Object.hasOwn(schema, key) ? schema[key] : undefined);

export const listOf = (schema: Schema, key: string): readonly unknown[] => {
  const value = own(schema, key);
  return Array.isArray(value) ? value : [];
};

/** The types a schema names itself. */
export function typesOf(schema: Schema): readonly string[] {
  const type = own(schema, 'type');
  const types = Array.isArray(type) ? type.filter((name) => typeof name === 'string') : typeof type === 'string' ? [type] : [];
  return own(schema, 'nullable') === true && types.length > 0 ? [...types, 'null'] : types;
} // prettier-ignore

/** What `#/…` points to. Nothing outside of the schema is ever looked up: it is what a stranger wrote. */
export function pointedTo(reference: unknown, root: unknown): unknown {
  if (typeof reference !== 'string' || !/^#(?:\/|$)/.test(reference)) return undefined;
  let found: unknown = root;
  for (const part of reference.split('/').slice(1)) {
    const key = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(found)) found = /^\d{1,6}$/.test(key) ? found[Number(key)] : undefined;
    else found = isSchema(found) ? own(found, key) : undefined;
  }
  return found;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Every type a value may have, through references and alternatives; empty when the schema does not say. */
export function typesIn(schema: unknown, root: unknown = schema): readonly string[] {
  const types = new Set<string>();
  const open = [schema];
  for (let step = 0; step < maxSteps; step++) {
    const next = open.shift();
    if (next === undefined) break;
    if (!isSchema(next)) continue;
    for (const type of typesOf(next)) types.add(type);
    for (const value of [...listOf(next, 'enum'), own(next, 'const')].slice(0, maxSteps)) {
      if (typeof value === 'string') types.add('string');
    }
    open.push(
      ...(own(next, '$ref') === undefined ? [] : [pointedTo(own(next, '$ref'), root)]),
      ...['anyOf', 'oneOf', 'allOf'].flatMap((key) => listOf(next, key).slice(0, maxSteps)),
    );
  }
  return [...types];
}

/** The schema of a member, where one is given. */
export function memberSchema(schema: unknown, name: string): unknown {
  const properties = isSchema(schema) ? own(schema, 'properties') : undefined;
  return isSchema(properties) ? own(properties, name) : undefined;
}
