/** The Responses API in OpenAPI 3.1, short: OpenAI's own reference says the rest. */
export const responsePaths = {
  '/v1/responses': {
    post: {
      summary: 'Responses',
      description:
        'Also answered without `/v1`. Nothing is stored: send the whole input each time instead of `previous_response_id`. With `stream: true` the reply is an event stream that ends with `response.completed`, or with `error` and `response.failed` when the provider broke off.',
      parameters: [{ $ref: '#/components/parameters/thinking' }],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              required: ['model', 'input'],
              properties: {
                model: { type: 'string' },
                input: {
                  description: 'Text, or a list of messages, function calls, their outputs and reasoning items',
                },
                instructions: { type: 'string' },
                stream: { type: 'boolean', default: false },
                tools: { type: 'array', items: { type: 'object' } },
                tool_choice: { description: 'auto, none, required, or a named function' },
                reasoning: { type: 'object' },
                text: { type: 'object', description: '`format`: text, json_object or json_schema' },
                max_output_tokens: { type: 'integer' },
              },
            },
            example: { model: 'local/echo', input: 'Hello' },
          },
        },
      },
      responses: {
        200: {
          description: 'The answer',
          content: {
            'application/json': { schema: { type: 'object', description: 'response' } },
            'text/event-stream': { schema: { type: 'string', description: 'one event of the Responses stream each' } },
          },
        },
        default: {
          description: 'What went wrong, whose fault it is and what to do',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      },
    },
  },
} as const;
