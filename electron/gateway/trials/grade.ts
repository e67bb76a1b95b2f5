import type { Expectation, Expected } from '../../../shared/exam-cases.ts';
import type { CheckName, GradeCode } from '../../../shared/test-runs.ts';
import type { TrialCall, TrialView } from '../../../shared/trials.ts';

type Said = Pick<TrialView, 'text' | 'reasoning' | 'calls'>;

const words = (text: string): string => text.trim().toLowerCase();

function argumentsOf(call: TrialCall): unknown {
  try {
    return JSON.parse(call.arguments || '{}');
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value is what was expected; further fields of an object do no harm. */
function fits(value: unknown, expected: Expected, exact: boolean): boolean {
  if (typeof expected === 'string')
    return typeof value === 'string' && (exact ? value === expected : words(value) === words(expected));
  if (typeof expected !== 'object') return value === expected;
  if (isList(expected))
    return (
      Array.isArray(value) &&
      value.length === expected.length &&
      expected.every((one, at) => fits(value[at], one, exact))
    );
  return isObject(value) && Object.entries(expected).every(([name, one]) => fits(value[name], one, exact));
}

const isList = (value: object): value is readonly Expected[] => Array.isArray(value);

/** A number must stand by itself: 14 is not 4. */
function mentions(text: string, word: string): boolean {
  if (!/^\d+$/.test(word)) return text.includes(word);
  const numbers: readonly string[] = text.match(/\d+(?:[.,]\d+)?/g) ?? [];
  return numbers.includes(word);
}

/** What is wrong with an answer to a question of the exam; null: nothing. The tools are those that were offered. */
export function gradeExam(said: Said, expect: Expectation, offered: readonly string[]): GradeCode | null {
  const { calls, text } = said;
  if (calls.some(({ name }) => !offered.includes(name))) return 'wrong_call';
  if ('says' in expect) {
    if (calls.length > 0) return 'unwanted_call';
    if (text.trim() === '') return 'empty_answer';
    return expect.says.some((word) => mentions(words(text), word)) ? null : 'wrong_answer';
  }
  if (calls.length === 0) return 'no_call';
  if (calls.some((call) => !isObject(argumentsOf(call)))) return 'wrong_arguments';
  if ('anyCall' in expect) return null;
  const left = [...calls];
  for (const { name, arguments: wanted = {} } of expect.calls) {
    const at = left.findIndex((call) => call.name === name && fits(argumentsOf(call), wanted, expect.exact ?? false));
    if (at === -1) return left.some((call) => call.name === name) ? 'wrong_arguments' : 'wrong_call';
    left.splice(at, 1);
  }
  return left.length > 0 ? 'unwanted_call' : null;
}

/** What is wrong with an answer to a check of the matrix; null: nothing. */
export function gradeCheck(check: CheckName, { text, reasoning, calls }: Said): GradeCode | null {
  if (check === 'tools') return gradeExam({ text, reasoning, calls }, weatherInRome, ['get_weather']);
  if (text.trim() === '') return 'empty_answer';
  if (check === 'thinking') return reasoning.trim() === '' ? 'no_thinking' : null;
  if (check === 'vision') return /\b(red|crimson|scarlet)\b|红/iu.test(text) ? null : 'wrong_answer';
  if (check !== 'json') return null;
  try {
    return isObject(JSON.parse(text)) ? null : 'not_json';
  } catch {
    return 'not_json';
  }
}

const weatherInRome: Expectation = { calls: [{ name: 'get_weather', arguments: { city: 'Rome' } }] };
