import { z } from 'zod';
import { Finding } from '../../../shared/radar.ts';
import type { ProviderContext } from '../providers/provider.ts';

const key = 'radar';
const Kept = z.array(Finding);

/** The last finding of each provider and kind; they survive a restart. */
export class Findings {
  readonly #memory: ProviderContext['memory'];
  #all: readonly Finding[];

  constructor(memory: ProviderContext['memory']) {
    this.#memory = memory;
    this.#all = read(memory.get(key));
  }

  list(): readonly Finding[] {
    return this.#all;
  }

  keep(found: Finding): void {
    const others = this.#all.filter(({ provider, kind }) => provider !== found.provider || kind !== found.kind);
    this.#all = [...others, found];
    this.#memory.set(key, JSON.stringify(this.#all));
  }
}

/** What another version has written may be of another form; it is then forgotten. */
function read(text: string | undefined): readonly Finding[] {
  try {
    return Kept.catch([]).parse(JSON.parse(text ?? '[]'));
  } catch {
    return [];
  }
}
