import type { DatabaseSync } from 'node:sqlite';
import type { Exchange } from '../../../shared/exchange.ts';
import { figureWindows } from '../../../shared/figures.ts';
import { addExchange, Cell, emptyCell, endOf } from './cell.ts';

/** Widths of sums, and how long each is kept: the window that shows it and the one before, which it is compared with. */
const spans = Object.values(figureWindows).map(({ bucketMs, buckets }) => ({
  span: bucketMs,
  keepMs: bucketMs * (2 * buckets + 2),
}));

export interface StoredCell {
  readonly at: number;
  readonly cell: Cell;
}

const startOf = (at: number, span: number): number => at - (at % span);

/**
 * Sums of exchanges on disk, one for each step of each window: some 1,250 rows however many exchanges there were. Clearing the
 * history does not touch them.
 */
export class CellStore {
  readonly #clock: () => number;
  readonly #one;
  readonly #put;
  readonly #range;
  readonly #old;
  readonly #first;

  constructor(database: DatabaseSync, clock: () => number) {
    this.#clock = clock;
    this.#one = database.prepare('SELECT cell FROM figures WHERE span = ? AND at = ?');
    this.#put = database.prepare('INSERT OR REPLACE INTO figures (span, at, cell) VALUES (?, ?, ?)');
    this.#range = database.prepare(
      'SELECT at, cell FROM figures WHERE span = ? AND at >= ? AND at < ? ORDER BY span, at',
    );
    this.#old = database.prepare('DELETE FROM figures WHERE span = ? AND at < ?');
    this.#first = database.prepare('SELECT min(at) AS at FROM figures');
  }

  /** Adds finished exchanges, inside the caller's transaction: they are counted if and only if they are saved. */
  add(rows: readonly Exchange[], peak: number): void {
    if (rows.length === 0) return;
    const now = this.#clock();
    for (const { span, keepMs } of spans) {
      const oldest = now - keepMs;
      for (const [at, group] of Map.groupBy(rows, (row) => startOf(endOf(row), span)))
        if (at >= oldest) this.#change(span, at, oldest, group, peak);
    }
  }

  #change(span: number, at: number, oldest: number, group: readonly Exchange[], peak: number): void {
    const known = read(this.#one.get(span, at)?.['cell']);
    const cell = known ?? emptyCell();
    for (const row of group) addExchange(cell, row);
    cell.peak = Math.max(cell.peak, peak);
    this.#put.run(span, at, JSON.stringify(cell));
    if (known === null) this.#old.run(span, oldest);
  }

  /** Oldest first; only those that something was added to. */
  between(span: number, from: number, until: number): StoredCell[] {
    return this.#range.all(span, from, until).flatMap(({ at, cell: text }) => {
      const cell = read(text);
      return cell ? [{ at: Number(at), cell }] : [];
    });
  }

  /** When the oldest sum began. */
  get since(): number | null {
    const at = this.#first.get()?.['at'];
    return typeof at === 'number' ? at : null;
  }
}

function read(text: unknown): Cell | null {
  if (typeof text !== 'string') return null;
  const parsed = Cell.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}
