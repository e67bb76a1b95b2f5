import type { Exchange } from '../../../shared/exchange.ts';
import { providerName } from '../../lib/provider-name.ts';
import type { LogsView } from './logs-search.ts';

const inView: Record<LogsView, (row: Exchange) => boolean> = {
  all: () => true,
  active: ({ outcome }) => outcome === 'active',
  errors: ({ outcome }) => outcome === 'failed' || outcome === 'interrupted',
  retried: ({ attempts }) => attempts.length > 1,
  cancelled: ({ outcome }) => outcome === 'cancelled',
  tests: ({ test }) => test,
};

/** A row is a new object whenever it changes, so its text is made once. */
const texts = new WeakMap<Exchange, string>();

function textOf(row: Exchange): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const parts = [row.id, row.model, row.resolvedModel, row.client, row.clientKey, row.status, row.failure?.code];
  for (const { provider, credential, failure } of row.attempts) {
    parts.push(providerName(provider), credential, failure?.code);
  }
  const text = parts
    .filter((part) => part !== null && part !== undefined)
    .join('\n')
    .toLowerCase();
  texts.set(row, text);
  return text;
}

/** Newest first, those in flight before all others. Every word that was typed must be found. */
export function filterExchanges(
  rows: readonly Exchange[],
  view: LogsView,
  typed: string,
  checks?: 'hidden',
): Exchange[] {
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  const active: Exchange[] = [];
  const rest: Exchange[] = [];
  for (const row of rows) {
    if (!inView[view](row) || (checks === 'hidden' && row.purpose === 'radar')) continue;
    const text = words.length > 0 ? textOf(row) : '';
    if (!words.every((word) => text.includes(word))) continue;
    (row.outcome === 'active' ? active : rest).push(row);
  }
  return [...active, ...rest];
}
