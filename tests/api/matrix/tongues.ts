/** One conversation in the words of each dialect, and what a client has of the answers: thinking, tools, search, images. */
import assert from 'node:assert/strict';
import { MessageStream } from '@anthropic-ai/sdk/lib/MessageStream';
import { z } from 'zod';
import { Response as Answer, validate } from '../../../electron/gateway/dialects/openai-responses/testing/validator.ts';
import { readChatStream } from '../../chat-stream.ts';
import { readMessageStream } from '../../messages-stream.ts';
import { dialects, type Speech } from '../dialects.ts';
import type { Reply } from '../http.ts';

export interface Wish {
  readonly text: string;
  readonly thinking?: boolean | undefined;
  /** Offers `get_weather`. */
  readonly tools?: boolean | undefined;
  readonly search?: boolean | undefined;
  /** Base64 of a PNG. */
  readonly image?: string | undefined;
}

export interface Heard {
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly { readonly id: string; readonly name: string; readonly arguments: unknown }[];
  readonly end: string;
  /** Addresses of the sources; the Messages API has no place for them but the text. */
  readonly sources: readonly string[];
  /** The answer as a client keeps it and sends it back. */
  readonly kept: readonly unknown[];
}

type Body = Readonly<Record<string, unknown>>;

export interface Tongue extends Speech {
  ask(wish: Wish): Body;
  /** The next turn: what every call of the answer gave, or without calls what the user says next. */
  goOn(asked: Body, heard: Heard, text: string): Body;
  /** `foreign`: the provider's own bytes were handed on, which need not be as ours are. */
  hear(reply: Reply, stream: boolean, foreign: boolean): Promise<Heard>;
}

export const toolName = 'get_weather';
const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const description = 'Tells the weather of a city.';

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const speechOf = (name: Speech['name']): Speech => dialects.find((one) => one.name === name) ?? assert.fail(name);

function wellOf(reply: Reply, stream: boolean): Reply {
  assert.equal(reply.status, 200, reply.text.slice(0, 500));
  assert.match(reply.headers['content-type'] ?? '', stream ? /^text\/event-stream/ : /^application\/json/);
  return reply;
}

const Call = z.object({ id: z.string().min(1), function: z.object({ name: z.string(), arguments: z.string() }) });
const Message = z.object({
  content: z.string().nullable(),
  reasoning_content: z.string().optional(),
  tool_calls: z.array(Call).default([]),
  annotations: z.array(z.object({ url_citation: z.object({ url: z.string() }) })).default([]),
});
const Completion = z.object({ choices: z.tuple([z.object({ message: Message, finish_reason: z.string() })]) });

/** The message of a stream in the form of a whole reply. */
function chatMessage(wire: string): z.infer<typeof Completion> {
  const { content, reasoning, calls, annotations, finishReason, error } = readChatStream(wire);
  assert.equal(error, null);
  const message = {
    content,
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    tool_calls: calls.map(({ id, ...made }) => ({ id, function: made })),
    annotations,
  };
  return Completion.parse({ choices: [{ message, finish_reason: finishReason }] });
}

const chat: Tongue = {
  ...speechOf('openai-chat'),
  ask({ text, thinking, tools, search, image }) {
    const picture = { type: 'image_url', image_url: { url: `data:image/png;base64,${image}` } };
    const content = image === undefined ? text : [{ type: 'text', text }, picture];
    return {
      messages: [{ role: 'user', content }],
      ...(thinking && { reasoning_effort: 'high' }),
      ...(tools && { tools: [{ type: 'function', function: { name: toolName, description, parameters: schema } }] }),
      ...(search && { web_search_options: {} }),
    };
  },
  goOn(asked, { kept, calls }, text) {
    const results = calls.map(({ id }) => ({ role: 'tool', tool_call_id: id, content: text }));
    const next = calls.length > 0 ? results : [{ role: 'user', content: text }];
    return { ...asked, messages: [...list(asked['messages']), ...kept, ...next] };
  },
  async hear(reply, stream) {
    const { text } = wellOf(reply, stream);
    const [{ message, finish_reason: end }] = (stream ? chatMessage(text) : Completion.parse(JSON.parse(text))).choices;
    const { content, reasoning_content: reasoning = '', tool_calls: calls, annotations } = message;
    return Promise.resolve({
      text: content ?? '',
      reasoning,
      calls: calls.map(({ id, function: made }) => ({ ...made, id, arguments: JSON.parse(made.arguments) as unknown })),
      end: end.replace('_', '-'),
      sources: annotations.map(({ url_citation: { url } }) => url),
      kept: [
        {
          role: 'assistant',
          content,
          ...(reasoning !== '' && { reasoning_content: reasoning }),
          ...(calls.length > 0 && {
            tool_calls: calls.map(({ id, function: made }) => ({ id, type: 'function', function: made })),
          }),
        },
      ],
    });
  },
};

const Block = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  thinking: z.string().optional(),
  id: z.string().optional(),
  name: z.string().optional(),
  input: z.unknown().optional(),
});
const Blocks = z.object({ content: z.array(Block).min(1), stop_reason: z.string() });

/** What the official SDK makes of a stream. */
function messageOf(wire: string): Promise<unknown> {
  const lines = [...wire.matchAll(/^data: (\{.*)$/gm)].map(([, json]) => `${json}\n`).join('');
  const { body } = new Response(lines);
  return MessageStream.fromReadableStream(body ?? assert.fail()).finalMessage();
}

const messages: Tongue = {
  ...speechOf('anthropic-messages'),
  ask({ text, thinking, tools, search, image }) {
    const source = { type: 'base64', media_type: 'image/png', data: image };
    const content =
      image === undefined
        ? text
        : [
            { type: 'text', text },
            { type: 'image', source },
          ];
    const offered = [
      ...(tools ? [{ name: toolName, description, input_schema: schema }] : []),
      ...(search ? [{ type: 'web_search_20250305', name: 'web_search' }] : []),
    ];
    return {
      max_tokens: 16_000,
      messages: [{ role: 'user', content }],
      ...(thinking && { thinking: { type: 'enabled', budget_tokens: 4_000 } }),
      ...(offered.length > 0 && { tools: offered }),
    };
  },
  goOn(asked, { kept, calls }, text) {
    const results = calls.map(({ id }) => ({ type: 'tool_result', tool_use_id: id, content: text }));
    const said = { role: 'user', content: calls.length > 0 ? results : text };
    return { ...asked, messages: [...list(asked['messages']), { role: 'assistant', content: kept }, said] };
  },
  async hear(reply, stream, foreign) {
    const { text: wire } = wellOf(reply, stream);
    if (stream && !foreign) assert.equal(readMessageStream(wire).error, null);
    const whole = Blocks.parse(stream ? await messageOf(wire) : JSON.parse(wire));
    const joined = (field: 'text' | 'thinking') => whole.content.map((block) => block[field] ?? '').join('');
    const made = whole.content.filter(({ type }) => type === 'tool_use');
    return {
      text: joined('text'),
      reasoning: joined('thinking'),
      calls: made.map(({ id = '', name = '', input }) => ({ id, name, arguments: input })),
      end: { end_turn: 'stop', tool_use: 'tool-calls' }[whole.stop_reason] ?? whole.stop_reason,
      sources: [],
      kept: whole.content,
    };
  },
};

const responses: Tongue = {
  ...speechOf('openai-responses'),
  ask({ text, thinking, tools, search, image }) {
    const picture = { type: 'input_image', image_url: `data:image/png;base64,${image}` };
    const offered = [
      ...(tools ? [{ type: 'function', name: toolName, description, parameters: schema, strict: false }] : []),
      ...(search ? [{ type: 'web_search' }] : []),
    ];
    const content = image === undefined ? text : [{ type: 'input_text', text }, picture];
    return {
      store: false,
      input: [{ role: 'user', content }],
      ...(thinking && { reasoning: { effort: 'high', summary: 'auto' }, include: ['reasoning.encrypted_content'] }),
      ...(offered.length > 0 && { tools: offered }),
    };
  },
  goOn(asked, { kept, calls }, text) {
    const results = calls.map(({ id }) => ({ type: 'function_call_output', call_id: id, output: text }));
    const next = calls.length > 0 ? results : [{ role: 'user', content: text }];
    return { ...asked, input: [...list(asked['input']), ...kept, ...next] };
  },
  async hear(reply, stream) {
    const { text: wire } = wellOf(reply, stream);
    const { status, output } = stream
      ? validate(wire.replaceAll(': keep-alive\n\n', ''))
      : Answer.parse(JSON.parse(wire));
    assert.equal(status, 'completed');
    const parts = output.flatMap((item) => (item.type === 'message' ? item.content : []));
    const calls = output.flatMap((item) => (item.type === 'function_call' ? [item] : []));
    return Promise.resolve({
      text: parts.map(({ text }) => text).join(''),
      reasoning: output
        .flatMap((item) => (item.type === 'reasoning' ? item.summary.map(({ text }) => text) : []))
        .join(''),
      calls: calls.map((call) => ({
        id: call.call_id,
        name: call.name,
        arguments: JSON.parse(call.arguments) as unknown,
      })),
      end: calls.length > 0 ? 'tool-calls' : 'stop',
      sources: parts.flatMap(({ annotations }) => annotations.map(({ url }) => url)),
      kept: output,
    });
  },
};

export const tongues: readonly Tongue[] = [chat, messages, responses];
