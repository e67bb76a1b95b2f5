import type { Source } from './exchange/answer.ts';

/** Lists of models change within days; six hours are soon enough and no burden to anybody. */
const everyMs = 6 * 60 * 60 * 1_000;

export interface CataloguesOptions {
  /** Those that are switched on. */
  readonly sources: () => readonly Source[];
  /** The models of a source may have changed. */
  readonly changed: (source: Source) => void;
  /** Ends with the gateway. */
  readonly signal: AbortSignal;
}

/** Keeps the lists of models fresh: at the start, when somebody asks, and every six hours while the gateway runs. */
export class Catalogues {
  readonly #options: CataloguesOptions;
  #timer: NodeJS.Timeout | null = null;

  constructor(options: CataloguesOptions) {
    this.#options = options;
  }

  /** @param ms between two rounds */
  start(ms = everyMs): void {
    this.stop();
    this.#round();
    this.#timer = setInterval(() => this.#round(), ms).unref();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Never rejects: what was known stays when a service cannot be reached. */
  async refresh(source: Source, signal = this.#options.signal): Promise<void> {
    await source.provider.refreshModels(signal, source.pool?.anySecret);
    this.#options.changed(source);
  }

  #round(): void {
    for (const source of this.#options.sources()) void this.refresh(source);
  }
}
