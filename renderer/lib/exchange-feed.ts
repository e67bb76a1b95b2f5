import { useSyncExternalStore } from 'react';
import type { Exchange } from '../../shared/exchange.ts';

const capacity = 5000;

/**
 * The newest exchanges, outside React because they change up to ten times a second. A Map keeps the order of arrival
 * and finds the row that an event changes; when full the oldest finished row makes room.
 */
export class ExchangeFeed {
  #rows = new Map<string, Exchange>();
  #newestFirst: readonly Exchange[] | null = [];
  #waiting: Exchange[] | null = null;
  readonly #listeners = new Set<() => void>();

  /** Arrow functions, so that React can hold them. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly snapshot = (): readonly Exchange[] => (this.#newestFirst ??= [...this.#rows.values()].toReversed());

  upsert(changed: readonly Exchange[]): void {
    if (this.#waiting !== null) {
      this.#waiting.push(...changed);
      return;
    }
    for (const row of changed) this.#rows.set(row.id, row);
    this.#trim();
    this.#changed();
  }

  /** Rows that arrive while a snapshot is being fetched are newer than it, and are applied after it. */
  async reload(fetchNewestFirst: () => Promise<readonly Exchange[]>): Promise<void> {
    this.#waiting ??= [];
    try {
      const rows = await fetchNewestFirst();
      this.#rows = new Map(rows.toReversed().map((row) => [row.id, row]));
    } finally {
      const waiting = this.#waiting ?? [];
      this.#waiting = null;
      this.upsert(waiting);
    }
  }

  /** Adds rows older than all that are held. */
  append(olderNewestFirst: readonly Exchange[]): void {
    const room = capacity - this.#rows.size;
    const older = olderNewestFirst.slice(0, Math.max(0, room)).toReversed();
    this.#rows = new Map([...older.map((row) => [row.id, row] as const), ...this.#rows]);
    this.#changed();
  }

  get(id: string): Exchange | undefined {
    return this.#rows.get(id);
  }

  get full(): boolean {
    return this.#rows.size >= capacity;
  }

  #trim(): void {
    let excess = this.#rows.size - capacity;
    for (const [id, row] of this.#rows) {
      if (excess <= 0) return;
      if (row.outcome === 'active') continue;
      this.#rows.delete(id);
      excess--;
    }
  }

  #changed(): void {
    this.#newestFirst = null;
    for (const listener of this.#listeners) listener();
  }
}

export const exchangeFeed = new ExchangeFeed();

export const useExchanges = (): readonly Exchange[] =>
  useSyncExternalStore(exchangeFeed.subscribe, exchangeFeed.snapshot);
