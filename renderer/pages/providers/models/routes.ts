import type { ModelInfo } from '../../../../shared/model.ts';
import type { ProviderId } from '../../../../shared/provider.ts';

/** By model name in small letters: who offers it, in the order in which they are asked. */
export type Routes = ReadonlyMap<string, readonly ProviderId[]>;

/** `catalogues` come in the order of the providers, without those that are switched off. */
export function routesOf(catalogues: readonly (readonly ModelInfo[])[]): Routes {
  const routes = new Map<string, ProviderId[]>();
  for (const { id, provider } of catalogues.flat()) {
    const known = routes.get(id.toLowerCase());
    if (known === undefined) routes.set(id.toLowerCase(), [provider]);
    else if (!known.includes(provider)) known.push(provider);
  }
  return routes;
}
