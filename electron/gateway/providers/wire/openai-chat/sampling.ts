import type { ChatRequest } from '../../../chat/request.ts';
import { adjusted, ignored } from '../shared/target.ts';
import type { Refusable, Target } from './traits.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A value within the service's range, or nothing where it has no such field. */
function within(target: Target, field: Refusable, value: number | undefined, range: readonly [number, number]): Fields {
  if (value === undefined) return {};
  if (target.traits.refuses.includes(field)) {
    // Nobody needs to hear of a field that only said the default.
    if (value !== 1) ignored(target, field);
    return {};
  }
  const near = Math.min(range[1], Math.max(range[0], value));
  if (near !== value) adjusted(target, field);
  return { [field]: near };
}

function plain(target: Target, field: Refusable, value: number | undefined, unsaid?: number): Fields {
  if (value === undefined) return {};
  if (!target.traits.refuses.includes(field)) return { [field]: value };
  if (value !== unsaid) ignored(target, field);
  return {};
}

function stops(target: Target, stop: readonly string[] = []): Fields {
  const kept = stop.slice(0, target.traits.stops);
  if (kept.length < stop.length) (kept.length === 0 ? ignored : adjusted)(target, 'stop');
  return kept.length > 0 ? { stop: kept } : {};
}

function limit(target: Target, wanted: number | undefined): Fields {
  const { traits, model } = target;
  if (wanted === undefined) return {};
  if (traits.refuses.includes('max_tokens')) {
    ignored(target, 'max_tokens');
    return {};
  }
  const most = Math.min(wanted, model.maxOutputTokens ?? wanted);
  if (most < wanted) adjusted(target, 'max_tokens');
  return { [traits.maxTokens]: most };
}

/** How the answer is drawn and where it ends. */
export function samplingFields({ sampling }: ChatRequest, target: Target): Fields {
  return {
    ...within(target, 'temperature', sampling.temperature, target.traits.temperature),
    ...within(target, 'top_p', sampling.topP, target.traits.topP),
    ...limit(target, sampling.maxTokens),
    ...stops(target, sampling.stop),
    ...plain(target, 'seed', sampling.seed),
    ...plain(target, 'presence_penalty', sampling.presencePenalty, 0),
    ...plain(target, 'frequency_penalty', sampling.frequencyPenalty, 0),
  };
}
