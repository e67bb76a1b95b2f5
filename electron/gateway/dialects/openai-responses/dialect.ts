import type { Dialect } from '../dialect.ts';
import { errorBody } from '../shared/openai-error.ts';
import { ResponseCollector } from './collect.ts';
import { decodeBody } from './decode.ts';
import { EventEncoder } from './encode.ts';
import { type ItemRecall, noRecall } from './recall.ts';

/** OpenAI Responses, which Codex and the newer SDKs speak, with a memory for the items its answers may be asked for. */
export function createOpenaiResponses(recall: ItemRecall): Dialect {
  return {
    id: 'openai-responses',
    // Clients differ in whether the base URL already ends in /v1 and whether they add it.
    paths: ['/v1/responses', '/responses', '/v1/v1/responses'],
    decode(body, clientKey = null) {
      const { request, stream, warnings, settings } = decodeBody(body, {
        find: (id) => recall.find(clientKey, id),
        keep: (items) => recall.keep(clientKey, items),
      });
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
}

/** The same without a memory. */
export const openaiResponses: Dialect = createOpenaiResponses(noRecall);
