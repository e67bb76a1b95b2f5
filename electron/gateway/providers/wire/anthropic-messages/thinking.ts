import type { ChatRequest, ReasoningEffort } from '../../../chat/request.ts';
import { lacksThinking, type Turn } from './messages.ts';
import { adjusted } from '../shared/target.ts';
import type { Target } from './traits.ts';

type Degree = Exclude<ReasoningEffort, 'none'>;

export interface ThinkingFields {
  readonly thinking?: Readonly<Record<string, unknown>>;
  readonly output_config?: { readonly effort: string };
  readonly max_tokens: number;
}

/** The least the API takes. */
const leastBudget = 1_024;
const budgets: Readonly<Record<Degree, number>> = {
  minimal: leastBudget,
  low: 4_096,
  medium: 12_288,
  high: 32_000,
  max: 64_000,
};

/** How thinking is asked for, and the limit of tokens that it counts towards. */
export function thinkingFields(request: ChatRequest, turns: readonly Turn[], target: Target): ThinkingFields {
  const { traits, model } = target;
  const { maxTokens } = request.sampling;
  const most = model.maxOutputTokens ?? Number.POSITIVE_INFINITY;
  const limit = Math.min(maxTokens ?? model.maxOutputTokens ?? traits.defaultMaxTokens, most);
  if (maxTokens !== undefined && limit < maxTokens) adjusted(target, 'max_tokens');
  const wanted = wish(request, turns, target);
  if (wanted === undefined) return { max_tokens: limit };
  if (wanted === 'off') return { ...(canBeOff(target) && { thinking: { type: 'disabled' } }), max_tokens: limit };
  if (traits.thinking === 'adaptive') {
    const effort = wanted.effort && { output_config: { effort: wanted.effort === 'minimal' ? 'low' : wanted.effort } };
    // Newer models think unseen unless they are told otherwise.
    return { thinking: { type: 'adaptive', display: 'summarized' }, ...effort, max_tokens: limit };
  }
  if (traits.thinking === 'switch') {
    if (wanted.effort) target.warn({ code: 'effort_ignored', model: model.id });
    return { thinking: { type: 'enabled' }, max_tokens: limit };
  }
  return budgeted(budgets[wanted.effort ?? 'medium'], limit, most, maxTokens !== undefined, target);
}

/** A budget that leaves room for the answer. Where the client has set no limit, the room is added to it. */
function budgeted(budget: number, limit: number, most: number, fixed: boolean, target: Target): ThinkingFields {
  const total = fixed || Number.isFinite(most) ? limit : limit + budget;
  const fitting = Math.min(budget, Math.max(leastBudget, Math.floor(total * 0.8)));
  if (fitting >= total) {
    target.warn({ code: 'thinking_off_limit', provider: target.model.provider });
    return { ...(canBeOff(target) && { thinking: { type: 'disabled' } }), max_tokens: limit };
  }
  return { thinking: { type: 'enabled', budget_tokens: fitting }, max_tokens: total };
}

const canBeOff = ({ traits }: Target): boolean => traits.thinkingOff && traits.thinking !== 'none';

function wish(
  { thinking, toolChoice }: ChatRequest,
  turns: readonly Turn[],
  target: Target,
): { readonly effort: Degree | undefined } | 'off' | undefined {
  if (!thinking) return undefined;
  const { traits, model, warn } = target;
  const { enabled, effort } = thinking;
  if (enabled === false || effort === 'none') {
    if (traits.thinking !== 'none' && !traits.thinkingOff) warn({ code: 'thinking_always_on', model: model.id });
    return 'off';
  }
  if (!enabled && effort === undefined) return undefined;
  if (traits.thinking === 'none') {
    warn({ code: 'thinking_not_offered', model: model.id });
    return undefined;
  }
  // These would be refused as a whole; an answer without thinking is better than none.
  if (traits.thinkingBeforeCalls && lacksThinking(turns)) {
    warn({ code: 'thinking_off_history', provider: model.provider });
    return 'off';
  }
  const forced = toolChoice.type === 'required' || toolChoice.type === 'tool';
  if (forced && traits.toolChoice === 'all' && !traits.thinkingWhenForced) {
    warn({ code: 'thinking_off_forced_tool', provider: model.provider });
    return 'off';
  }
  return { effort };
}
