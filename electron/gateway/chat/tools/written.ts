import { entryOf, isCut, type JsonNode, textOfNode } from '../json/node.ts';

/** A call as the model wrote it. */
export interface WrittenCall {
  readonly name: string;
  readonly id?: string;
  /** Undefined: none were given. */
  readonly arguments: JsonNode | undefined;
}

/** `{name, arguments}`, `{function: {name, arguments}}` and their relatives. */
function item(node: JsonNode): WrittenCall[] {
  const inner = entryOf(node, 'function', 'function_call');
  const body = inner?.kind === 'object' ? inner : node;
  const name = textOfNode(entryOf(body, 'name', 'tool_name', 'tool')) ?? textOfNode(inner);
  if (!name?.trim()) return [];
  const given = entryOf(body, 'arguments', 'parameters', 'input', 'args') ?? entryOf(node, 'arguments', 'parameters');
  // What was cut off in the middle must not be run as if it were whole.
  if (given ? isCut(given) : isCut(body)) return [];
  const id = textOfNode(entryOf(node, 'id'));
  return [{ name: name.trim(), arguments: given, ...(id !== undefined && { id }) }];
}

/** The calls of a JSON value: an object with `tool_calls`, a list of calls, or one call. */
export function fromJson(node: JsonNode | undefined): WrittenCall[] {
  if (node?.kind === 'array') return node.items.flatMap(item);
  if (node?.kind !== 'object') return [];
  const list = entryOf(node, 'tool_calls');
  if (list) return list.kind === 'array' ? list.items.flatMap(item) : item(list);
  return item(node);
}

/** A lone call is one only if it has arguments: otherwise it may be any object that has a name. */
export function loneCall(node: JsonNode | undefined): WrittenCall[] {
  return fromJson(node).filter((call) => call.arguments !== undefined);
}
