import { z } from 'zod';
import { invalidBody, unexplained } from '../shared/problem.ts';

/** Parses what stands at `path` of the body. Throws ChatError `invalid_parameter` that names the whole way to the fault. */
export function parse<T>(schema: z.ZodType<T>, value: unknown, path: readonly PropertyKey[] = []): T {
  const parsed = schema.safeParse(value, { error: () => unexplained });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidBody(new z.ZodError(issue ? [{ ...issue, path: [...path, ...issue.path] }] : []));
}
