import type { Sampling } from '../../../chat/request.ts';
import { adjusted, ignored } from '../shared/target.ts';
import type { Target } from './traits.ts';

export interface SamplingFields {
  readonly temperature?: number;
  readonly top_p?: number;
  readonly stop_sequences?: readonly string[];
}

/** Temperature from 0 to 1, no sampling while the model thinks, stop words that are more than blanks. */
export function samplingFields(sampling: Sampling, thinks: boolean, target: Target): SamplingFields {
  const { traits } = target;
  const none = traits.sampling === 'none';
  const { temperature, topP } = sampling;
  const heat = temperature === undefined ? undefined : Math.min(1, Math.max(0, temperature));
  if (heat !== temperature && !none && !thinks) adjusted(target, 'temperature');
  const heated = kept('temperature', heat, !none && (!thinks || heat === 1), 1, target);
  const mayTop = !none && (!thinks || (topP ?? 1) >= 0.95) && (traits.sampling === 'both' || heated === undefined);
  const top = kept('top_p', topP, mayTop, 1, target);
  const stop = stopsOf(sampling.stop ?? [], target);
  if (sampling.seed !== undefined) ignored(target, 'seed');
  if (sampling.presencePenalty) ignored(target, 'presence_penalty');
  if (sampling.frequencyPenalty) ignored(target, 'frequency_penalty');
  return {
    ...(heated !== undefined && { temperature: heated }),
    ...(top !== undefined && { top_p: top }),
    ...(stop.length > 0 && { stop_sequences: stop }),
  };
}

/** Leaves a field out where it may not stand; nobody needs to hear of one that only said the default. */
function kept(
  field: string,
  value: number | undefined,
  may: boolean,
  usual: number,
  target: Target,
): number | undefined {
  if (may || value === undefined) return value;
  if (value !== usual) ignored(target, field);
  return undefined;
}

function stopsOf(stop: readonly string[], target: Target): readonly string[] {
  const words = stop.filter((word) => word.trim() !== '').slice(0, target.traits.stops);
  if (words.length < stop.length) (words.length === 0 ? ignored : adjusted)(target, 'stop');
  return words;
}
