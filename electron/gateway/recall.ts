import type { ItemRecall } from './dialects/openai-responses/recall.ts';

/** How much is remembered, and for how long after it was last asked for. */
export interface RecallLimits {
  readonly items: number;
  readonly bytes: number;
  readonly ms: number;
}

const usual: RecallLimits = { items: 10_000, bytes: 32 * 1024 * 1024, ms: 4 * 60 * 60 * 1_000 };

interface Kept {
  readonly json: string;
  used: number;
}

/** Two bytes a character at most; what the entry itself costs is bounded by the number of items. */
const sizeOf = (name: string, { json }: Kept): number => 2 * (name.length + json.length);

/** In memory only. What has not been asked for the longest is forgotten first. */
export class ItemMemory implements ItemRecall {
  /** In the order of use. */
  readonly #items = new Map<string, Kept>();
  readonly #limits: RecallLimits;
  readonly #now: () => number;
  #bytes = 0;

  constructor(limits: RecallLimits = usual, now: () => number = () => performance.now()) {
    this.#limits = limits;
    this.#now = now;
  }

  get bytes(): number {
    return this.#bytes;
  }

  find(clientKey: string | null, id: string): object | undefined {
    this.#forget();
    const name = nameOf(clientKey, id);
    const kept = this.#items.get(name);
    if (!kept) return undefined;
    this.#drop(name, kept);
    this.#put(name, kept.json);
    const item: unknown = JSON.parse(kept.json);
    return typeof item === 'object' && item !== null ? item : undefined;
  }

  keep(clientKey: string | null, items: readonly object[]): void {
    for (const item of items) {
      if (!('id' in item) || typeof item.id !== 'string') continue;
      const name = nameOf(clientKey, item.id);
      const known = this.#items.get(name);
      if (known) this.#drop(name, known);
      this.#put(name, JSON.stringify(item));
    }
    this.#forget();
  }

  #put(name: string, json: string): void {
    const kept = { json, used: this.#now() };
    // It would push out all others, and then itself.
    if (sizeOf(name, kept) > this.#limits.bytes) return;
    this.#items.set(name, kept);
    this.#bytes += sizeOf(name, kept);
  }

  #drop(name: string, kept: Kept): void {
    this.#items.delete(name);
    this.#bytes -= sizeOf(name, kept);
  }

  #forget(): void {
    const oldest = this.#now() - this.#limits.ms;
    for (const [name, kept] of this.#items) {
      const over = this.#items.size > this.#limits.items || this.#bytes > this.#limits.bytes;
      if (!over && kept.used > oldest) return;
      this.#drop(name, kept);
    }
  }
}

/** An id that a client makes up cannot leave the space of its own key. */
function nameOf(clientKey: string | null, id: string): string {
  return JSON.stringify([clientKey, id]);
}
