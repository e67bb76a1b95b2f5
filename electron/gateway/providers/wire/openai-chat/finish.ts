import { ChatError } from '../../../chat/errors.ts';
import type { FinishReason } from '../../../chat/events.ts';
import type { Source } from './source.ts';

const reasons: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  eos: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  model_context_window_exceeded: 'length',
  tool_calls: 'tool-calls',
  tool_use: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
  sensitive: 'content-filter',
  safety: 'content-filter',
};

/** Reasons that mean the service failed in the middle. */
const failures = new Set(['error', 'network_error', 'insufficient_system_resource', 'abort']);

/** What a service's reason means. Throws ChatError for one that says the answer is broken. */
export function finishReason(
  reason: string,
  { name, provider, warn }: Pick<Source, 'name' | 'provider' | 'warn'>,
): FinishReason {
  const word = reason.toLowerCase();
  if (failures.has(word)) {
    throw new ChatError('upstream_error', `${name} broke off the answer (${word}).`, { upstream: { code: word } });
  }
  const known = Object.hasOwn(reasons, word) ? reasons[word] : undefined;
  if (!known) warn({ code: 'stop_reason_unknown', provider, reason: reason.slice(0, 100) });
  return known ?? 'stop';
}
