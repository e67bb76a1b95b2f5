import type { Provider, ProviderContext } from '../provider.ts';
import { createChatProvider, type ChatProviderOptions } from '../wire/openai-chat/provider.ts';
import { baseAddress } from '../wire/shared/address.ts';

export interface OpenAiCompatibleOptions extends Omit<ChatProviderOptions, 'base'> {
  /** As the user has typed or pasted it. */
  readonly baseUrl: string;
}

/** What `/chat/completions` is added to: `/v1` is understood where the address is a mere host (README: Address). */
export function baseOf(baseUrl: string): string {
  const { base, exact } = baseAddress(baseUrl);
  return exact ? base : `${base}/v1`;
}

/** Any service that speaks OpenAI's Chat Completions, by its address. What goes over the wire is in README.md beside this file. */
export function createOpenAiCompatible(context: ProviderContext, options: OpenAiCompatibleOptions): Provider {
  const { baseUrl, ...rest } = options;
  return createChatProvider(context, { ...rest, base: baseOf(baseUrl) });
}
