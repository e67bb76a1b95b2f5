import type { FinishReason } from '../../chat/events.ts';
import type { AnswerHead } from '../dialect.ts';
import type { Assembly } from './output/assembly.ts';
import type { AnswerSettings } from './settings.ts';
import { usageBody } from './usage.ts';

export interface Failure {
  readonly code: string;
  readonly message: string;
}

export type Outcome = 'in_progress' | FinishReason | Failure;

const cutShort: Partial<Record<FinishReason, string>> = {
  length: 'max_output_tokens',
  'content-filter': 'content_filter',
};

/** Whether the provider stopped before the answer was whole. */
export function isCut(reason: FinishReason): boolean {
  return reason in cutShort;
}

function verdict(outcome: Outcome): object {
  if (typeof outcome === 'object') return { status: 'failed', error: outcome, incomplete_details: null };
  if (outcome === 'in_progress') return { status: outcome, error: null, incomplete_details: null };
  const reason = cutShort[outcome];
  if (reason) return { status: 'incomplete', error: null, incomplete_details: { reason } };
  return { status: 'completed', error: null, incomplete_details: null };
}

/** The response object, as it is at one moment: in the events that frame a stream, and as the reply to a plain request. */
export function responseBody(head: AnswerHead, settings: AnswerSettings, assembly: Assembly, outcome: Outcome): object {
  return {
    id: `resp_${head.id}`,
    object: 'response',
    created_at: head.created,
    ...verdict(outcome),
    model: head.model,
    output: assembly.output,
    ...settings.echo,
    usage: outcome === 'in_progress' ? null : usageBody(assembly.usage),
  };
}
