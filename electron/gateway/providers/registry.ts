import { createLocalProvider } from './local/provider.ts';
import type { Provider, ProviderContext } from './provider.ts';

/** Every provider of this version: one line each, in the order that decides when two offer the same model. */
export function createProviders(context: ProviderContext, _settings: unknown): readonly [Provider, ...Provider[]] {
  return [
    createLocalProvider(context),
  ];
}
