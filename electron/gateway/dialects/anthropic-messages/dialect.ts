import { estimateInput } from '../../chat/token-count.ts';
import type { Dialect } from '../dialect.ts';
import { MessageCollector } from './collect.ts';
import { decodeBody, decodeCount } from './decode.ts';
import { type Asked, MessageEncoder } from './encode.ts';
import { errorBody, errorStatus } from './error-body.ts';

// Anthropic's clients add /v1/messages to whatever base URL they are given, others want the /v1 in it.
const paths = ['/v1/messages', '/messages', '/v1/v1/messages', '/anthropic/v1/messages'];

/** The Anthropic Messages API. */
export const anthropicMessages: Dialect = {
  id: 'anthropic-messages',
  paths,
  decode(body) {
    const { request, stream, display, warnings } = decodeBody(body);
    const asked: Asked = { display, estimateInput: () => estimateInput(request) };
    return {
      request,
      stream,
      thinking: display === 'shown' ? undefined : 'separate',
      warnings,
      encoder: (head) => new MessageEncoder(head, asked),
      collector: (head) => new MessageCollector(head, asked),
    };
  },
  questions: [
    {
      paths: paths.map((path) => `${path}/count_tokens`),
      // Estimated here, whatever the model: no provider is asked and no token is spent.
      answer: (body) => ({ input_tokens: estimateInput(decodeCount(body)) }),
    },
  ],
  marks: { header: 'anthropic-version', prefix: '/anthropic/' },
  requestIdHeader: 'request-id',
  headers: ['anthropic-version', 'anthropic-beta'],
  errorBody,
  errorStatus,
};
