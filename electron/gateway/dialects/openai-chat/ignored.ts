import type { Notice } from '../../../../shared/notice.ts';

/** Fields that are understood but have no effect. The test says when a value asks for something; the default of the field does not. */
const isSet = (value: unknown): boolean => value !== false && value !== 0;
const fields: Readonly<Record<string, (value: unknown) => boolean>> = {
  logprobs: isSet,
  top_logprobs: isSet,
  logit_bias: (value) => typeof value === 'object' && value !== null && Object.keys(value).length > 0,
  modalities: (value) => !(Array.isArray(value) && value.every((entry) => entry === 'text')),
  audio: isSet,
  prediction: isSet,
  moderation: isSet,
  store: isSet,
  verbosity: (value) => value !== 'medium',
  thinking_budget: () => true,
  top_k: () => true,
  min_p: isSet,
  repetition_penalty: (value) => value !== 1,
};

/** One notice per field that was sent and is not honoured; values are not repeated. */
export function ignoredFields(body: Readonly<Record<string, unknown>>): Notice[] {
  return Object.entries(fields)
    .filter(([name, asks]) => body[name] !== null && body[name] !== undefined && asks(body[name]))
    .map(([name]) => ({ code: 'field_ignored', field: name }));
}
