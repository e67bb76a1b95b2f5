import type { Logger } from 'pino';
import { z } from 'zod';
import { Recovered } from '../../../shared/state.ts';

interface Memory {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
}

const key = 'recovered';
const most = 10;

/** What had to be recovered, at this start or an earlier one, until the user has read it. */
export class Recoveries {
  readonly #memory: Memory;
  #all: readonly Recovered[];

  constructor(memory: Memory, log: Logger, found: readonly (Recovered | null | undefined)[]) {
    this.#memory = memory;
    const fresh = found.filter((one) => one !== null && one !== undefined);
    for (const recovered of fresh)
      log.warn({ recovered }, `the ${recovered.what} file was damaged and has been replaced`);
    this.#all = [...fresh, ...earlier(memory.get(key))].slice(0, most);
    if (fresh.length > 0) this.#save();
  }

  list(): Recovered[] {
    return [...this.#all];
  }

  dismiss(): void {
    if (this.#all.length === 0) return;
    this.#all = [];
    this.#save();
  }

  #save(): void {
    try {
      this.#memory.set(key, JSON.stringify(this.#all));
    } catch {
      // A full disk: it is told as long as this process lives.
    }
  }
}

function earlier(saved: string | undefined): Recovered[] {
  if (saved === undefined) return [];
  try {
    return z.array(Recovered).parse(JSON.parse(saved));
  } catch {
    return [];
  }
}
