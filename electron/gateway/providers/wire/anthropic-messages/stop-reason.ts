import type { FinishReason } from '../../../chat/events.ts';
import type { Source } from './source.ts';

/** The API's reasons, and those that services with another API behind them let through. */
const reasons: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  stop: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  length: 'length',
  tool_use: 'tool-calls',
  tool_calls: 'tool-calls',
  refusal: 'content-filter',
  content_filter: 'content-filter',
  sensitive: 'content-filter',
};

/** Clients run the calls of an answer only when its end says that there are some, and look for some when it does. */
export function finishReason(reason: string, calls: number, { provider, warn }: Source): FinishReason {
  const known = Object.hasOwn(reasons, reason) ? reasons[reason] : undefined;
  if (reason === 'pause_turn') warn({ code: 'turn_paused', provider });
  else if (!known) warn({ code: 'stop_reason_unknown', provider, reason: reason.slice(0, 100) || 'none' });
  const meant = known ?? 'stop';
  if (meant === 'stop' || meant === 'tool-calls') return calls > 0 ? 'tool-calls' : 'stop';
  return meant;
}
