import type { Usage } from '../../../chat/events.ts';
import { isRecord, listIn, recordIn, type Json } from '../shared/json.ts';

function count(record: Json, ...keys: readonly string[]): number | undefined {
  for (const key of keys) {
    const value = record[key];
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  }
  return undefined;
}

/** Token counts under the names services use; what is not said stays unknown. */
export function readUsage(usage: Json): Usage | undefined {
  const input = recordIn(usage, 'prompt_tokens_details');
  const output = recordIn(usage, 'completion_tokens_details');
  const found = {
    inputTokens: count(usage, 'prompt_tokens', 'input_tokens'),
    outputTokens: count(usage, 'completion_tokens', 'output_tokens'),
    totalTokens: count(usage, 'total_tokens'),
    // The second is DeepSeek's, the third Moonshot's.
    cachedTokens: count(input, 'cached_tokens') ?? count(usage, 'prompt_cache_hit_tokens', 'cached_tokens'),
    reasoningTokens: count(output, 'reasoning_tokens') ?? count(usage, 'reasoning_tokens'),
  };
  const known = Object.entries(found).filter(([, value]) => value !== undefined);
  return known.length > 0 ? Object.fromEntries(known) : undefined;
}

/** The usage of a frame: beside the choices, inside of one (Moonshot), or in a drawer of its own (Groq). */
export function usageIn(frame: Json): Usage | undefined {
  const choice = listIn(frame, 'choices')?.[0];
  for (const place of [frame, isRecord(choice) ? choice : {}, recordIn(frame, 'x_groq')]) {
    const usage = place['usage'];
    const known = isRecord(usage) ? readUsage(usage) : undefined;
    if (known) return known;
  }
  return undefined;
}
