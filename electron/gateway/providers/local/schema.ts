/** JSON Schema, as far as it has to be put together before a value can be made: `$ref` and `allOf`. */
export type Schema = Readonly<Record<string, unknown>>;

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How many references and parts are followed for one schema; a reference to itself ends here. */
const mostHops = 50;

/** What `#/$defs/name` points to in `root`; undefined when it points nowhere or outside of the document. */
function resolve(reference: unknown, root: Schema): Schema | undefined {
  if (typeof reference !== 'string' || !reference.startsWith('#')) return undefined;
  let target: unknown = root;
  for (const step of reference.slice(1).split('/').slice(1)) {
    const key = decodePointer(step);
    if (Array.isArray(target)) target = target[Number(key)];
    else if (isSchema(target) && Object.hasOwn(target, key)) target = target[key];
    else return undefined;
  }
  return isSchema(target) ? target : undefined;
}

function decodePointer(step: string): string {
  const text = step.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The schema with its references and `allOf` parts merged in; undefined when that has no end or no target. */
export function flatten(schema: Schema, root: Schema): Schema | undefined {
  let flat: Schema = {};
  const open: Schema[] = [schema];
  for (let hops = 0; open.length > 0; hops += 1) {
    if (hops > mostHops) return undefined;
    const { $ref: reference, allOf: parts, ...own } = open.pop() ?? {};
    flat = merge(flat, own);
    if (reference !== undefined) {
      const target = resolve(reference, root);
      if (!target) return undefined;
      open.push(target);
    }
    if (Array.isArray(parts)) open.push(...parts.filter(isSchema));
    if (Array.isArray(parts) && parts.includes(false)) return undefined;
  }
  return flat;
}

type Merger = (a: unknown, b: unknown) => unknown;
const both: Merger = (a, b) => ({ allOf: [a, b] });
const larger: Merger = (a, b) => Math.max(Number(a), Number(b));
const smaller: Merger = (a, b) => Math.min(Number(a), Number(b));

/** Each pair of options, one from each list. */
const pairs: Merger = (a, b) =>
  Array.isArray(a) && Array.isArray(b) ? a.flatMap((x: unknown) => b.map((y: unknown) => both(x, y))) : b;

/** Only what both lists hold. */
const common: Merger = (a, b) => {
  if (!Array.isArray(a) || !Array.isArray(b)) return b;
  const known = new Set(a.map((value) => JSON.stringify(value)));
  return b.filter((value) => known.has(JSON.stringify(value)));
};

/** Types that both allow; every integer is a number. */
const types: Merger = (a, b) => {
  const known = new Set<unknown>([a].flat());
  if (known.has('number')) known.add('integer');
  const shared = [b].flat().flatMap((type: unknown) => {
    if (known.has(type)) return [type];
    return type === 'number' && known.has('integer') ? ['integer'] : [];
  });
  return shared.length === 1 ? shared[0] : shared;
};

const properties: Merger = (a, b) => {
  if (!isSchema(a) || !isSchema(b)) return b;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  const one = (name: string): unknown =>
    Object.hasOwn(a, name) && Object.hasOwn(b, name) ? both(a[name], b[name]) : (a[name] ?? b[name]);
  return Object.fromEntries([...names].map((name) => [name, one(name)]));
};

const mergers: Readonly<Record<string, Merger>> = {
  properties,
  required: (a, b) => [a, b].flat(),
  type: types,
  enum: common,
  items: both,
  additionalProperties: (a, b) => (a === false || b === false ? false : both(a, b)),
  anyOf: pairs,
  oneOf: pairs,
  minimum: larger,
  exclusiveMinimum: larger,
  minLength: larger,
  minItems: larger,
  minProperties: larger,
  maximum: smaller,
  exclusiveMaximum: smaller,
  maxLength: smaller,
  maxItems: smaller,
};

function merge(a: Schema, b: Schema): Schema {
  const merged: Record<string, unknown> = { ...a };
  for (const [name, value] of Object.entries(b)) {
    merged[name] = Object.hasOwn(a, name) ? (mergers[name]?.(a[name], value) ?? value) : value;
  }
  return merged;
}
