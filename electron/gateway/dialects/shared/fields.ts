/** Fields that bodies of several dialects have. Every message completes the sentence "<parameter> …" and never repeats what was sent. */
import { z } from 'zod';

export const must = (what: string) => ({
  error: (issue: { readonly input?: unknown }) =>
    issue.input === undefined ? `is required and must be ${what}` : `must be ${what}`,
});

/** For unions told apart by `type`: a value that is no object, and an object of a type that is not known. */
export const typed = (what: string, types: string) => ({
  error: (issue: { readonly code?: string }) =>
    issue.code === 'invalid_union' ? `must be one of ${types}` : `must be ${what}`,
});

export const text = z.string(must('a string'));
export const flag = z.boolean(must('true or false'));
export const number = (low: number, high: number) => {
  const range = must(`a number from ${low} to ${high}`);
  return z.number(range).min(low, range).max(high, range).nullish();
};
export const tokens = z
  .number(must('a whole number of tokens, 1 or more'))
  .min(1, must('a whole number of tokens, 1 or more'))
  .nullish();
/** No model writes more; clients send 2^31 or 1e9 for "as much as you can". */
const mostTokens = 1_000_000;

export function clampTokens(limit: number | null | undefined): number | undefined {
  return limit ? Math.floor(Math.min(limit, mostTokens)) : undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Kept by reference: a JSON Schema of 60 kB is not copied. */
export const object = z.custom<Readonly<Record<string, unknown>>>(isObject, must('an object'));
