import type { JsonNode } from './node.ts';
import { own, type Schema } from './schema.ts';

type Bound = readonly [keyword: string, holds: (size: number, bound: number) => boolean];

const least: Bound['1'] = (size, bound) => size >= bound;
const most: Bound['1'] = (size, bound) => size <= bound;
const bounds: Readonly<Partial<Record<JsonNode['kind'], readonly Bound[]>>> = {
  number: [
    ['minimum', least],
    ['maximum', most],
    ['exclusiveMinimum', (size, bound) => size > bound],
    ['exclusiveMaximum', (size, bound) => size < bound],
  ],
  string: [
    ['minLength', least],
    ['maxLength', most],
  ],
  array: [
    ['minItems', least],
    ['maxItems', most],
  ],
};

function sizeOf(node: JsonNode): number {
  if (node.kind === 'number') return Number(node.text);
  return node.kind === 'string' ? Array.from(node.value).length : node.kind === 'array' ? node.items.length : 0;
}

/**
 * The bound of a schema that a value does not keep, as `maximum 5`. `pattern` and `format` are the tool's own business: an
 * expression that a stranger wrote could be made to run for minutes.
 */
export function brokenLimit(node: JsonNode, schema: Schema): string | undefined {
  for (const [keyword, holds] of bounds[node.kind] ?? []) {
    const bound = own(schema, keyword);
    if (typeof bound === 'number' && !holds(sizeOf(node), bound)) return `${keyword} ${bound}`;
  }
  return undefined;
}
