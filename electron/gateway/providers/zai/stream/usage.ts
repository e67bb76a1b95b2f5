import type { Usage } from '../../../chat/events.ts';
import { recordIn, type Json } from '../../wire/shared/json.ts';

function count(record: Json, key: string): number | undefined {
  const value = record[key];
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** Token counts of a usage frame; what is not said stays unknown. */
export function readUsage(usage: Json): Usage | undefined {
  const found = {
    inputTokens: count(usage, 'prompt_tokens'),
    outputTokens: count(usage, 'completion_tokens'),
    totalTokens: count(usage, 'total_tokens'),
    cachedTokens: count(recordIn(usage, 'prompt_tokens_details'), 'cached_tokens'),
    reasoningTokens: count(recordIn(usage, 'completion_tokens_details'), 'reasoning_tokens'),
  };
  const known = Object.entries(found).filter(([, value]) => value !== undefined);
  return known.length > 0 ? Object.fromEntries(known) : undefined;
}
