import { ChatError, type ErrorCode } from '../../../chat/errors.ts';
import { readRefusal, type Facts, type Refusal } from './refusal.ts';
import { rateLimitReset, retryAfter } from './retry-after.ts';

/** One line of a table that says what a refusal means. The first line that fits decides. */
export interface Rule {
  readonly when: (facts: Facts) => boolean;
  readonly code: ErrorCode;
  /** `{text}`: what the service said; `{status}`: the HTTP status; `{name}`: the service. */
  readonly message: string;
  readonly hint?: string;
  /** Milliseconds until a repeat makes sense, where the service says it in words. */
  readonly wait?: (facts: Facts, now: number) => number | undefined;
}

export interface Judgement<R extends Rule> {
  readonly error: ChatError;
  readonly rule: R | undefined;
}

export const says =
  (pattern: RegExp) =>
  ({ text }: Facts) =>
    pattern.test(text);
export const status =
  (...wanted: readonly number[]) =>
  (facts: Facts) =>
    wanted.includes(facts.status);
/** The code of the body, or its type: services put the same word into either. */
export const code =
  (...wanted: readonly (number | string)[]) =>
  (facts: Facts) =>
    (facts.code !== undefined && wanted.includes(facts.code)) ||
    (facts.type !== undefined && wanted.includes(facts.type));
/** A web page where JSON was expected, with one of these statuses or any. */
export const page =
  (...wanted: readonly number[]) =>
  (facts: Facts) =>
    facts.html && (wanted.length === 0 || wanted.includes(facts.status));
export const all =
  (...conditions: readonly Rule['when'][]): Rule['when'] =>
  (facts) =>
    conditions.every((holds) => holds(facts));

/** Quotas end after hours or days, limits of rate after minutes. */
const longestQuota = 26 * 60 * 60_000;

/** A service's own words often end without a stop, and what to do follows them. */
const sentence = (text: string): string => (/[.!?…。！？]$/.test(text) ? text : `${text}.`);

function waitOf(refusal: Refusal, facts: Facts, meaning: ErrorCode, rule: Rule | undefined): number | undefined {
  const headers = refusal.headers ?? {};
  const told = rule?.wait?.(facts, refusal.now);
  if (told !== undefined) return told;
  const most = meaning === 'quota_exceeded' ? longestQuota : undefined;
  const said = retryAfter(headers, refusal.now, most);
  // Healthy replies carry these headers too; they say something about a failure only where a limit caused it.
  return said ?? (facts.status === 429 ? rateLimitReset(headers, refusal.now, most) : undefined);
}

/** Says what a refusal means, whose fault it is, and when to ask again. */
export function judge<R extends Rule>(rules: readonly R[], refusal: Refusal, name: string): Judgement<R> {
  const facts = readRefusal(refusal);
  const rule = rules.find(({ when }) => when(facts));
  const meaning = rule?.code ?? 'upstream_error';
  const message = (rule?.message ?? '{name} failed: {text}')
    .replace('{status}', String(facts.status))
    .replace('{name}', () => name)
    .replace('{text}', () => facts.text || 'no reason given');
  const wait = waitOf(refusal, facts, meaning, rule);
  const word = facts.code ?? facts.type;
  const error = new ChatError(meaning, sentence(message), {
    upstream: {
      status: refusal.status,
      ...(word !== undefined && { code: word }),
      ...(facts.text && { message: facts.text }),
    },
    ...(wait !== undefined && { retryAfterMs: wait }),
    ...(rule?.hint !== undefined && { hint: rule.hint }),
  });
  return { error, rule };
}
