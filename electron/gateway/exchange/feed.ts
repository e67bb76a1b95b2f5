import type { Exchange } from '../../../shared/exchange.ts';
import type { Totals } from '../../../shared/state.ts';
import type { History } from './history.ts';

export interface FeedOptions {
  readonly history: History;
  /**
   * Receives rows that are new or have changed, at most every 100 ms and 500 at a time. They are the records themselves and go
   * on changing: both wires turn them into text at once, and with no window open nothing is spent on them.
   */
  readonly publish: (rows: Exchange[]) => void;
  /** The number of requests in flight has changed. */
  readonly inFlightChanged: () => void;
  /** A client's exchange has come to its end; told once. */
  readonly finished?: (record: Exchange) => void;
  /** Finished rows could not be saved (a full disk); told once until saving works again. */
  readonly unsaved: (error: unknown) => void;
}

const batchMs = 100;
const batchRows = 500;
const keptRows = 1_000;
const medianOver = 200;

/**
 * The live view of exchanges. Recorders call `changed` as often as they like; what leaves is batched, and finished rows go
 * to the history in one transaction per batch. The answer path never waits for it.
 */
export class ExchangeFeed {
  readonly #options: FeedOptions;
  readonly #recent = new Map<string, Exchange>();
  readonly #dirty = new Map<string, Exchange>();
  readonly #active = new Set<string>();
  /** Finished rows that the history has not taken; tried again with the next ones. */
  readonly #unsaved = new Map<string, Exchange>();
  #saving = true;
  readonly #firstTokens: number[] = [];
  #timer: NodeJS.Timeout | null = null;
  #totals: Omit<Totals, 'medianFirstTokenMs'> = {
    requests: 0,
    ok: 0,
    failed: 0,
    cancelled: 0,
    failovers: 0,
    inputTokens: 0,
    outputTokens: 0,
  };

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  get inFlight(): number {
    return this.#active.size;
  }

  readonly changed = (record: Exchange): void => {
    // What a running answer says again before it was sent: most calls.
    if (record.outcome === 'active' && this.#dirty.has(record.id)) return;
    const known = this.#recent.has(record.id);
    if (!known) {
      this.#recent.set(record.id, record);
      this.#trim();
    }
    const active = record.outcome === 'active';
    if (active && !known) {
      this.#active.add(record.id);
      this.#options.inFlightChanged();
    } else if (!active && this.#active.delete(record.id)) {
      this.#count(record);
      this.#options.inFlightChanged();
    }
    this.#dirty.set(record.id, record);
    this.#timer ??= setTimeout(() => this.flush(), batchMs).unref();
  };

  /** Sends and saves what has changed; called by the timer and at the end. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const rows = [...this.#dirty.values()];
    this.#dirty.clear();
    if (rows.length === 0) return;
    this.#save(rows);
    for (let at = 0; at < rows.length; at += batchRows) this.#options.publish(rows.slice(at, at + batchRows));
  }

  get(id: string): Exchange | null {
    return this.#recent.get(id) ?? this.#unsaved.get(id) ?? this.#options.history.get(id);
  }

  /** Newest first; what is in flight or unsaved comes from memory, the rest from the history. */
  list(limit: number, before: string | null): Exchange[] {
    this.flush();
    const active = [...this.#active].flatMap((id) => this.#recent.get(id) ?? []);
    const held = [...active.toReversed(), ...[...this.#unsaved.values()].toReversed()];
    const place = held.findIndex(({ id }) => id === before);
    if (before !== null && place === -1) return this.#options.history.list(limit, before);
    return [...held.slice(place + 1), ...this.#options.history.list(limit, null)].slice(0, limit);
  }

  clear(): void {
    this.flush();
    for (const id of this.#recent.keys()) if (!this.#active.has(id)) this.#recent.delete(id);
    this.#unsaved.clear();
    this.#options.history.clear();
  }

  totals(): Totals {
    const sorted = this.#firstTokens.toSorted((a, b) => a - b);
    return { ...this.#totals, medianFirstTokenMs: sorted[Math.floor(sorted.length / 2)] ?? null };
  }

  #save(rows: readonly Exchange[]): void {
    const open = rows.filter(({ outcome }) => outcome === 'active');
    for (const row of rows) if (row.outcome !== 'active') this.#unsaved.set(row.id, row);
    try {
      this.#options.history.save([...this.#unsaved.values()], open);
      this.#unsaved.clear();
      this.#saving = true;
    } catch (error) {
      for (const id of this.#unsaved.keys()) {
        if (this.#unsaved.size <= keptRows) break;
        this.#unsaved.delete(id);
      }
      if (this.#saving) this.#options.unsaved(error);
      this.#saving = false;
    }
  }

  #count(record: Exchange): void {
    if (record.purpose !== null) return;
    this.#options.finished?.(record);
    const totals = this.#totals;
    this.#totals = {
      requests: totals.requests + 1,
      ok: totals.ok + Number(record.outcome === 'ok'),
      failed: totals.failed + Number(record.outcome === 'failed'),
      cancelled: totals.cancelled + Number(record.outcome === 'cancelled'),
      failovers: totals.failovers + Math.max(0, record.attempts.length - 1),
      inputTokens: totals.inputTokens + (record.usage?.inputTokens ?? 0),
      outputTokens: totals.outputTokens + (record.usage?.outputTokens ?? 0),
    };
    if (record.firstToken !== null) this.#firstTokens.push(record.firstToken);
    if (this.#firstTokens.length > medianOver) this.#firstTokens.shift();
  }

  #trim(): void {
    for (const id of this.#recent.keys()) {
      if (this.#recent.size <= keptRows) return;
      if (!this.#active.has(id)) this.#recent.delete(id);
    }
  }
}
