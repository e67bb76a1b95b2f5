/**
 * A client stream without the places at which its text was cut. A provider's bytes arrive in pieces, and each piece is passed on at
 * once as one delta, so where deltas begin depends on the network. Everything else does not: two streams of one answer are, after
 * neighbouring deltas of one kind have been joined, the same characters.
 */
import { joined as joinedEvents } from '../electron/gateway/dialects/openai-responses/testing/validator.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `before` with the text of `next` added, when both differ in nothing but one string at `path`. */
function merged(before: unknown, next: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return typeof before === 'string' && typeof next === 'string' ? before + next : undefined;
  const [a, b] = [at(before, key), at(next, key)];
  const inner = merged(a, b, rest);
  if (inner === undefined) return undefined;
  return Array.isArray(before) ? [inner] : { ...(before as Json), [key]: inner };
}

function at(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.length === 1 ? (value as unknown[])[0] : undefined;
  return isObject(value) ? value[key] : undefined;
}

/** The value with the string at `path` taken out: what must be equal in two deltas that are joined. */
function frameAround(value: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return '';
  const inner = frameAround(at(value, key), rest);
  return Array.isArray(value) ? [inner] : { ...(value as Json), [key]: inner };
}

function joinedBy(paths: readonly (readonly string[])[], alike: (before: unknown, next: unknown) => boolean) {
  return (wire: string): string => {
    const frames: { head: string; data: unknown }[] = [];
    for (const frame of wire.split('\n\n')) {
      const [, head = '', json] = /^((?:event: \w+\n)?data: )(\{.*)$/s.exec(frame) ?? [];
      const data: unknown = json === undefined ? frame : JSON.parse(json);
      const last = frames.at(-1);
      const path = last && paths.find((way) => merged(last.data, data, way) !== undefined);
      if (last?.head === head && path && alike(frameAround(last.data, path), frameAround(data, path)))
        last.data = merged(last.data, data, path);
      else frames.push({ head, data });
    }
    return frames.map(({ head, data }) => (typeof data === 'string' ? data : head + JSON.stringify(data))).join('\n\n');
  };
}

/** The role stands in the first delta only, whatever that delta is about. */
const withoutRole = (value: unknown): string => JSON.stringify(value).replace('"role":"assistant",', '');
const choice = ['choices', '0', 'delta'];

export const joinedChat = joinedBy(
  [
    [...choice, 'content'],
    [...choice, 'reasoning_content'],
    [...choice, 'tool_calls', '0', 'function', 'arguments'],
  ],
  (before, next) => withoutRole(before) === withoutRole(next),
);
export const joinedMessages = joinedBy(
  [
    ['delta', 'text'],
    ['delta', 'thinking'],
    ['delta', 'partial_json'],
  ],
  (before, next) => JSON.stringify(before) === JSON.stringify(next),
);
/** Numbered anew, because each delta has a number. */
export const joinedResponses = (wire: string): string =>
  joinedEvents(wire)
    .map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    .join('');
