import type { Dialect } from '../dialect.ts';
import { CompletionCollector } from './collect.ts';
import { decodeBody } from './decode.ts';
import { ChunkEncoder } from './encode.ts';
import { errorBody } from '../shared/openai-error.ts';

/** OpenAI Chat Completions. */
export const openaiChat: Dialect = {
  id: 'openai-chat',
  // Clients differ in whether the base URL already ends in /v1 and whether they add it.
  paths: ['/v1/chat/completions', '/chat/completions', '/v1/v1/chat/completions'],
  decode(body) {
    const { request, stream, includeUsage, form, warnings } = decodeBody(body);
    return {
      request,
      stream,
      thinking: form,
      warnings,
      encoder: (head) => new ChunkEncoder(head, includeUsage),
      collector: (head) => new CompletionCollector(head),
    };
  },
  errorBody,
};
