import type { Claim, Place } from '../pool/shared.ts';
import type { Link } from './link.ts';
import { channel, freePlaces, holdPlaces, placeKey, takePlaces } from './scripts.ts';
import type { Fact } from './news.ts';

export interface PlacesOptions {
  readonly link: Pick<Link, 'ask' | 'run' | 'up'>;
  /** Tells this replica from the others. */
  readonly instance: string;
  /** The places of a replica that has died are free after so many milliseconds. */
  readonly holdMs: number;
  readonly news: (fact: Fact) => string;
  /** It is time to ask again for a token that was full. */
  readonly again: (digest: string) => void;
}

/** A replica that dies says nothing when it gives its places back. */
const againMs = 1_000;

/**
 * The places that leases of this replica hold. Each costs one question and one message at its end; those that last are held on
 * to by one message for all, every few seconds. A replica that cannot ask goes on counting, and tells when it can.
 */
export class Places {
  readonly #options: PlacesOptions;
  readonly #held = new Map<string, readonly string[]>();
  readonly #full = new Set<string>();
  #next = 0;
  #holding: NodeJS.Timeout | null = null;
  #asking: NodeJS.Timeout | null = null;

  constructor(options: PlacesOptions) {
    this.#options = options;
  }

  async claim(digest: string, places: readonly Place[]): Promise<Claim> {
    const { link, instance, holdMs } = this.#options;
    const id = `${instance}.${this.#next++}`;
    const keys = places.map(({ name }) => placeKey(digest, name));
    this.#held.set(id, keys);
    this.#holding ??= setInterval(() => void this.hold(), holdMs / 3).unref();
    const limits = places.map(({ limit }) => String(limit));
    const answer = await link.ask(takePlaces, keys, [id, String(holdMs), ...limits]);
    const full = typeof answer === 'number' ? places[answer - 1] : undefined;
    if (!full) return { granted: true, release: () => this.#release(id, digest) };
    this.#held.delete(id);
    this.#full.add(digest);
    this.#asking ??= setTimeout(() => this.reopen(), againMs).unref();
    return { granted: false, full: full.name };
  }

  /** Tells the server, which may have forgotten, what is held here. */
  async hold(): Promise<void> {
    const { link, holdMs } = this.#options;
    if (this.#held.size === 0 && this.#holding) {
      clearInterval(this.#holding);
      this.#holding = null;
    }
    const held = [...this.#held].flatMap(([id, keys]) => keys.map((key) => ({ id, key })));
    if (held.length === 0 || !link.up) return;
    const ids = held.map(({ id }) => id);
    // A connection that fails says so itself.
    await link.run(holdPlaces, held.map(({ key }) => key), [String(holdMs), ...ids]).catch(() => {}); // prettier-ignore
  }

  /** What was full elsewhere may be free, or nobody can be asked about it. */
  reopen(): void {
    if (this.#asking) clearTimeout(this.#asking);
    this.#asking = null;
    const full = [...this.#full];
    this.#full.clear();
    for (const digest of full) this.#options.again(digest);
  }

  close(): void {
    if (this.#holding) clearInterval(this.#holding);
    if (this.#asking) clearTimeout(this.#asking);
  }

  #release(id: string, token: string): void {
    const keys = this.#held.get(id);
    if (!keys) return;
    this.#held.delete(id);
    const { link, news } = this.#options;
    link.run(freePlaces, keys, [id, channel, news({ what: 'free', token })]).catch(() => {});
    // No replica listens to itself.
    if (this.#full.delete(token)) this.#options.again(token);
  }
}
