import { ChatError } from '../../chat/errors.ts';

/**
 * Limits of one body, checked before anything else looks at it: the longest agent sessions stay far below,
 * while a body made to exhaust the process is refused in tens of milliseconds.
 */
export const bounds = { messages: 20_000, depth: 200, keysPerObject: 10_000, values: 500_000 } as const;

/** Throws ChatError `too_complex`. Iterative, because 100,000 nested arrays would overflow the stack of a recursive walk. */
export function checkBounds(body: Readonly<Record<string, unknown>>, list: 'messages' | 'input' = 'messages'): void {
  const { [list]: messages } = body;
  if (Array.isArray(messages) && messages.length > bounds.messages)
    throw new ChatError('too_complex', `${list} may hold at most ${bounds.messages} messages.`, { param: list });

  // Level by level: the depth needs no bookkeeping per value.
  let level: object[] = [body];
  let values = 0;
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > bounds.depth)
      throw new ChatError('too_complex', `The body may be nested at most ${bounds.depth} levels deep.`);
    const next: object[] = [];
    for (const parent of level) {
      const children: readonly unknown[] = Array.isArray(parent) ? parent : Object.values(parent);
      if (!Array.isArray(parent) && children.length > bounds.keysPerObject)
        throw new ChatError('too_complex', `An object in the body may have at most ${bounds.keysPerObject} members.`);
      values += children.length;
      if (values > bounds.values)
        throw new ChatError('too_complex', `The body may hold at most ${bounds.values} values.`);
      for (const child of children) if (typeof child === 'object' && child !== null) next.push(child);
    }
    level = next;
  }
}
