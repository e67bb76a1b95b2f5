import type { Notice } from '../../../../shared/notice.ts';
import type { ChatRequest, ReasoningEffort, ResponseFormat } from '../../chat/request.ts';
import { isObject } from '../shared/fields.ts';
import { present } from '../shared/present.ts';
import type { Body } from './schema.ts';

/** How thinking appears in the reply: as text, as a signature only, or not at all. */
export type ThinkingDisplay = 'shown' | 'omitted' | 'hidden';

/** Claude Code's own steps are 4,000, 10,000 and 31,999. */
const budgets: readonly (readonly [number, ReasoningEffort])[] = [
  [4_096, 'low'],
  [16_384, 'medium'],
  [32_768, 'high'],
];

function effortOf({ thinking, output_config: config }: Body): ReasoningEffort | undefined {
  const word = config?.effort;
  if (word) return word === 'xhigh' ? 'max' : word;
  const budget = thinking?.budget_tokens;
  if (budget === null || budget === undefined) return undefined;
  return budgets.find(([most]) => budget <= most)?.[1] ?? 'max';
}

/** With `between_tools` the model says a word between calls, as thinking, but does not think. */
const isOff = (type: string): boolean => type === 'disabled' || type === 'between_tools';

/** `enabled`, `adaptive` and whatever comes after them ask for thinking. Without the field the model decides, unseen. */
export function decodeThinking(body: Body, warnings: Notice[]): ChatRequest['thinking'] {
  const { thinking } = body;
  if (thinking && !isOff(thinking.type)) return present({ enabled: true, effort: effortOf(body) });
  if (body.output_config?.effort) warnings.push({ code: 'effort_without_thinking' });
  return thinking ? { enabled: false } : undefined;
}

export function displayOf({ thinking }: Body): ThinkingDisplay {
  if (!thinking || thinking.type === 'disabled') return 'hidden';
  return thinking.display === 'omitted' ? 'omitted' : 'shown';
}

export function decodeFormat(body: Body): ResponseFormat {
  const format = body.output_config?.format ?? body.output_format;
  return format ? { type: 'json-schema', name: 'response', schema: format.schema, strict: true } : { type: 'text' };
}

const isSet = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined;

/** Fields whose absence changes the answer; the many others that only tune Anthropic's service are let pass. */
export function ignoredFields(body: Readonly<Record<string, unknown>>): Notice[] {
  const warnings: Notice[] = ['top_k', 'mcp_servers', 'container', 'compaction', 'fallbacks', 'inference_geo']
    .filter((name) => isSet(body[name]))
    .map((field) => ({ code: 'field_ignored', field }));
  const { context_management: management } = body;
  const edits = isObject(management) ? management['edits'] : undefined;
  if (Array.isArray(edits) && edits.some((edit) => isObject(edit) && String(edit['type']).startsWith('compact')))
    warnings.push({ code: 'compaction_ignored' });
  return warnings;
}
