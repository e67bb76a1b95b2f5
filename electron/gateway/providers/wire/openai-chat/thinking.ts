import type { ChatRequest, ReasoningEffort } from '../../../chat/request.ts';
import { isRecord } from '../shared/json.ts';
import { ignored } from '../shared/target.ts';
import type { Target, ThinkingForm } from './traits.ts';

/** What one form says: thinking off, on, or on to a degree. */
function said(form: ThinkingForm, off: boolean, word: string | undefined): Readonly<Record<string, unknown>> {
  switch (form) {
    case 'effort':
      return word === undefined ? {} : { reasoning_effort: word };
    case 'switch':
      return { thinking: { type: off ? 'disabled' : 'enabled' } };
    case 'flag':
      return { enable_thinking: !off };
    case 'template':
      return { chat_template_kwargs: { enable_thinking: !off } };
    case 'reasoning':
      return { reasoning: off ? { enabled: false } : word === undefined ? { enabled: true } : { effort: word } };
  }
}

/** Thinking as the service wants to be asked for it. */
export function thinkingFields(request: ChatRequest, target: Target): Readonly<Record<string, unknown>> {
  const { preserve } = request.thinking ?? {};
  const fields = wishFields(request, target);
  if (preserve === undefined) return fields;
  if (!target.traits.preserves || !target.model.capabilities.thinking) {
    ignored(target, 'thinking.clear_thinking');
    return fields;
  }
  const thinking = isRecord(fields['thinking']) ? fields['thinking'] : { type: 'enabled' };
  return { ...fields, thinking: { ...thinking, clear_thinking: !preserve } };
}

function wishFields(request: ChatRequest, { traits, model, warn }: Target): Readonly<Record<string, unknown>> {
  const { enabled, effort } = request.thinking ?? {};
  if (enabled === undefined && effort === undefined) return {};
  const off = enabled === false || effort === 'none';
  if (traits.thinking.length === 0 || !model.capabilities.thinking) {
    if (!off) warn({ code: 'thinking_not_offered', model: model.id });
    return {};
  }
  const degree: ReasoningEffort | undefined = off ? 'none' : effort;
  const word = degree && traits.efforts[degree];
  const graded = traits.thinking.includes('effort') || traits.thinking.includes('reasoning');
  if (off && (!traits.thinkingOff || traits.thinking.every((form) => form === 'effort' && word === undefined))) {
    warn({ code: 'thinking_always_on', model: model.id });
    return {};
  }
  if (!off && degree !== undefined && (!graded || word === undefined))
    warn({ code: 'effort_ignored', model: model.id });
  return Object.fromEntries(traits.thinking.flatMap((form) => Object.entries(said(form, off, word))));
}
