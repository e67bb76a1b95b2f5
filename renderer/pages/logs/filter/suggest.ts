import type { Exchange } from '../../../../shared/exchange.ts';
import { providerName } from '../../../lib/provider-name.ts';
import { type FilterKey, filterKeys, isFilterKey } from './terms.ts';

export interface Suggestion {
  /** What the field holds when it is taken. */
  readonly text: string;
  /** What the list shows. */
  readonly shown: string;
  readonly key: FilterKey;
  /** A value is still to follow. */
  readonly open: boolean;
}

const most = 8;
const lookedAt = 2_000;

const examples: Partial<Record<FilterKey, readonly string[]>> = {
  status: ['>=400', '200', '429', '5xx'],
  ttft: ['>2s', '>500ms', '<1s'],
  total: ['>10s', '>1m'],
  in: ['>1k', '>10k'],
  out: ['>1k'],
  speed: ['<10', '>50'],
  attempts: ['>1'],
  after: ['15m', '1h', '1d'],
  before: ['1h', '1d'],
};

const fields: Partial<Record<FilterKey, (row: Exchange) => readonly (string | null | undefined)[]>> = {
  model: (row) => [row.model, row.resolvedModel],
  provider: (row) => row.attempts.map(({ provider }) => providerName(provider)),
  token: (row) => row.attempts.map(({ credential }) => credential),
  key: (row) => [row.clientKey],
  client: (row) => [row.client],
  code: (row) => [row.failure?.code, ...row.attempts.map(({ failure }) => failure?.code)],
  finish: (row) => [row.finishReason],
};

function valuesOf(key: FilterKey, newest: () => Iterable<Exchange>): string[] {
  const kind = filterKeys[key];
  if (typeof kind !== 'string') return [...kind];
  const field = fields[key];
  if (!field) return [...(examples[key] ?? [])];
  const found = new Set<string>();
  let left = lookedAt;
  for (const row of newest()) {
    for (const value of field(row)) if (value !== null && value !== undefined && value !== '') found.add(value);
    if (--left === 0 || found.size > 50) break;
  }
  return [...found].toSorted();
}

const quoted = (value: string): string => (/\s/.test(value) ? `"${value}"` : value);

/** What may follow where the field ends: a key, or values that the newest rows hold. */
export function suggest(typed: string, newest: () => Iterable<Exchange>): Suggestion[] {
  const [, before = '', word = ''] = /^(.*?)((?:-?[a-z]*:"[^"]*|\S*))$/is.exec(typed) ?? [];
  const minus = word.startsWith('-') ? '-' : '';
  const rest = word.slice(minus.length);
  const colon = rest.indexOf(':');
  if (colon === -1) {
    const begun = rest.toLowerCase();
    return Object.keys(filterKeys)
      .filter(isFilterKey)
      .filter((key) => key.startsWith(begun) && key !== begun)
      .slice(0, begun === '' ? undefined : most)
      .map((key) => ({ text: `${before}${minus}${key}:`, shown: `${key}:`, key, open: true }));
  }
  const key = rest.slice(0, colon).toLowerCase();
  if (!isFilterKey(key)) return [];
  const begun = rest
    .slice(colon + 1)
    .replaceAll('"', '')
    .toLowerCase();
  return valuesOf(key, newest)
    .filter((value) => value.toLowerCase().includes(begun) && value.toLowerCase() !== begun)
    .slice(0, most)
    .map((value) => ({
      text: `${before}${minus}${key}:${quoted(value)} `,
      shown: `${key}:${quoted(value)}`,
      key,
      open: false,
    }));
}
