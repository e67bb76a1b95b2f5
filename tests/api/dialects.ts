/** The three dialects as a client meets them: where to ask, how, and how to read what comes back. Strict readers throughout. */
import assert from 'node:assert/strict';
import { z } from 'zod';
import { Response, validate } from '../../electron/gateway/dialects/openai-responses/testing/validator.ts';
import { readChatStream } from '../chat-stream.ts';
import { readMessageStream } from '../messages-stream.ts';
import type { Reply } from './http.ts';
import { Completion, errorOf } from './shapes.ts';

export interface Speech {
  readonly name: 'openai-chat' | 'anthropic-messages' | 'openai-responses';
  readonly path: string;
  /** The smallest body that says this. */
  body(text: string): Readonly<Record<string, unknown>>;
  /** The text of a whole reply. */
  said(reply: Reply): string;
  /** The text of a stream that ended well. */
  heard(wire: string): string;
  /** The last event of a stream that ended well. */
  readonly end: RegExp;
  /** The error of a stream that broke: its type or code. */
  broke(wire: string): string | undefined;
  /** Checks an error's status and shape; `type` is Anthropic's word, `code` ours. */
  refused(reply: Reply, status: number, code: string, type: string): void;
}

const Message = z.strictObject({
  id: z.string().regex(/^msg_\w+$/),
  type: z.literal('message'),
  role: z.literal('assistant'),
  model: z.string(),
  content: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })).min(1),
  stop_reason: z.string(),
  stop_sequence: z.null(),
  usage: z.looseObject({ input_tokens: z.number(), output_tokens: z.number() }),
});
const AnthropicError = z.strictObject({
  type: z.literal('error'),
  error: z.strictObject({ type: z.string(), message: z.string().min(10) }),
  request_id: z.string().regex(/^req_\w+$/),
});

const json = (reply: Reply): unknown => {
  assert.equal(reply.status, 200, reply.text.slice(0, 300));
  assert.match(reply.headers['content-type'] ?? '', /^application\/json/);
  return reply.json();
};
const textIn = (response: z.infer<typeof Response>): string =>
  response.output.flatMap((item) => (item.type === 'message' ? item.content.map((part) => part.text) : [])).join('');

function anthropicError(reply: Reply, status: number, _code: string, type: string): void {
  assert.equal(reply.status, status, reply.text.slice(0, 300));
  assert.match(reply.headers['content-type'] ?? '', /^application\/json/);
  const body = AnthropicError.parse(reply.json());
  assert.equal(body.error.type, type);
  const ids = [reply.headers['request-id'], reply.headers['x-request-id']];
  assert.deepEqual(ids, [body.request_id, body.request_id]);
  assert.doesNotMatch(reply.text, /<html|node_modules/i);
}
const openaiError = (reply: Reply, status: number, code: string): void => {
  errorOf(reply, status, code);
};

export const dialects: readonly Speech[] = [
  {
    name: 'openai-chat',
    path: '/v1/chat/completions',
    body: (text) => ({ messages: [{ role: 'user', content: text }] }),
    said: (reply) => Completion.parse(json(reply)).choices[0]?.message.content ?? '',
    heard(wire) {
      const read = readChatStream(wire);
      assert.equal(read.error, null);
      return read.content ?? '';
    },
    end: /data: \[DONE\]\n\n$/,
    broke: (wire) => readChatStream(wire).error?.code,
    refused: openaiError,
  },
  {
    name: 'anthropic-messages',
    path: '/v1/messages',
    body: (text) => ({ max_tokens: 32_000, messages: [{ role: 'user', content: text }] }),
    said: (reply) =>
      Message.parse(json(reply))
        .content.map(({ text = '' }) => text)
        .join(''),
    heard(wire) {
      const read = readMessageStream(wire);
      assert.equal(read.error, null);
      return read.blocks.map(({ type, text }) => (type === 'text' ? text : '')).join('');
    },
    end: /data: \{"type":"message_stop"\}\n\n$/,
    broke: (wire) => readMessageStream(wire).error?.type,
    refused: anthropicError,
  },
  {
    name: 'openai-responses',
    path: '/v1/responses',
    body: (text) => ({ input: text }),
    said: (reply) => textIn(Response.parse(json(reply))),
    heard(wire) {
      const last = validate(wire.replaceAll(': keep-alive\n\n', ''));
      assert.equal(last.status, 'completed');
      return textIn(last);
    },
    end: /event: response\.completed\ndata: [^\n]*\n\n$/,
    broke: (wire) => validate(wire).error?.code,
    refused: openaiError,
  },
];
