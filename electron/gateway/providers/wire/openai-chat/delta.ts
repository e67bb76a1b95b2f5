import { isRecord, listIn, recordIn, textIn, type Json } from '../shared/json.ts';

/** Names for the parts of a message, as a delta or whole. Services agree on the form and differ in the words. */

const texts = (value: unknown, type: (kind: unknown) => boolean): string =>
  (Array.isArray(value) ? (value as readonly unknown[]) : [])
    .map((part) => (isRecord(part) && type(part['type']) ? (textIn(part, 'text') ?? '') : ''))
    .join('');

/** The answer's text: a string, or parts (Mistral), or the model's refusal. */
export function contentOf(message: Json): string {
  const { content } = message;
  const text = typeof content === 'string' ? content : texts(content, (type) => type === 'text' || type === undefined);
  return text || (textIn(message, 'refusal') ?? '');
}

export interface Reasoning {
  readonly text: string;
  readonly signature: string | undefined;
}

/** Reasoning in the first of its fields that has any: the others repeat it. */
export function reasoningOf(message: Json): Reasoning {
  const details = (listIn(message, 'reasoning_details') ?? []).filter(isRecord);
  const signature = details.map((detail) => textIn(detail, 'signature')).find(Boolean);
  const plain =
    textIn(message, 'reasoning_content') ??
    textIn(message, 'reasoning') ??
    textIn(message, 'thinking') ??
    textIn(recordIn(message, 'thinking'), 'content');
  if (plain !== undefined) return { text: plain, signature };
  const detailed = details.map((detail) => textIn(detail, 'text') ?? textIn(detail, 'summary') ?? '').join('');
  return { text: detailed || thinkingParts(message['content']), signature };
}

/** Mistral's parts of thinking, which hold parts themselves. */
function thinkingParts(content: unknown): string {
  if (!Array.isArray(content)) return '';
  return (content as readonly unknown[])
    .map((part) => {
      if (!isRecord(part) || part['type'] !== 'thinking') return '';
      return textIn(part, 'thinking') ?? texts(part['thinking'], () => true);
    })
    .join('');
}

/** Calls in today's form, or the one of the old `functions`. */
export function callsOf(message: Json): readonly unknown[] {
  const legacy = message['function_call'];
  return listIn(message, 'tool_calls') ?? (isRecord(legacy) ? [{ index: 0, function: legacy }] : []);
}
