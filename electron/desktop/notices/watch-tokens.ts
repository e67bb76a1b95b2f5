import type { Token } from '../../../shared/token.ts';
import type { Notice } from './notice.ts';

export interface TokenWatchParts {
  readonly list: (provider: string) => Promise<readonly Token[] | null>;
  readonly nameOf: (provider: string) => string;
  readonly tell: (notice: Notice) => void;
  /** Calls after a while, and then not again for ten minutes: what comes meanwhile is told together. */
  readonly later: (run: () => void) => () => void;
  /** Sees each list, too. */
  readonly also: (provider: string, tokens: readonly Token[]) => void;
}

/** Finds tokens that have become invalid since they were last looked at. Those that were so at the start are old news. */
export class TokenWatch {
  readonly #parts: TokenWatchParts;
  readonly #invalid = new Map<string, ReadonlySet<string>>();
  readonly #news = new Map<string, string[]>();
  readonly #tellLater: () => void;

  constructor(parts: TokenWatchParts) {
    this.#parts = parts;
    this.#tellLater = parts.later(() => this.#tell());
  }

  async look(provider: string): Promise<void> {
    const tokens = await this.#parts.list(provider);
    if (tokens === null) return;
    this.#parts.also(provider, tokens);
    const invalid = tokens.filter(({ state }) => state === 'invalid');
    const before = this.#invalid.get(provider);
    this.#invalid.set(provider, new Set(invalid.map(({ id }) => id)));
    const fresh = before === undefined ? [] : invalid.filter(({ id }) => !before.has(id));
    if (fresh.length === 0) return;
    this.#news.set(provider, [...(this.#news.get(provider) ?? []), ...fresh.map(({ alias }) => alias)]);
    this.#tellLater();
  }

  #tell(): void {
    for (const [provider, aliases] of this.#news) {
      this.#parts.tell({
        kind: 'tokens',
        aliases,
        name: this.#parts.nameOf(provider),
        route: `/providers/${provider}`,
      });
    }
    this.#news.clear();
  }
}
