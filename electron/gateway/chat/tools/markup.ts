import { memberSchema, typesIn } from '../json/schema.ts';
import { emptyObject, type JsonNode, stringNode } from '../json/node.ts';
import { readJson, readWhole } from '../json/read.ts';
import type { Offer } from './offer.ts';
import { fromJson, type WrittenCall } from './written.ts';

/** Calls written as markup instead of JSON. Plain searches from left to right: linear, whatever the model wrote. */

interface Element {
  readonly name: string;
  readonly body: string;
  readonly end: number;
}

/** An element's head; `namespace`, where it has one, belongs into its closing tag too. */
interface Kind {
  readonly head: RegExp;
  readonly closer: string;
}

const elements: readonly Kind[] = [
  { head: /<(?<space>[a-z]{1,16}:)?invoke\s{1,8}name=["']?(?<name>[^"'>]{1,128})["']?\s{0,8}>/y, closer: 'invoke>' },
  { head: /<function=(?<name>[^>]{1,128})>/y, closer: 'function>' },
  { head: /<(?:function_call)>/y, closer: 'function_call>' },
  { head: /<tool_call>/y, closer: 'tool_call>' },
  {
    head: /<\|tool_call_begin\|>\s{0,8}(?<name>[^<\s]{1,160})\s{0,8}<\|tool_call_argument_begin\|>/y,
    closer: '<|tool_call_end|>',
  },
  {
    head: /<｜tool▁call▁begin｜>(?:function<｜tool▁sep｜>)?(?<name>[^<\s]{1,128})\s{0,8}(?:<｜tool▁sep｜>)?/y,
    closer: '<｜tool▁call▁end｜>',
  },
];
const parameters: readonly Kind[] = [
  {
    head: /<(?<space>[a-z]{1,16}:)?parameter\s{1,8}name=["']?(?<name>[^"'>]{1,128})["']?[^>]{0,64}>/y,
    closer: 'parameter>',
  },
  { head: /<parameter=(?<name>[^>]{1,128})>/y, closer: 'parameter>' },
];

/** The next element of one of these kinds that is also closed. */
function nextElement(text: string, from: number, kinds: readonly Kind[]): Element | undefined {
  for (let at = text.indexOf('<', from); at >= 0; at = text.indexOf('<', at + 1)) {
    for (const { head, closer } of kinds) {
      head.lastIndex = at;
      const found = head.exec(text);
      if (!found) continue;
      const start = at + found[0].length;
      const last = closer.startsWith('<') ? closer : `</${found.groups?.['space'] ?? ''}${closer}`;
      const close = text.indexOf(last, start);
      // Without its closing tag neither this nor a later element of the kind can be read.
      if (close < 0) return undefined;
      return { name: found.groups?.['name'] ?? '', body: text.slice(start, close), end: close + last.length };
    }
  }
  return undefined;
}

function inside(text: string, ...tags: readonly string[]): string | undefined {
  for (const tag of tags) {
    const start = text.indexOf(`<${tag}>`);
    const end = start < 0 ? -1 : text.indexOf(`</${tag}>`, start);
    if (end >= 0) return text.slice(start + tag.length + 2, end);
  }
  return undefined;
}

/** A value that stands between tags: text where the schema wants text, else JSON where it is JSON. */
function valueOf(raw: string, schema: unknown, root: unknown): JsonNode {
  const types = typesIn(schema, root);
  if (types.includes('null') && raw.trim() === 'null') return { kind: 'null' };
  if (types.includes('string')) return stringNode(raw);
  const read = readWhole(raw);
  return read && !read.repaired ? read.node : stringNode(raw);
}

const object = (entries: readonly (readonly [string, JsonNode])[]): JsonNode => ({
  kind: 'object',
  entries,
  cut: false,
});

function argumentsIn(body: string, schema: unknown): JsonNode {
  const entries: (readonly [string, JsonNode])[] = [];
  for (let at = 0; ;) {
    const found = nextElement(body, at, parameters);
    if (!found) break;
    // The templates put a value on lines of its own; those two breaks are not part of it.
    const raw = /^\n[^]*\n$/.test(found.body) ? found.body.slice(1, -1) : found.body;
    entries.push([found.name, valueOf(raw, memberSchema(schema, found.name), schema)]);
    at = found.end;
  }
  for (let at = 0; ;) {
    const start = body.indexOf('<arg_key>', at);
    const middle = start < 0 ? -1 : body.indexOf('</arg_key>', start);
    const open = middle < 0 ? -1 : body.indexOf('<arg_value>', middle);
    const close = open < 0 ? -1 : body.indexOf('</arg_value>', open);
    if (close < 0) break;
    const key = body.slice(start + 9, middle).trim();
    entries.push([key, valueOf(body.slice(open + 11, close), memberSchema(schema, key), schema)]);
    at = close;
  }
  if (entries.length > 0) return object(entries);
  const brace = body.indexOf('{');
  return (brace < 0 ? undefined : readJson(body, brace)?.node) ?? emptyObject;
}

/** One element that does not name its tool in its head: JSON, child elements, or GLM's bare name. */
function unnamed(body: string, offer: Offer): WrittenCall[] {
  const text = body.trim();
  if (/^[{[]/.test(text)) return fromJson(readJson(text)?.node);
  if (/^<(?!arg_|name>)/.test(text)) return markupCalls(text, offer);
  const name = (inside(text, 'name') ?? /^[^\s<{]{1,128}/.exec(text)?.[0] ?? '').trim();
  const written = inside(text, 'args_json', 'arguments', 'parameters');
  if (written !== undefined) return [{ name, arguments: readWhole(written)?.node ?? stringNode(written) }];
  return [{ name, arguments: argumentsIn(text.slice(name.length), offer.find(name)?.parameters) }];
}

/** Every closed call in a block of markup, in order. */
export function markupCalls(text: string, offer: Offer): WrittenCall[] {
  const calls: WrittenCall[] = [];
  for (let at = 0; ;) {
    const found = nextElement(text, at, elements);
    if (!found) return calls;
    const { name, body, end } = found;
    at = end;
    if (name === '') calls.push(...unnamed(body, offer));
    else calls.push({ name: name.trim(), arguments: argumentsIn(body, offer.find(name)?.parameters) });
  }
}
