import { z } from 'zod';
import type { ProviderContext } from '../provider.ts';
import { parseJson } from '../wire/shared/json.ts';

const key = 'longcat.sessions';
const most = 200;
const tries = 3;
const Sessions = z.array(z.object({ id: z.string(), account: z.string(), tried: z.number() })).catch([]);
type Kept = z.infer<typeof Sessions>;

/** Sessions that are still to be deleted, kept over restarts: their ids, and whose they are by a hash. */
export class Leftovers {
  readonly #memory: ProviderContext['memory'];
  #kept: Kept;
  /** Those that nobody of this run is at work on. */
  readonly #idle: Set<string>;

  constructor(memory: ProviderContext['memory']) {
    this.#memory = memory;
    this.#kept = Sessions.parse(parseJson(memory.get(key) ?? ''));
    this.#idle = new Set(this.#kept.map(({ id }) => id));
  }

  /** A session that was just made, and is in use. */
  add(id: string, account: string): void {
    this.#save([...this.#kept, { id, account, tried: 0 }].slice(-most));
  }

  /** The sessions of an account that can be deleted now; they are at work from here on. */
  take(account: string): string[] {
    const found = this.#kept.filter((entry) => entry.account === account && this.#idle.delete(entry.id));
    return found.map(({ id }) => id);
  }

  /** How a deletion went. After three failures a session is given up: it does no harm. */
  settle(id: string, deleted: boolean): void {
    const tried = (this.#kept.find((entry) => entry.id === id)?.tried ?? tries) + 1;
    const keep = !deleted && tried < tries;
    if (keep) this.#idle.add(id);
    this.#save(this.#kept.flatMap((entry) => (entry.id !== id ? [entry] : keep ? [{ ...entry, tried }] : [])));
  }

  #save(kept: Kept): void {
    this.#kept = kept;
    this.#memory.set(key, JSON.stringify(kept));
  }
}
