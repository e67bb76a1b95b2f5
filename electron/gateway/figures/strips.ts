import { type CellState, cellStates, type TokenStrip } from '../../../shared/figures.ts';
import type { ProviderId } from '../../../shared/provider.ts';
import type { StoredCell } from './cell-store.ts';
import { tokenKey } from './cell.ts';
import type { Stay } from './health-log.ts';

/** The steps of a strip. */
export interface Steps {
  readonly from: number;
  readonly stepMs: number;
  readonly count: number;
}

/** A token as it is now. */
export interface StripToken {
  readonly provider: ProviderId;
  readonly alias: string;
  readonly id: string;
  readonly stay: Stay;
  readonly enabled: boolean;
}

const mostStrips = 40;
const rankOf = (state: CellState): number => cellStates.indexOf(state);
const guestAlias = 'Guest';

/** One strip for each token; where there are too many, for those with something to tell, and how many were left out. */
export function stripsOf(
  tokens: readonly StripToken[],
  stays: ReadonlyMap<string, readonly Stay[]>,
  cells: readonly StoredCell[],
  steps: Steps,
  now: number,
): { strips: TokenStrip[]; leftOut: number } {
  const answers = answersOf(cells, steps);
  const keyOf = ({ provider, alias }: StripToken) => tokenKey(provider, alias);
  const eventful = (token: StripToken): number =>
    Number(answers.has(keyOf(token))) * 2 + Number(stays.has(keyOf(token)) || token.stay.state !== 'idle');
  const told = new Set(tokens.toSorted((a, b) => eventful(b) - eventful(a)).slice(0, mostStrips));
  const strips = tokens
    .filter((token) => told.has(token))
    .map((token): TokenStrip => {
      const row = answers.get(keyOf(token)) ?? blank(steps);
      const past = stays.get(keyOf(token))?.filter(({ since }) => since < token.stay.since) ?? [];
      for (const one of ends([...past, ...(token.enabled ? [token.stay] : [])], now)) paint(row, one, steps);
      return { provider: token.provider, alias: token.alias, id: token.id, guest: false, cells: row };
    });
  const known = new Set(tokens.map(keyOf));
  for (const [key, cellsOfGuests] of answers) {
    const [provider = '', alias = ''] = key.split(/\/(.*)/su);
    if (alias === guestAlias && !known.has(key))
      strips.push({ provider, alias, id: null, guest: true, cells: cellsOfGuests });
  }
  return { strips, leftOut: tokens.length - told.size };
}

const blank = ({ count }: Steps): CellState[] => Array.from({ length: count }, () => 'idle');

function worsen(row: CellState[], at: number, state: CellState): void {
  const known = row[at];
  if (known !== undefined && rankOf(state) > rankOf(known)) row[at] = state;
}

/** What the attempts say: it answered, or it failed. */
function answersOf(cells: readonly StoredCell[], steps: Steps): Map<string, CellState[]> {
  const rows = new Map<string, CellState[]>();
  for (const { at, cell } of cells) {
    const step = Math.floor((at - steps.from) / steps.stepMs);
    for (const [key, [, failed]] of Object.entries(cell.tokens)) {
      const row = rows.get(key) ?? blank(steps);
      rows.set(key, row);
      worsen(row, step, failed > 0 ? 'degraded' : 'ok');
    }
  }
  return rows;
}

/** Each stay with its end: the beginning of the next, or when its rest was over. */
function ends(stays: readonly Stay[], now: number): { state: CellState; since: number; end: number }[] {
  return stays.map(({ state, since, until }, at) => ({
    state,
    since,
    end: Math.min(until ?? now, stays[at + 1]?.since ?? now, now),
  }));
}

function paint(row: CellState[], stay: { state: CellState; since: number; end: number }, steps: Steps): void {
  const first = Math.max(0, Math.floor((stay.since - steps.from) / steps.stepMs));
  const last = Math.min(steps.count - 1, Math.floor((stay.end - steps.from) / steps.stepMs));
  for (let at = first; at <= last; at++) worsen(row, at, stay.state);
}
