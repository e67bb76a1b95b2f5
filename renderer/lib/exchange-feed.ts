import { useSyncExternalStore } from 'react';
import type { Exchange } from '../../shared/exchange.ts';

/** One exchange in its place. The row is replaced when the gateway says that it has changed. */
export interface Entry {
  /** Grows with the order of arrival; below 0 for what was read back later. */
  readonly seq: number;
  row: Exchange;
}

/** What has happened to the rows since the last word. */
export type FeedChange =
  | { readonly kind: 'all' }
  | { readonly kind: 'older'; readonly entries: readonly Entry[] }
  | { readonly kind: 'rows'; readonly fresh: readonly Entry[]; readonly changed: readonly Entry[] }
  /** The oldest have made room. */
  | { readonly kind: 'trimmed'; readonly gone: ReadonlySet<Entry> };

const most = 50_000;
/** So many at a time make room: one by one would move the others each time. */
const trimBy = 1_000;

/** How many rows, beside those of Traygate itself, are in flight or have failed. */
export interface FeedCounts {
  readonly active: number;
  readonly errors: number;
}

const isError = ({ outcome }: Exchange): boolean => outcome === 'failed' || outcome === 'interrupted';

/**
 * The newest exchanges, outside React because they change ten times a second. Each stays in its place while its row is
 * replaced; who shows them is told what has changed, and never has to look at all of them.
 */
export class ExchangeFeed {
  /** Oldest first. */
  #entries: Entry[] = [];
  #byId = new Map<string, Entry>();
  #next = 0;
  #newestFirst: readonly Exchange[] | null = [];
  #waiting: Exchange[] | null = null;
  #counts = { active: 0, errors: 0 };
  readonly #listeners = new Set<() => void>();
  readonly #followers = new Set<(change: FeedChange) => void>();
  readonly #capacity: number;

  constructor(capacity = most) {
    this.#capacity = capacity;
  }

  /** Arrow functions, so that React can hold them. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** Tells each change by itself. */
  follow(follower: (change: FeedChange) => void): () => void {
    this.#followers.add(follower);
    return () => {
      this.#followers.delete(follower);
    };
  }

  readonly snapshot = (): readonly Exchange[] =>
    (this.#newestFirst ??= this.#entries.map(({ row }) => row).toReversed());

  /** All in the order in which they came. Not to be changed. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  get counts(): FeedCounts {
    return this.#counts;
  }

  upsert(rows: readonly Exchange[]): void {
    if (this.#waiting !== null) {
      this.#waiting.push(...rows);
      return;
    }
    if (rows.length === 0) return;
    const fresh: Entry[] = [];
    const changed = new Set<Entry>();
    for (const row of rows) {
      const known = this.#byId.get(row.id);
      if (known === undefined) {
        const entry: Entry = { seq: this.#next++, row };
        this.#byId.set(row.id, entry);
        this.#entries.push(entry);
        fresh.push(entry);
      } else {
        this.#count(known.row, -1);
        known.row = row;
        changed.add(known);
      }
      this.#count(row, 1);
    }
    this.#tell({ kind: 'rows', fresh, changed: [...changed] });
    this.#trim();
  }

  /** Rows that arrive while a snapshot is being fetched are newer than it, and are applied after it. */
  async reload(fetchNewestFirst: () => Promise<readonly Exchange[]>): Promise<void> {
    this.#waiting ??= [];
    try {
      const rows = await fetchNewestFirst();
      this.#entries = rows.toReversed().map((row) => ({ seq: this.#next++, row }));
      this.#byId = new Map(this.#entries.map((entry) => [entry.row.id, entry]));
      this.#counts = { active: 0, errors: 0 };
      for (const row of rows) this.#count(row, 1);
      this.#tell({ kind: 'all' });
    } finally {
      const waiting = this.#waiting ?? [];
      this.#waiting = null;
      this.upsert(waiting);
    }
  }

  /** Adds rows older than all that are held. */
  append(olderNewestFirst: readonly Exchange[]): void {
    const room = Math.max(0, this.#capacity - this.#entries.length);
    const rows = olderNewestFirst.slice(0, room).filter(({ id }) => !this.#byId.has(id));
    const oldest = this.#entries[0]?.seq ?? 0;
    const entries = rows.map((row, index) => ({ seq: oldest - 1 - index, row })).toReversed();
    for (const entry of entries) {
      this.#byId.set(entry.row.id, entry);
      this.#count(entry.row, 1);
    }
    this.#entries = [...entries, ...this.#entries];
    this.#tell({ kind: 'older', entries });
  }

  get(id: string): Exchange | undefined {
    return this.#byId.get(id)?.row;
  }

  get full(): boolean {
    return this.#entries.length >= this.#capacity;
  }

  /** What is in flight never makes room. */
  #trim(): void {
    if (this.#entries.length < this.#capacity + Math.min(trimBy, this.#capacity)) return;
    let excess = this.#entries.length - this.#capacity;
    const gone = new Set<Entry>();
    this.#entries = this.#entries.filter((entry) => {
      if (excess <= 0 || entry.row.outcome === 'active') return true;
      excess--;
      gone.add(entry);
      this.#byId.delete(entry.row.id);
      this.#count(entry.row, -1);
      return false;
    });
    this.#tell({ kind: 'trimmed', gone });
  }

  #count(row: Exchange, by: number): void {
    if (row.purpose !== null) return;
    const { active, errors } = this.#counts;
    if (row.outcome === 'active') this.#counts = { active: active + by, errors };
    else if (isError(row)) this.#counts = { active, errors: errors + by };
  }

  #tell(change: FeedChange): void {
    this.#newestFirst = null;
    for (const follower of this.#followers) follower(change);
    for (const listener of this.#listeners) listener();
  }
}

export const exchangeFeed = new ExchangeFeed();

export const useExchanges = (): readonly Exchange[] =>
  useSyncExternalStore(exchangeFeed.subscribe, exchangeFeed.snapshot);

export const useExchangeCounts = (): FeedCounts =>
  useSyncExternalStore(exchangeFeed.subscribe, () => exchangeFeed.counts);
