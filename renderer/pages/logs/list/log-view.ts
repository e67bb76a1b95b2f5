import type { Exchange } from '../../../../shared/exchange.ts';
import type { Entry, ExchangeFeed, FeedChange } from '../../../lib/exchange-feed.ts';

export type Keep = (row: Exchange) => boolean;

/** What the list shows at one moment. The arrays are new whenever they have changed. */
export interface Shown {
  /** Oldest first, as those below. */
  readonly active: readonly Entry[];
  readonly finished: readonly Entry[];
  readonly paused: boolean;
  /** Requests that have come since the list was paused. */
  readonly missed: number;
  /** Not all rows have been looked at yet. */
  readonly searching: boolean;
}

/** So long one step of looking through all rows may take; the newest are looked at first. */
const sliceMs = 8;
const lookEvery = 200;

/** Where an entry of this place stands in the list, or would stand. */
export function placeOf(entries: readonly Entry[], seq: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.seq ?? 0) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The rows that pass the filter, kept up to date with each change instead of being looked for anew: with 50,000 rows and
 * hundreds of changes a second nothing else keeps the page quick.
 */
export class LogView {
  readonly #feed: ExchangeFeed;
  readonly #later: (run: () => void) => () => void;
  readonly #listeners = new Set<() => void>();
  #keep: Keep = () => true;
  #active: Entry[] = [];
  #finished: Entry[] = [];
  #paused: { readonly next: number } | null = null;
  #missed = 0;
  /** Entries below this place have not been looked at. */
  #reached = Number.NEGATIVE_INFINITY;
  #cancelStep: (() => void) | null = null;
  #shown: Shown = { active: [], finished: [], paused: false, missed: 0, searching: false };

  constructor(feed: ExchangeFeed, later: (run: () => void) => () => void = laterInPage) {
    this.#feed = feed;
    this.#later = later;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly shown = (): Shown => this.#shown;

  /** Follows the feed until the returned function is called. */
  readonly start = (): (() => void) => {
    this.#rebuild();
    const stop = this.#feed.follow((change) => this.#follow(change));
    return () => {
      stop();
      this.#cancelStep?.();
    };
  };

  filter(keep: Keep): void {
    this.#keep = keep;
    this.#rebuild();
  }

  pause(paused: boolean): void {
    if (paused === (this.#paused !== null)) return;
    this.#missed = 0;
    this.#paused = paused ? { next: (this.#feed.entries.at(-1)?.seq ?? -1) + 1 } : null;
    if (paused) this.#tell();
    else this.#rebuild();
  }

  #follow(change: FeedChange): void {
    if (change.kind === 'all') {
      this.#paused = null;
      this.#rebuild();
      return;
    }
    if (this.#paused && change.kind !== 'older') {
      if (change.kind === 'trimmed') return;
      this.#missed += change.fresh.length;
      if (change.fresh.length > 0) this.#tell();
      return;
    }
    if (change.kind === 'rows') this.#apply(change.fresh, change.changed);
    else if (change.kind === 'older') {
      // Still being looked through: they come last.
      if (this.#cancelStep === null)
        this.#finished = [...change.entries.filter((entry) => this.#passes(entry)), ...this.#finished];
    } else {
      this.#finished = this.#finished.filter((entry) => !change.gone.has(entry));
    }
    this.#tell();
  }

  #apply(fresh: readonly Entry[], changed: readonly Entry[]): void {
    let active = this.#active;
    let finished = this.#finished;
    const add = (entry: Entry) => {
      if (!this.#keep(entry.row)) return;
      if (entry.row.outcome === 'active') {
        if (active === this.#active) active = [...active];
        active.splice(placeOf(active, entry.seq), 0, entry);
        return;
      }
      if (finished === this.#finished) finished = [...finished];
      finished.splice(placeOf(finished, entry.seq), 0, entry);
    };
    const left = new Set(changed);
    if (left.size > 0) active = active.filter((entry) => !left.has(entry));
    for (const entry of changed) {
      if (entry.seq < this.#reached) continue;
      const at = placeOf(finished, entry.seq);
      if (finished[at] === entry) {
        if (finished === this.#finished) finished = [...finished];
        finished.splice(at, 1);
      }
      add(entry);
    }
    for (const entry of fresh) add(entry);
    this.#active = active;
    this.#finished = finished;
  }

  #rebuild(): void {
    this.#cancelStep?.();
    this.#cancelStep = null;
    this.#active = [];
    this.#finished = [];
    this.#reached = Number.POSITIVE_INFINITY;
    this.#step();
  }

  /** Looks at a part of the rows, newest first, and goes on later. */
  #step(): void {
    this.#cancelStep = null;
    const { entries } = this.#feed;
    const started = performance.now();
    const active: Entry[] = [];
    const finished: Entry[] = [];
    let at = placeOf(entries, this.#reached) - 1;
    for (let looked = 0; at >= 0; at--, looked++) {
      if (looked % lookEvery === lookEvery - 1 && performance.now() - started > sliceMs) break;
      const entry = entries[at];
      if (!entry) break;
      this.#reached = entry.seq;
      if (this.#paused && entry.seq >= this.#paused.next) continue;
      if (this.#passes(entry)) (entry.row.outcome === 'active' ? active : finished).push(entry);
    }
    this.#active = [...active.toReversed(), ...this.#active];
    this.#finished = [...finished.toReversed(), ...this.#finished];
    if (at >= 0) this.#cancelStep = this.#later(() => this.#step());
    else this.#reached = Number.NEGATIVE_INFINITY;
    this.#tell();
  }

  #passes({ row }: Entry): boolean {
    return this.#keep(row);
  }

  #tell(): void {
    this.#shown = {
      active: this.#active,
      finished: this.#finished,
      paused: this.#paused !== null,
      missed: this.#missed,
      searching: this.#cancelStep !== null,
    };
    for (const listener of this.#listeners) listener();
  }
}

function laterInPage(run: () => void): () => void {
  const timer = setTimeout(run, 0);
  return () => clearTimeout(timer);
}
