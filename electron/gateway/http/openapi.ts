import { thinkingModes } from '../chat/thinking.ts';
import { messagePaths } from './openapi-messages.ts';
import { responsePaths } from './openapi-responses.ts';

/** The API in OpenAPI 3.1, short: OpenAI's own reference says the rest. `root` is the path everything is served below. */
export function openApi(root: string): unknown {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Traygate',
      version: '1',
      description:
        'One local API for the AI accounts you have. Send the client key of the Traygate window as `Authorization: Bearer` or `x-api-key`.',
    },
    servers: [{ url: root }],
    security: [{ bearer: [] }, { apiKey: [] }],
    paths: {
      '/v1/chat/completions': {
        post: {
          summary: 'Chat Completions',
          description:
            'Also answered without `/v1`. With `stream: true` the reply is an event stream that ends with `data: [DONE]`, or with an error frame when the provider broke off.',
          parameters: [{ $ref: '#/components/parameters/thinking' }],
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/ChatRequest' }, example } },
          },
          responses: {
            200: {
              description: 'The answer',
              content: {
                'application/json': { schema: { type: 'object', description: 'chat.completion' } },
                'text/event-stream': {
                  schema: { type: 'string', description: 'chat.completion.chunk, one per event' },
                },
              },
            },
            default: error,
          },
        },
      },
      ...messagePaths,
      ...responsePaths,
      '/v1/models': {
        get: {
          summary: 'Models that can be asked',
          responses: {
            200: { description: 'The list', content: { 'application/json': { schema: { type: 'object' } } } },
            default: error,
          },
        },
      },
      '/v1/models/{id}': {
        get: {
          summary: 'One model',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' }, example: 'local/echo' }],
          responses: {
            200: { description: 'The model', content: { 'application/json': { schema: { type: 'object' } } } },
            default: error,
          },
        },
      },
      '/health': {
        get: {
          summary: 'Whether the gateway answers',
          security: [],
          responses: { 200: { description: '`{"status":"ok"}`' } },
        },
      },
    },
    components: {
      parameters: { thinking },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
      },
      schemas: { ChatRequest: chatRequest, Error: errorSchema },
    },
  };
}

const example = { model: 'local/echo', messages: [{ role: 'user', content: 'Hello' }], stream: false };

const error = {
  description: 'What went wrong, whose fault it is and what to do',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
};

const errorSchema = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: {
        message: { type: 'string' },
        type: { type: 'string' },
        param: { type: ['string', 'null'] },
        code: { type: 'string' },
      },
    },
  },
};

const thinking = {
  name: 'x-traygate-thinking',
  in: 'header',
  description: 'Where reasoning goes; without it the body decides, then the setting',
  schema: { enum: thinkingModes },
};

const chatRequest = {
  type: 'object',
  required: ['model', 'messages'],
  properties: {
    model: { type: 'string' },
    messages: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['role'],
        properties: {
          role: { enum: ['system', 'developer', 'user', 'assistant', 'tool'] },
          content: { description: 'Text, or a list of text and image_url parts' },
          tool_calls: { type: 'array', items: { type: 'object' } },
          tool_call_id: { type: 'string' },
        },
      },
    },
    stream: { type: 'boolean', default: false },
    stream_options: { type: 'object', properties: { include_usage: { type: 'boolean' } } },
    tools: { type: 'array', items: { type: 'object' } },
    tool_choice: { description: 'auto, none, required, or a named function' },
    response_format: { type: 'object' },
    temperature: { type: 'number' },
    top_p: { type: 'number' },
    max_completion_tokens: { type: 'integer' },
    max_tokens: { type: 'integer' },
    stop: { description: 'A string or a list of strings' },
    reasoning_effort: { enum: ['none', 'minimal', 'low', 'medium', 'high'] },
    include_reasoning: { type: 'boolean', description: 'false leaves out what the model thought' },
    enable_thinking: { type: 'boolean', description: 'Traygate: switches thinking on or off where the model can' },
    web_search: { type: 'boolean', description: 'Traygate: lets the provider search the web where it can' },
  },
};
