import type { Notice } from '../../../../shared/notice.ts';

/** Fields that are understood but have no effect. The test says when a value asks for something; the default of the field does not. */
const isSet = (value: unknown): boolean => value !== false && value !== 0;
const fields: Readonly<Record<string, (value: unknown) => boolean>> = {
  top_logprobs: isSet,
  max_tool_calls: isSet,
  moderation: isSet,
  truncation: (value) => value !== 'disabled',
  // Thinking is always there in the form that `reasoning.encrypted_content` asks for.
  include: (value) => Array.isArray(value) && value.some((entry) => entry !== 'reasoning.encrypted_content'),
};

function verbosity(text: unknown): unknown {
  return typeof text === 'object' && text !== null && 'verbosity' in text ? text.verbosity : undefined;
}

/** One notice per field that was sent and is not honoured; values are not repeated. */
export function ignoredFields(body: Readonly<Record<string, unknown>>): Notice[] {
  const warnings: Notice[] = Object.entries(fields)
    .filter(([name, asks]) => body[name] !== null && body[name] !== undefined && asks(body[name]))
    .map(([name]) => ({ code: 'field_ignored', field: name }));
  const wordy = verbosity(body['text']) ?? 'medium';
  if (wordy !== 'medium') warnings.push({ code: 'field_ignored', field: 'text.verbosity' });
  const { context_management: management } = body;
  if (Array.isArray(management) && management.length > 0) warnings.push({ code: 'compaction_ignored' });
  return warnings;
}
