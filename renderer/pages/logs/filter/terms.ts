/** What may stand before the colon of a filter, and what kind of value comes after it. */
export const filterKeys = {
  model: 'text',
  provider: 'text',
  token: 'text',
  key: 'text',
  client: 'text',
  id: 'text',
  code: 'text',
  finish: 'text',
  status: 'status',
  ttft: 'duration',
  total: 'duration',
  in: 'count',
  out: 'count',
  speed: 'count',
  attempts: 'count',
  has: ['retry', 'error', 'notice', 'tools', 'pin'],
  is: ['active', 'ok', 'failed', 'cancelled', 'interrupted', 'test', 'replay', 'guest'],
  stream: ['true', 'false'],
  api: ['chat', 'responses', 'messages'],
  after: 'time',
  before: 'time',
} as const;

export type FilterKey = keyof typeof filterKeys;
export type Comparison = '<' | '<=' | '>' | '>=' | '=';

export interface Term {
  /** Null: a word that may be found anywhere. */
  readonly key: FilterKey | null;
  readonly not: boolean;
  readonly op: Comparison;
  /** In lower case. */
  readonly value: string;
  /** Of a duration in milliseconds, a count, a status, or a time. */
  readonly number: number | null;
  /** As it was typed; where it cannot be understood it filters nothing, and the field says so. */
  readonly typed: string;
  readonly valid: boolean;
}

export const isFilterKey = (key: string): key is FilterKey => Object.hasOwn(filterKeys, key);

const part = /-?(?:[a-z]+:)?(?:"[^"]*"?|[^\s"]+)/gi;

/** Splits what was typed into its terms; what has no known key before a colon is a word. */
export function parseFilter(text: string): Term[] {
  return (text.match(part) ?? []).flatMap((typed) => term(typed) ?? []);
}

function term(typed: string): Term | null {
  const [, minus = '', key = '', rest = ''] = /^(-?)(?:([a-z]+):)?(.*)$/is.exec(typed) ?? [];
  const known = key.toLowerCase();
  if (key !== '' && isFilterKey(known)) return keyed(known, minus === '-', rest, typed);
  const value = bare(key === '' ? rest : `${key}:${rest}`);
  if (value === '') return null;
  return { key: null, not: minus === '-', op: '=', value, number: null, typed, valid: true };
}

const bare = (text: string): string => text.replaceAll('"', '').toLowerCase();

function keyed(key: FilterKey, not: boolean, rest: string, typed: string): Term {
  const kind = filterKeys[key];
  const [, sign = '', after = ''] = /^(<=|>=|<|>|=)?(.*)$/s.exec(rest) ?? [];
  const compared = kind === 'status' || kind === 'duration' || kind === 'count';
  const op: Comparison = compared && isComparison(sign) ? sign : '=';
  const value = bare(compared ? after : rest);
  const number = numberIn(kind, value);
  const valid = value !== '' && (typeof kind === 'string' ? isUnderstood(kind, value, number) : isOneOf(kind, value));
  return { key, not, op, value, number, typed, valid };
}

const isComparison = (sign: string): sign is Comparison => ['<', '<=', '>', '>=', '='].includes(sign);
const isOneOf = (choices: readonly string[], value: string): boolean => choices.includes(value);

function isUnderstood(kind: string, value: string, number: number | null): boolean {
  if (kind === 'text') return true;
  return number !== null || (kind === 'status' && /^[1-5]xx$/.test(value));
}

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

function numberIn(kind: unknown, value: string): number | null {
  if (kind === 'time') return timeIn(value);
  const [whole, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)([a-z]*)$/.exec(value) ?? [];
  if (whole === undefined) return null;
  const number = Number(digits);
  if (kind === 'duration') {
    // Without a unit: seconds.
    const factor = units[unit === '' ? 's' : unit];
    return factor === undefined ? null : number * factor;
  }
  if (unit === 'k' && kind === 'count') return number * 1_000;
  return unit === '' ? number : null;
}

/** `14:30` of today, a date with or without a time, or a while ago such as `30m`. */
function timeIn(value: string): number | null {
  const [, ago, unit = ''] = /^(\d+)(m|h|d)$/.exec(value) ?? [];
  if (ago !== undefined) return Date.now() - Number(ago) * (units[unit] ?? 0);
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(value);
  if (clock) return new Date().setHours(Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0), 0);
  if (!/^\d{4}-\d{2}-\d{2}/.test(value)) return null;
  // A date alone would be taken as one in UTC.
  const at = Date.parse(value.length === 10 ? `${value}T00:00` : value);
  return Number.isNaN(at) ? null : at;
}
