import type { ChatRequest, ResponseFormat } from '../request.ts';
import { withInstructions } from '../reshape.ts';

const rule = 'no words before or after it, and no code fence';

function words(format: Exclude<ResponseFormat, { type: 'text' }>): string {
  if (format.type === 'json-object') return `Answer with one JSON object and nothing else: ${rule}.`;
  return `Answer with one JSON value and nothing else: ${rule}. It must match this JSON Schema:\n${JSON.stringify(format.schema)}`;
}

/** `response_format` in words, for a provider that has no field for it. */
export function askForJson(request: ChatRequest, format: Exclude<ResponseFormat, { type: 'text' }>): ChatRequest {
  return {
    ...request,
    messages: withInstructions(request.messages, words(format)),
    responseFormat: { type: 'text' },
  };
}
