import type { ModelInfo } from '../../shared/model.ts';
import type { ProviderId } from '../../shared/provider.ts';
import { aliasTargets, defaultAliases, withoutContextMark } from './aliases.ts';
import { ChatError } from './chat/errors.ts';
import type { Source } from './exchange/answer.ts';

export interface Router {
  /** What clients may ask for now, in the order of the providers. */
  models(): ModelInfo[];
  /** Throws ChatError `model_not_found` (with a hint) or `provider_disabled`. */
  resolve(name: string): { readonly model: ModelInfo; readonly source: Source };
}

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Finds the model and its provider by the client's name for it: without regard to case, also as `provider/model`, then by alias. */
export function createRouter(sources: () => readonly Source[], enabled: (provider: ProviderId) => boolean): Router {
  const find = (name: string, among: readonly Source[]) => {
    const wanted = name.toLowerCase();
    for (const source of among) {
      const model = source.provider
        .models()
        .find(({ id }) => id.toLowerCase() === wanted || `${source.provider.id}/${id}`.toLowerCase() === wanted);
      if (model) return { model, source };
    }
    return null;
  };
  const offering = () => sources().filter(({ provider }) => enabled(provider.id));
  const models = () => {
    const seen = new Set<string>();
    const all = offering().flatMap(({ provider }) => provider.models());
    return all.filter(({ id }) => !seen.has(id.toLowerCase()) && seen.add(id.toLowerCase()));
  };
  return {
    models,
    resolve(name) {
      const bare = withoutContextMark(name);
      for (const wanted of [bare, ...aliasTargets(bare, defaultAliases)]) {
        const found = find(wanted, offering());
        if (found) return found;
      }
      const shown = name.slice(0, 128);
      const off = find(name, sources());
      if (off)
        throw new ChatError(
          'provider_disabled',
          `${shown} is offered by ${off.source.provider.name}, which is switched off.`,
        );
      const near = plain(shown)
        ? models().find(({ id }) => plain(id).startsWith(plain(shown)) || plain(shown).startsWith(plain(id)))
        : undefined;
      throw new ChatError(
        'model_not_found',
        `The model ${JSON.stringify(shown)} is not offered.${near ? ` Did you mean ${near.id}?` : ''}`,
        { param: 'model' },
      );
    },
  };
}
