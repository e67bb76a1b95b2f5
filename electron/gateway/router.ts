import type { ModelInfo } from '../../shared/model.ts';
import type { ProviderId } from '../../shared/provider.ts';
import { type Alias, aliasOf, defaultAliases, withoutContextMark } from './aliases.ts';
import { ChatError } from './chat/errors.ts';
import type { Listing } from './dialects/dialect.ts';
import type { Source } from './exchange/answer.ts';
import { nearName } from './near-name.ts';

export interface Found {
  readonly model: ModelInfo;
  readonly source: Source;
}

export interface Router {
  /** What clients may ask for now: the models in the order of the providers, then the user's own aliases. */
  list(): Listing[];
  /** The entry of one name, also of an alias that is not listed. Throws like `resolve`. */
  entry(name: string): Listing;
  /** All that may answer, in the order to try them. Throws ChatError `model_not_found` (with the names there are) or `provider_disabled`. */
  resolve(name: string): readonly [Found, ...Found[]];
}

/** The names in force, read anew for each request. */
export interface NameSettings {
  readonly own: () => readonly Alias[];
  readonly useDefaults: () => boolean;
  /** Models that are switched off, as `provider/model`. */
  readonly off: () => readonly string[];
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
const isStocked = ({ pool }: Source): boolean => pool?.stocked ?? true;
const fullName = ({ provider, id }: ModelInfo): string => `${provider}/${id}`;
/** Characters of names that an error repeats. */
const namesLimit = 200;
/** Providers that one request may be passed on to. */
const mostRoutes = 5;

/** As many names as fit into an error, so that whoever reads it need not ask for the list. */
function namesHint(names: readonly string[]): string {
  if (names.length === 0) return 'No model is offered: switch a provider on in Traygate › Providers.';
  let length = 0;
  const shown = names.filter((name) => (length += name.length + 2) <= namesLimit);
  const more = names.length - shown.length;
  return `GET /v1/models lists what is offered: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

/**
 * Finds the model and its provider by the client's name for it, without regard to case: an alias of the user's without `*`, then
 * the name of a model or `provider/model`, then an alias with `*`, then a default alias. So no list that a service sends can
 * take a name that the user has given, and no pattern hides a model.
 */
export function createRouter(
  sources: () => readonly Source[],
  enabled: (provider: ProviderId) => boolean,
  set: NameSettings,
): Router {
  const isOff = (model: ModelInfo): boolean => set.off().some((name) => same(name, fullName(model)));
  const modelsOf = ({ provider }: Source): ModelInfo[] => provider.models().filter((model) => !isOff(model));
  const findIn = (models: readonly ModelInfo[], name: string): ModelInfo | undefined =>
    models.find((entry) => same(entry.id, name) || same(fullName(entry), name));
  const findAll = (name: string, among: readonly Source[]): Found[] =>
    among.flatMap((source) => {
      const model = findIn(modelsOf(source), name);
      return model ? [{ model, source }] : [];
    });
  const find = (name: string, among: readonly Source[]): Found | undefined => findAll(name, among)[0];
  /** Who has something to answer with comes before who has not even a token. */
  const offering = () => {
    const all = sources().filter(({ provider }) => enabled(provider.id));
    return [...all.filter(isStocked), ...all.filter((source) => !isStocked(source))];
  };
  const allOf = (targets: readonly string[]): Found[] =>
    targets.flatMap((target) => findAll(target, offering())).slice(0, mostRoutes);
  const models = (): Listing[] => {
    const byName = new Map<string, Listing>();
    for (const source of offering()) {
      for (const model of modelsOf(source)) {
        const taken = byName.has(model.id.toLowerCase());
        // A second one without a token would only fill the list.
        if (taken && !isStocked(source)) continue;
        const name = taken ? fullName(model) : model.id;
        if (!byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), { name, model });
      }
    }
    return [...byName.values()];
  };
  /** What the user's own exact name stands for now. */
  const ofOwnName = (name: string): Found[] =>
    allOf(set.own().find(({ pattern }) => !pattern.includes('*') && same(pattern, name))?.targets ?? []);
  const list = (): Listing[] => {
    const own = set.own().flatMap(({ pattern }): Listing[] => {
      const [found] = pattern.includes('*') ? [] : ofOwnName(pattern);
      return found ? [{ name: pattern, model: found.model }] : [];
    });
    const taken = new Set(own.map(({ name }) => name.toLowerCase()));
    // A model whose name is taken can still be called by its full one.
    const offered = models().map(({ name, model }) => ({
      name: taken.has(name.toLowerCase()) ? fullName(model) : name,
      model,
    }));
    return [...offered, ...own];
  };

  const notFound = (name: string, why: string): ChatError => {
    const listed = list().map((entry) => entry.name);
    const near = nearName(name, listed);
    return new ChatError('model_not_found', `${why}${near ? ` Did you mean ${near}?` : ''}`, {
      param: 'model',
      hint: namesHint(listed),
    });
  };
  const resolve = (name: string): readonly [Found, ...Found[]] => {
    const asked = withoutContextMark(name);
    const [chosen, ...alternatives] = ofOwnName(asked);
    if (chosen) return [chosen, ...alternatives];
    const [offered, ...others] = findAll(asked, offering());
    if (offered) return [offered, ...others.slice(0, mostRoutes - 1)];
    const shown = JSON.stringify(name.slice(0, 128));
    const own = aliasOf(asked, set.own());
    const off = own ? undefined : find(asked, sources());
    if (off)
      throw new ChatError(
        'provider_disabled',
        `${off.model.id} is offered by ${off.source.provider.name}, which is switched off.`,
      );
    const alias = own ?? (set.useDefaults() ? aliasOf(asked, defaultAliases) : undefined);
    const [found, ...more] = allOf(alias?.targets ?? []);
    if (found) return [found, ...more];
    if (own === undefined && offering().some(({ provider }) => findIn(provider.models(), asked)))
      throw notFound(name.slice(0, 128), `The model ${shown} is switched off.`);
    const targets = alias?.targets.slice(0, 5).join(', ');
    throw notFound(
      name.slice(0, 128),
      targets
        ? `The model ${shown} stands for ${targets}, which is not offered.`
        : `The model ${shown} is not offered.`,
    );
  };

  return {
    list,
    entry(name) {
      const [{ model }] = resolve(name);
      const asked = withoutContextMark(name);
      const isOwn = ofOwnName(asked).length > 0;
      const listed = list().find(
        (entry) => fullName(entry.model) === fullName(model) && (!isOwn || same(entry.name, asked)),
      );
      return { name: ((isOwn || find(asked, offering())) && listed?.name) || asked, model };
    },
    resolve,
  };
}
