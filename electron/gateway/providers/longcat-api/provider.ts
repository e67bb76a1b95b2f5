import { builtIns } from '../../../../shared/provider.ts';
import type { Provider, ProviderContext } from '../provider.ts';
import type { ServiceTraits as MessagesTraits } from '../wire/anthropic-messages/traits.ts';
import { createBothBases } from '../wire/both/provider.ts';
import type { KnownTraits, ThinkingForm } from '../wire/openai-chat/traits.ts';
import { all, page, status, type Rule } from '../wire/shared/classify.ts';
import { described, staticModels, thinksBy, type Thinks } from './models.ts';

export interface LongCatApiOptions {
  /** Origin of the service, without a slash at the end. */
  readonly baseUrl?: string | undefined;
}

const forms: Readonly<Record<Thinks, readonly ThinkingForm[]>> = { switch: ['switch'], flag: ['flag'], never: [] };

/** What the documentation of Chat Completions names is sent, and tools, which work without being named there (README). */
const chatTraits = (upstreamId: string): KnownTraits => ({
  content: 'text',
  images: false,
  reasoningBack: 'reasoning_content',
  temperature: [0, 1],
  stops: 0,
  toolChoice: 'auto',
  formats: [],
  refuses: ['seed', 'presence_penalty', 'frequency_penalty', 'parallel_tool_calls', 'strict', 'name'],
  thinking: forms[thinksBy(upstreamId)],
  user: null,
});

const messagesTraits: MessagesTraits = (upstreamId) => ({
  thinking: thinksBy(upstreamId) === 'never' ? 'none' : 'switch',
  images: false,
});

/** Claude's own, which this base has no word for. */
const claudeOnly = ['top_k', 'service_tier', 'container', 'context_management', 'output_config', 'mcp_servers'];

/** Both say that the account has nothing left, and neither that the key is bad. */
const rules: readonly Rule[] = [
  {
    when: all(status(402, 403), (facts) => !page()(facts)),
    code: 'quota_exceeded',
    message: 'The quota of this LongCat key is used up: {text}',
  },
];

/** LongCat's official API (api.longcat.chat), in its OpenAI form and its Anthropic form. */
export function createLongCatApi(context: ProviderContext, options: LongCatApiOptions = {}): Provider {
  const origin = (options.baseUrl ?? 'https://api.longcat.chat').replace(/\/+$/, '');
  return createBothBases(
    context,
    {
      id: 'longcat-api',
      name: builtIns['longcat-api'].name,
      base: `${origin}/openai/v1`,
      modelsUrl: `${origin}/v1/models`,
      listNeedsKey: true,
      traits: chatTraits,
      rules,
      staticModels,
      describe: described,
    },
    { root: `${origin}/anthropic`, auth: 'bearer', rules, traits: messagesTraits, refuses: claudeOnly },
  );
}
