import type { Usage } from '../../chat/events.ts';
import { present } from './present.ts';

/** Later reports win, field by field: some providers send the prompt's count first and the answer's last. */
export function mergeUsage(before: Usage | undefined, next: Usage): Usage {
  return { ...before, ...present(next) };
}

function difference(total: number | undefined, part: number | undefined): number | undefined {
  return total === undefined || part === undefined || total < part ? undefined : total - part;
}

export interface Counts {
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly totalTokens: number | undefined;
}

/** The three counts; one that is missing is derived from the two others or stays unknown. Nothing is invented. */
export function countsOf(usage: Usage): Counts {
  const input = usage.inputTokens ?? difference(usage.totalTokens, usage.outputTokens);
  const output = usage.outputTokens ?? difference(usage.totalTokens, usage.inputTokens);
  const sum = input === undefined || output === undefined ? undefined : input + output;
  return { inputTokens: input, outputTokens: output, totalTokens: usage.totalTokens ?? sum };
}
