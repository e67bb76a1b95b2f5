import type { z } from 'zod';
import { ChatError } from '../../chat/errors.ts';

interface Finding {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What a schema without a sentence of its own says; never the library's words, which may repeat the value. */
export const unexplained = 'is not valid';

/** `messages[2].content`, the way OpenAI names a parameter. */
export function parameterPath(path: readonly PropertyKey[]): string {
  return path
    .map((key, place) => (typeof key === 'number' ? `[${key}]` : `${place === 0 ? '' : '.'}${String(key)}`))
    .join('');
}

/**
 * What to say about an issue. Of the ways a union failed, the one that got furthest into the value is what the client meant;
 * when none got anywhere, the union's own sentence lists what is allowed.
 */
function finding(issue: z.core.$ZodIssue, parent: readonly PropertyKey[] = []): Finding {
  const path = [...parent, ...issue.path];
  let best: Finding = { path, message: issue.message };
  if (issue.code !== 'invalid_union') return best;
  for (const [first] of issue.errors) {
    const candidate = first && finding(first, path);
    if (candidate && candidate.path.length > best.path.length && candidate.message !== unexplained) best = candidate;
  }
  return best;
}

/** The 400 for a parameter: names it and says what is allowed, without a character of what was sent. */
export function invalidParameter(param: string, sentence: string): ChatError {
  return new ChatError('invalid_parameter', `${param} ${sentence}.`, { param });
}

/** The 400 for the first thing the schema did not accept. */
export function invalidBody(error: z.core.$ZodError): ChatError {
  const [issue] = error.issues;
  if (!issue) return new ChatError('invalid_parameter', 'The body is not valid.');
  const { path, message } = finding(issue);
  return invalidParameter(parameterPath(path), message);
}
