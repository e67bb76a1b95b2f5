/** The Messages API in OpenAPI 3.1, short: Anthropic's own reference says the rest. */
const error = {
  description: 'What went wrong and what to do',
  content: {
    'application/json': {
      schema: {
        type: 'object',
        properties: {
          type: { const: 'error' },
          error: { type: 'object', properties: { type: { type: 'string' }, message: { type: 'string' } } },
          request_id: { type: 'string' },
        },
      },
    },
  },
};

const properties = {
  model: { type: 'string' },
  messages: {
    type: 'array',
    items: {
      type: 'object',
      required: ['role', 'content'],
      properties: {
        role: { enum: ['user', 'assistant', 'system'] },
        content: { description: 'Text, or a list of text, image, document, thinking, tool_use and tool_result blocks' },
      },
    },
  },
  system: { description: 'Text, or a list of text blocks' },
  tools: { type: 'array', items: { type: 'object' } },
  tool_choice: { type: 'object', properties: { type: { enum: ['auto', 'any', 'tool', 'none'] } } },
  thinking: { type: 'object', properties: { type: { enum: ['enabled', 'adaptive', 'disabled'] } } },
};

const body = (schema: object, example: object): object => ({
  required: true,
  content: { 'application/json': { schema: { type: 'object', ...schema }, example } },
});
const example = { model: 'local/echo', messages: [{ role: 'user', content: 'Hello' }] };

export const messagePaths = {
  '/v1/messages': {
    post: {
      summary: 'Anthropic Messages',
      description:
        'Also answered below `/anthropic` and without `/v1`. With `stream: true` the reply is an event stream that ends with `message_stop`, or with an `error` event when the provider broke off.',
      parameters: [{ $ref: '#/components/parameters/thinking' }],
      requestBody: body(
        {
          required: ['model', 'messages', 'max_tokens'],
          properties: {
            ...properties,
            max_tokens: { type: 'integer' },
            stream: { type: 'boolean', default: false },
            stop_sequences: { type: 'array', items: { type: 'string' } },
            temperature: { type: 'number' },
            top_p: { type: 'number' },
          },
        },
        { ...example, max_tokens: 1024 },
      ),
      responses: {
        200: {
          description: 'The answer',
          content: {
            'application/json': { schema: { type: 'object', description: 'message' } },
            'text/event-stream': { schema: { type: 'string', description: 'message_start … message_stop' } },
          },
        },
        default: error,
      },
    },
  },
  '/v1/messages/count_tokens': {
    post: {
      summary: 'How many tokens a request has, estimated',
      requestBody: body({ required: ['model', 'messages'], properties }, example),
      responses: {
        200: {
          description: 'The count',
          content: {
            'application/json': { schema: { type: 'object', properties: { input_tokens: { type: 'integer' } } } },
          },
        },
        default: error,
      },
    },
  },
};
