import type { ModelInfo } from '../../../../shared/model.ts';
import type { ProviderContext } from '../provider.ts';
import { readCatalogue } from './catalogue.ts';
import { identityHeaders } from './headers.ts';
import { parseJson } from '../wire/shared/json.ts';
import { modelTable, unknownModel, type ZaiModel } from './model-table.ts';
import type { Setup } from './options.ts';
import { newNames } from './renaming.ts';

const limit = 1000;
const replyLimit = 4 << 20;
const timeoutMs = 15_000;

function infoOf(model: ZaiModel, id: string): ModelInfo {
  return {
    id,
    provider: 'zai',
    upstreamId: model.upstreamId,
    created: model.created,
    capabilities: { thinking: model.canThink, tools: true, vision: model.canSee, search: model.canSearch },
    // The site takes the client's tools, but its models do not reliably see them.
    toolMode: 'injected',
    jsonMode: 'injected',
    // The page sends none, and the site has no field for it.
    earlierReasoning: 'none',
    contextTokens: model.contextTokens,
    maxOutputTokens: model.maxOutputTokens,
    test: false,
  };
}

/** What the table knows about an id holds for its live variants too: how it wants to be asked, and for how much. */
function asTabled(model: ZaiModel): ZaiModel {
  const tabled = modelTable.find(({ upstreamId }) => upstreamId === model.upstreamId);
  const { name, thinking, search, canThink, canSearch, graded } = model;
  return tabled ? { ...tabled, name, thinking, search, canThink, canSearch, graded } : model;
}

/** The offered models: the table, the user's renamings, and whatever the site lists beyond that. */
export class Models {
  readonly #context: ProviderContext;
  readonly #setup: Setup;
  /** By public name in lower case. */
  #offered: ReadonlyMap<string, { readonly info: ModelInfo; readonly model: ZaiModel }> = new Map();
  #infos: readonly ModelInfo[] = [];
  #refreshing: Promise<void> | undefined;

  constructor(context: ProviderContext, setup: Setup) {
    this.#context = context;
    this.#setup = setup;
    this.#offer([]);
  }

  list(): readonly ModelInfo[] {
    return this.#infos;
  }

  /** What a request for this model needs. A model that was offered once and is gone is asked for by its name alone. */
  traits(info: ModelInfo): ZaiModel {
    const known = this.#offered.get(info.id.toLowerCase())?.model;
    if (known?.upstreamId === info.upstreamId) return known;
    const suffix = /-(thinking|search)$/i.exec(info.id)?.[1]?.toLowerCase();
    const { id: name, upstreamId, created } = info;
    return { ...unknownModel, name, upstreamId, created, thinking: suffix === 'thinking', search: suffix === 'search' };
  }

  /** Asks the site, once however many ask for it; what was known stays when it cannot be reached or talks nonsense. */
  refresh(signal: AbortSignal): Promise<void> {
    this.#refreshing ??= this.#fetch(signal).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #fetch(signal: AbortSignal): Promise<void> {
    const { network, log } = this.#context;
    try {
      const response = await network.request({
        url: `${this.#setup.baseUrl}/api/models`,
        method: 'GET',
        headers: identityHeaders(this.#setup),
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      const text = await response.text(replyLimit);
      const live = response.status === 200 ? readCatalogue(parseJson(text), limit) : undefined;
      if (live) this.#offer(live);
      else log.debug({ status: response.status }, 'the model catalogue could not be read');
    } catch (error) {
      log.debug({ err: error }, 'the model catalogue could not be fetched');
    }
  }

  #offer(live: readonly ZaiModel[]): void {
    const names = newNames(this.#setup.modelNames);
    const graded = new Set(live.filter((model) => model.graded).map((model) => model.upstreamId));
    const offered = new Map<string, { info: ModelInfo; model: ZaiModel }>();
    for (const model of [...modelTable, ...live.map(asTabled)]) {
      const id = names.get(model.name.toLowerCase()) ?? model.name;
      const key = id.toLowerCase();
      const first = offered.get(key)?.model.name;
      if (first !== undefined && first !== model.name)
        this.#context.log.warn({ model: model.name, renamed: first }, 'a model is hidden by one renamed to its name');
      if (first !== undefined || offered.size >= limit) continue;
      const exact = { ...model, graded: graded.has(model.upstreamId) };
      offered.set(key, { info: infoOf(exact, id), model: exact });
    }
    this.#offered = offered;
    this.#infos = [...offered.values()].map(({ info }) => info);
  }
}
