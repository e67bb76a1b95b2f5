import { type Token, tokenStates } from '../../../../shared/token.ts';
import type { TokenColumn } from './token-columns.ts';

export interface TokenOrder {
  readonly by: TokenColumn;
  readonly down: boolean;
}

const names = new Intl.Collator('en', { numeric: true });
const last = Number.POSITIVE_INFINITY;

/** Smaller goes first; what is not known goes last. */
const ranks: Partial<Record<TokenColumn, (a: Token, b: Token) => number>> = {
  alias: (a, b) => names.compare(a.alias, b.alias),
  role: (a, b) => names.compare(`${a.role} ${a.account ?? ''}`, `${b.role} ${b.account ?? ''}`),
  state: (a, b) => tokenStates.indexOf(a.state) - tokenStates.indexOf(b.state) || (a.until ?? 0) - (b.until ?? 0),
  counts: (a, b) => a.ok - b.ok || a.failed - b.failed,
  inFlight: (a, b) => a.inFlight - b.inFlight,
  weight: (a, b) => a.weight - b.weight,
  priority: (a, b) => a.priority - b.priority,
  endsAt: (a, b) => compare(a.endsAt ?? last, b.endsAt ?? last),
  lastUsed: (a, b) => compare(a.lastUsedAt ?? last, b.lastUsedAt ?? last),
};
export const isSortable = (column: TokenColumn): boolean => ranks[column] !== undefined;

// Infinity less infinity is no number.
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

/** Null: as they were added. */
export function inOrder(tokens: readonly Token[], order: TokenOrder | null): readonly Token[] {
  const rank = order === null ? undefined : ranks[order.by];
  if (order === null || rank === undefined) return tokens;
  return tokens.toSorted((a, b) => (order.down ? rank(b, a) : rank(a, b)));
}

/** Pressed once: upwards; again: downwards; a third time: as they were added. */
export function nextOrder(order: TokenOrder | null, by: TokenColumn): TokenOrder | null {
  if (order?.by !== by) return { by, down: false };
  return order.down ? null : { by, down: true };
}
