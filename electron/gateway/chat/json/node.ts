/**
 * JSON as it was written: numbers keep their digits (ids of 20 digits survive), keys are data (`__proto__` is a name like any
 * other), and what the writer left open is marked.
 */
export type JsonNode =
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, JsonNode])[]; readonly cut: boolean }
  | { readonly kind: 'array'; readonly items: readonly JsonNode[]; readonly cut: boolean }
  | { readonly kind: 'string'; readonly value: string; readonly cut: boolean }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' };

export const emptyObject: JsonNode = { kind: 'object', entries: [], cut: false };

export const stringNode = (value: string): JsonNode => ({ kind: 'string', value, cut: false });

/** Whether the input ended before this value did. What is closed holds nothing that is not. */
export const isCut = (node: JsonNode): boolean => 'cut' in node && node.cut;

/** The first of these keys an object has. */
export function entryOf(node: JsonNode | undefined, ...keys: readonly string[]): JsonNode | undefined {
  if (node?.kind !== 'object') return undefined;
  for (const key of keys) {
    for (const [name, value] of node.entries) if (name === key) return value;
  }
  return undefined;
}

/** The text of a string, or undefined for anything else. */
export const textOfNode = (node: JsonNode | undefined): string | undefined =>
  node?.kind === 'string' ? node.value : undefined;

/** Strict JSON for any node. */
export function writeJson(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return `{${node.entries.map(([key, value]) => `${JSON.stringify(key)}:${writeJson(value)}`).join(',')}}`;
    case 'array':
      return `[${node.items.map(writeJson).join(',')}]`;
    case 'string':
      return JSON.stringify(node.value);
    case 'number':
      return node.text;
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
  }
}
