import type { ServiceTraits as MessagesTraits } from '../wire/anthropic-messages/traits.ts';
import type { KnownTraits } from '../wire/openai-chat/traits.ts';
import type { Bases } from './bases.ts';
import { generationOf, sees, thinksAlways } from './models.ts';

/** 5.2 has seven degrees, of which `none` and `xhigh` say nothing that others do not; 5.3 has three. */
const efforts = {
  seven: { minimal: 'minimal', low: 'low', medium: 'medium', high: 'high', max: 'max' },
  three: { minimal: 'low', low: 'low', medium: 'high', high: 'high', max: 'max' },
} as const;

/** The vendor's search, run while the model answers; its engines differ by region. */
const searchTool = ({ china }: Bases): object => ({
  type: 'web_search',
  web_search: { enable: true, search_engine: china ? 'search_std' : 'search-prime', search_result: true },
});

/** What Chat Completions of the vendor takes (README: Request). */
export function chatTraits(bases: Bases): (upstreamId: string) => KnownTraits {
  const search = { tool: searchTool(bases) };
  return (upstreamId) => {
    const generation = generationOf(upstreamId);
    const graded = generation >= 5.2;
    return {
      images: sees(upstreamId),
      reasoningBack: 'reasoning_content',
      temperature: [0, 1],
      topP: [0.01, 1],
      stops: 1,
      toolChoice: 'auto',
      withTools: generation >= 4.6 ? { tool_stream: true } : {},
      formats: ['json-object'],
      refuses: ['seed', 'presence_penalty', 'frequency_penalty', 'parallel_tool_calls', 'strict', 'name'],
      thinking: generation < 4.5 ? [] : graded ? ['switch', 'effort'] : ['switch'],
      preserves: true,
      thinkingOff: !thinksAlways(upstreamId),
      efforts: graded ? (thinksAlways(upstreamId) ? efforts.three : efforts.seven) : {},
      user: { field: 'user_id', length: [6, 128] },
      search,
      inlineThinking: 'none',
      // A body with fields it does not know may be refused, so each is written anew.
      forward: false,
    };
  };
}

/** What its Messages API takes where that is not the common case. */
export const messagesTraits: MessagesTraits = (upstreamId) => ({
  thinkingOff: !thinksAlways(upstreamId),
  unsignedThinking: true,
  toolChoice: 'auto',
});
