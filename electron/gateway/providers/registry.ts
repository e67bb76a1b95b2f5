import type { AddedProvider } from '../../../shared/provider.ts';
import type { Settings } from '../settings/settings.ts';
import { createAnthropicCompatible } from './anthropic-compatible/provider.ts';
import { createK2ThinkApiProvider } from './k2think-api/provider.ts';
import { createK2ThinkProvider } from './k2think/provider.ts';
import { createLocalProvider } from './local/provider.ts';
import { createLongCatApi } from './longcat-api/provider.ts';
import { createLongCatProvider } from './longcat/provider.ts';
import { createOpenAiCompatible } from './openai-compatible/provider.ts';
import type { Provider, ProviderContext } from './provider.ts';
import { createZaiApiProvider } from './zai-api/provider.ts';
import { createZaiProvider } from './zai/provider.ts';

/** Every provider of this version: one line each, in the order that decides when two offer the same model. */
export function createProviders(context: ProviderContext, settings: Settings): readonly [Provider, ...Provider[]] {
  return [
    createZaiApiProvider(context, {
      base: () => settings.get('providers.zai-api.base'),
      concurrency: () => settings.get('providers.zai-api.concurrency'),
    }),
    createZaiProvider(context, {
      baseUrl: settings.get('providers.zai.baseUrl'),
      completionUrl: settings.get('providers.zai.completionUrl') ?? undefined,
      modelNames: settings.get('providers.zai.modelNames'),
      serviceName: settings.get('server.serviceName'),
    }),
    createK2ThinkApiProvider(context, { baseUrl: settings.get('providers.k2think-api.baseUrl') }),
    createK2ThinkProvider(context, { baseUrl: settings.get('providers.k2think.baseUrl') }),
    createLongCatApi(context, { baseUrl: settings.get('providers.longcat-api.baseUrl') }),
    createLongCatProvider(context, { baseUrl: settings.get('providers.longcat.baseUrl') }),
    createLocalProvider(context),
  ];
}

/** The provider for a service that the user has added. */
export function createAddedProvider(context: ProviderContext, added: AddedProvider): Provider {
  const { id, name, baseUrl, headers, keyless, models: filter, prefix } = added;
  const options = { id, name, baseUrl, headers, keyless, filter, prefix };
  return added.kind === 'openai-compatible'
    ? createOpenAiCompatible(context, options)
    : createAnthropicCompatible(context, options);
}
