import { isCut, type JsonNode, writeJson } from './node.ts';
import { readWhole } from './read.ts';

/** Whether the text ended inside of this value's last word; else only brackets are missing, whose place is certain. */
export function isBrokenOff(node: JsonNode): boolean {
  if (!isCut(node)) return false;
  if (node.kind === 'object') return node.entries.every(([, value], place) => place + 1 < node.entries.length || isBrokenOff(value));
  if (node.kind === 'array') return node.items.every((value, place) => place + 1 < node.items.length || isBrokenOff(value));
  return true;
} // prettier-ignore

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A text as valid JSON: as it is, or repaired. Undefined where that would be a guess. */
export function asJson(text: string): string | undefined {
  if (isJson(text)) return text;
  const read = readWhole(text);
  return read && !isBrokenOff(read.node) ? writeJson(read.node) : undefined;
}

/** The brackets that make a text JSON, for one that has been sent already; undefined where they are not all it lacks. */
export function closingOf(text: string): string | undefined {
  const open: string[] = [];
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (quoted) {
      if (char === '\\') at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{') open.push('}');
    else if (char === '[') open.push(']');
    else if (char === '}' || char === ']') open.pop();
  }
  const closing = open.toReversed().join('');
  return !quoted && closing !== '' && isJson(text + closing) ? closing : undefined;
}
