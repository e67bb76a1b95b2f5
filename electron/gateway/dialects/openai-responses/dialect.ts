import type { Dialect } from '../dialect.ts';
import { errorBody } from '../shared/openai-error.ts';
import { ResponseCollector } from './collect.ts';
import { decodeBody } from './decode.ts';
import { EventEncoder } from './encode.ts';

/** OpenAI Responses, which Codex and the newer SDKs speak. */
export const openaiResponses: Dialect = {
  id: 'openai-responses',
  // Clients differ in whether the base URL already ends in /v1 and whether they add it.
  paths: ['/v1/responses', '/responses', '/v1/v1/responses'],
  decode(body) {
    const { request, stream, warnings, settings } = decodeBody(body);
    return {
      request,
      stream,
      thinking: settings.summaries ? undefined : 'separate',
      warnings,
      encoder: (head) => new EventEncoder(head, settings),
      collector: (head) => new ResponseCollector(head, settings),
    };
  },
  errorBody,
};
