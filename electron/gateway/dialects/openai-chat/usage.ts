import type { Usage } from '../../chat/events.ts';
import { present, type Present } from '../shared/present.ts';
import { countsOf } from '../shared/usage.ts';

interface Counts {
  prompt_tokens: number | undefined;
  completion_tokens: number | undefined;
  total_tokens: number | undefined;
  prompt_tokens_details: { cached_tokens: number } | undefined;
  completion_tokens_details: { reasoning_tokens: number } | undefined;
}
export type UsageBody = Present<Counts>;

/** OpenAI's names. A count that is missing is derived from the two others or left out; nothing is invented. */
export function usageBody(usage: Usage | undefined): UsageBody | undefined {
  if (!usage) return undefined;
  const { inputTokens, outputTokens, totalTokens } = countsOf(usage);
  const body = present({
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: totalTokens,
    prompt_tokens_details: usage.cachedTokens === undefined ? undefined : { cached_tokens: usage.cachedTokens },
    completion_tokens_details:
      usage.reasoningTokens === undefined ? undefined : { reasoning_tokens: usage.reasoningTokens },
  });
  return Object.keys(body).length > 0 ? body : undefined;
}
