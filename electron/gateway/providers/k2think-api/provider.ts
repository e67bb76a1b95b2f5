import { builtIns } from '../../../../shared/provider.ts';
import type { Provider, ProviderContext } from '../provider.ts';
import { createChatProvider } from '../wire/openai-chat/provider.ts';
import type { KnownTraits } from '../wire/openai-chat/traits.ts';
import type { Listed } from '../wire/shared/catalogue.ts';

const day = (text: string): number => Date.parse(text) / 1000;

/** The template of the open weights knows neither tools nor response formats, and drops earlier reasoning. */
const described = (model: Listed): Listed => ({
  ...model,
  capabilities: { thinking: true, tools: true, vision: false, search: false },
  toolMode: 'injected',
  jsonMode: 'injected',
  earlierReasoning: 'none',
});

const known = (upstreamId: string, created: number): Listed =>
  described({
    upstreamId,
    created,
    capabilities: { thinking: true, tools: true, vision: false, search: false },
    contextTokens: null,
    maxOutputTokens: null,
    test: false,
  });

/** Reasoning stands in the text up to `</think>`. A system message would replace the prompt that asks for it. */
const traits = (upstreamId: string): KnownTraits => ({
  system: 'user',
  content: 'text',
  images: false,
  thinking: ['effort'],
  thinkingOff: false,
  efforts: {},
  inlineThinking: /K2-Think$/i.test(upstreamId) ? 'tagged' : 'unopened',
  forward: false,
});

export interface K2ThinkApiOptions {
  /** What `/chat/completions` is added to; the open weights behind any server will do. */
  readonly baseUrl?: string | undefined;
}

/** The official API of K2 Think, by its key. */
export function createK2ThinkApiProvider(context: ProviderContext, options: K2ThinkApiOptions = {}): Provider {
  const provider = createChatProvider(context, {
    id: 'k2think-api',
    name: builtIns['k2think-api'].name,
    base: (options.baseUrl ?? 'https://api.k2think.ai/v1').replace(/\/+$/, ''),
    traits,
    describe: described,
    staticModels: [known('MBZUAI-IFM/K2-Think-v2', day('2026-02-01')), known('MBZUAI-IFM/K2-Think', day('2025-09-09'))],
    // It thinks for minutes before the first word.
    timeouts: { headersTimeout: 600_000, idleTimeout: 600_000 },
  });
  return {
    ...provider,
    // Whether its list is open to everybody is not known; a service that nobody uses is left alone.
    refreshModels: async (signal, secret) => {
      if (secret !== undefined) await provider.refreshModels(signal, secret);
    },
  };
}
