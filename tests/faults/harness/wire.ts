/** What a service says on the wire, in the two APIs that added providers speak: pieces of a stream, whole replies, refusals. */

export type Data = Readonly<Record<string, unknown>>;
export type Api = 'chat' | 'messages';

export interface Wire {
  /** The frames before the first delta. */
  head(model: string): string[];
  delta(model: string, text: string): string;
  /** The frames after the last delta, the mark of the end included. */
  tail(model: string): string[];
  /** What an error in the middle of a stream looks like. */
  error(message: string): string;
  whole(model: string, text: string): Data;
  refusal(status: number, message: string, code: string | null): Data;
}

const usage = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 };
const typeOf = (status: number): string =>
  ({ 401: 'authentication_error', 403: 'permission_error', 404: 'not_found_error', 429: 'rate_limit_error' })[status] ??
  (status < 500 ? 'invalid_request_error' : 'api_error');

const chatFrame = (data: Data): string => `data: ${JSON.stringify(data)}\n\n`;
const chunk = (model: string, choices: readonly Data[], more: Data = {}): string =>
  chatFrame({ id: 'chatcmpl-f', object: 'chat.completion.chunk', created: 1_763_640_000, model, choices, ...more });

const chat: Wire = {
  head: (model) => [chunk(model, [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }])],
  delta: (model, text) => chunk(model, [{ index: 0, delta: { content: text }, finish_reason: null }]),
  tail: (model) => [
    chunk(model, [{ index: 0, delta: {}, finish_reason: 'stop' }]),
    chunk(model, [], { usage }),
    'data: [DONE]\n\n',
  ],
  error: (message) => chatFrame({ error: { message, type: 'server_error', param: null, code: null } }),
  whole: (model, text) => ({
    id: 'chatcmpl-f',
    object: 'chat.completion',
    created: 1_763_640_000,
    model,
    choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
    usage,
  }),
  refusal: (status, message, code) => ({ error: { message, type: typeOf(status), param: null, code } }),
};

const event = (data: Data & { readonly type: string }): string =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const message = (model: string) => ({ id: 'msg_f', type: 'message', role: 'assistant', model, stop_sequence: null });

const messages: Wire = {
  head: (model) => [
    event({
      type: 'message_start',
      message: { ...message(model), content: [], stop_reason: null, usage: { input_tokens: 5, output_tokens: 1 } },
    }),
    event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
  ],
  delta: (_model, text) => event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
  tail: () => [
    event({ type: 'content_block_stop', index: 0 }),
    event({
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: 7 },
    }),
    event({ type: 'message_stop' }),
  ],
  error: (text) => event({ type: 'error', error: { type: 'overloaded_error', message: text } }),
  whole: (model, text) => ({
    ...message(model),
    content: [{ type: 'text', text }],
    stop_reason: 'end_turn',
    usage: { input_tokens: 5, output_tokens: 7 },
  }),
  refusal: (status, text) => ({ type: 'error', error: { type: typeOf(status), message: text } }),
};

export const wires: Readonly<Record<Api, Wire>> = { chat, messages };
