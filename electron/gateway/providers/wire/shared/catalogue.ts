import { z } from 'zod';
import { ModelInfo } from '../../../../../shared/model.ts';
import { ChatError } from '../../../chat/errors.ts';
import type { ProviderContext } from '../../provider.ts';
import { fits } from './filter.ts';
import { parseJson } from './json.ts';

/** A model as its service names it, before the user's prefix. */
export type Listed = Omit<ModelInfo, 'provider' | 'id'> & { readonly id?: string | undefined };

export interface CatalogueOptions {
  readonly id: string;
  /** What the kept list belongs to: with another address it is forgotten. */
  readonly baseUrl: string;
  /** Asks the service. Throws ChatError. */
  readonly fetch: (signal: AbortSignal, secret: string | undefined) => Promise<readonly Listed[]>;
  /** Offered while nothing better is known. */
  readonly fallback: readonly Listed[];
  /** Names, or patterns with `*`; empty: everything. A full name is offered even if the service does not list it. */
  readonly filter: readonly string[];
  readonly prefix: string;
  /** What a name that the service does not list stands for. */
  readonly unlisted: (upstreamId: string) => Listed;
}

const limit = 1_000;
const Kept = z.object({
  baseUrl: z.string(),
  models: z.array(ModelInfo.omit({ provider: true }).partial({ id: true })),
});

/** The models of one service: live, else the last good list, else a fallback; filtered, prefixed, at most 1 000. */
export class Catalogue {
  readonly #context: ProviderContext;
  readonly #options: CatalogueOptions;
  #offered: readonly ModelInfo[] = [];
  /** The last key the service has accepted, so that a list for key holders can be fetched; never kept longer than this object. */
  #secret: string | undefined;

  constructor(context: ProviderContext, options: CatalogueOptions) {
    this.#context = context;
    this.#options = options;
    this.#offer(this.#kept() ?? options.fallback);
  }

  list(): readonly ModelInfo[] {
    return this.#offered;
  }

  accepted(secret: string | undefined): void {
    this.#secret = secret;
  }

  /** Never rejects: what was known stays when the service cannot be reached or talks nonsense. */
  async refresh(signal: AbortSignal, secret = this.#secret): Promise<void> {
    try {
      this.take(await this.#options.fetch(signal, secret));
    } catch (error) {
      const code = error instanceof ChatError ? error.code : 'internal_error';
      this.#context.log.debug({ provider: this.#options.id, code }, 'the models of a provider could not be listed');
    }
  }

  /** A list that has just come. One without any model changes nothing. */
  take(models: readonly Listed[]): void {
    if (models.length === 0) return;
    const { id, baseUrl } = this.#options;
    this.#offer(models);
    this.#context.memory.set(`models:${id}`, JSON.stringify({ baseUrl, models: models.slice(0, limit) }));
  }

  #kept(): readonly Listed[] | undefined {
    const kept = Kept.safeParse(parseJson(this.#context.memory.get(`models:${this.#options.id}`) ?? ''));
    return kept.success && kept.data.baseUrl === this.#options.baseUrl ? kept.data.models : undefined;
  }

  #offer(models: readonly Listed[]): void {
    const { id: provider, filter, prefix, unlisted } = this.#options;
    const named = filter.filter((pattern) => !pattern.includes('*'));
    const offered = new Map<string, ModelInfo>();
    for (const model of [...models, ...named.map(unlisted)]) {
      const name = model.id ?? model.upstreamId;
      const wanted =
        filter.length === 0 || filter.some((pattern) => fits(pattern, name) || fits(pattern, model.upstreamId));
      const key = name.toLowerCase();
      if (wanted && !offered.has(key) && offered.size < limit)
        offered.set(key, { ...model, id: prefix + name, provider });
    }
    this.#offered = [...offered.values()];
  }
}
