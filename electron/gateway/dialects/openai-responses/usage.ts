import type { Usage } from '../../chat/events.ts';
import { countsOf } from '../shared/usage.ts';

/**
 * All counts or null: Codex takes null, but repeats the request when one of the three is missing. The details have no way to say
 * "unknown" that typed clients accept, so there it is 0.
 */
export function usageBody(usage: Usage | undefined): object | null {
  const { inputTokens, outputTokens, totalTokens } = countsOf(usage ?? {});
  if (inputTokens === undefined || outputTokens === undefined) return null;
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: usage?.cachedTokens ?? 0 },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: usage?.reasoningTokens ?? 0 },
    total_tokens: totalTokens,
  };
}
