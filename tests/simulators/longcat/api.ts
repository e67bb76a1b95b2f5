import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as messages from '../anthropic-upstream/scripts.ts';
import * as chat from '../openai-upstream/scripts.ts';
import { readBody } from '../zai/request.ts';
import type { SeenRequest } from './site.ts';
import { html, isRecord, json } from './site.ts';
import { notFoundPage } from './settings.ts';
import { portOf } from '../../port-of.ts';

export { chat, messages };

type Body = Readonly<Record<string, unknown>>;

export interface ApiSettings {
  keys: readonly string[];
  /** Keys without quota, and the status that says so. */
  spent: readonly string[];
  spentStatus: 402 | 403;
  models: readonly string[];
}

/** A stand-in for api.longcat.chat: three routes, one key, and refusals for what its documentation does not name. */
export interface LongCatApiSimulator {
  readonly url: string;
  readonly settings: ApiSettings;
  readonly seen: SeenRequest[];
  to(path: string): SeenRequest[];
  /** What the OpenAI form, and the Anthropic form, answer from now on. */
  answerChat(script: chat.Script): void;
  answerMessages(script: messages.Script): void;
  close(): Promise<void>;
}

const chatFields = new Set(
  'model messages stream max_tokens temperature top_p thinking enable_thinking thinking_budget tools stream_options'.split(
    ' ',
  ),
);
const messagesFields = new Set(
  'model messages system max_tokens stream temperature top_p thinking tools tool_choice stop_sequences metadata'.split(
    ' ',
  ),
);

const refused = (response: ServerResponse, status: number, type: string, code: string, message: string): void =>
  json(response, status, { error: { message, type, code } });

/** What the API finds wrong with a body; undefined: nothing. */
function complaint(body: Body, fields: ReadonlySet<string>, plain: boolean): string | undefined {
  const unknown = Object.keys(body).find((name) => !fields.has(name));
  if (unknown !== undefined) return `unknown parameter: ${unknown}`;
  const { temperature, thinking, messages: said } = body;
  if (typeof temperature === 'number' && (temperature < 0 || temperature > 1))
    return 'temperature must be within 0 and 1';
  if (isRecord(thinking) && !/^(?:enabled|disabled)$/.test(String(thinking['type']))) return 'thinking.type is invalid';
  if (!Array.isArray(said) || said.length === 0) return 'messages is required';
  const list = plain && said.some((message) => !isRecord(message) || typeof message['content'] !== 'string');
  if (list) return 'content must be a string';
  return JSON.stringify(said).includes('"type":"image') ? 'images are not supported' : undefined;
}

const promptOf = (body: Body): string => {
  const last: unknown = Array.isArray(body['messages']) ? body['messages'].at(-1) : undefined;
  const content = isRecord(last) ? last['content'] : '';
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (isRecord(part) && typeof part['text'] === 'string' ? part['text'] : '')).join('');
};

export async function startLongCatApiSimulator(
  changes: Partial<ApiSettings> = {},
  port = 0,
): Promise<LongCatApiSimulator> {
  const settings: ApiSettings = {
    keys: ['ak_good_longcat_key'],
    spent: [],
    spentStatus: 402,
    models: ['LongCat-2.0', 'LongCat-Flash-Chat', 'LongCat-Flash-Thinking-2601'],
    ...changes,
  };
  const seen: SeenRequest[] = [];
  let [chatScript, messagesScript] = [chat.answer(), messages.answer()];

  async function react(one: SeenRequest, body: Body, response: ServerResponse): Promise<void> {
    const route = `${one.method} ${one.path}`;
    const isChat = route === 'POST /openai/v1/chat/completions';
    const isMessages = route === 'POST /anthropic/v1/messages';
    if (!isChat && !isMessages && route !== 'GET /v1/models') return html(response, 404, notFoundPage);
    const key = /^Bearer (.+)$/.exec(one.headers.authorization ?? '')?.[1] ?? '';
    if (!settings.keys.includes(key))
      return refused(response, 401, 'authentication_error', 'invalid_api_key', `invalid api key: ${key}`);
    if (!isChat && !isMessages) {
      const data = settings.models.map((id) => ({ id, object: 'model', created: 1_788_000_000, owned_by: 'longcat' }));
      return json(response, 200, { object: 'list', data });
    }
    if (settings.spent.includes(key))
      return refused(
        response,
        settings.spentStatus,
        'permission_error',
        'insufficient_quota',
        'daily quota is used up',
      );
    const wrong = complaint(body, isChat ? chatFields : messagesFields, isChat);
    if (wrong !== undefined) return refused(response, 400, 'invalid_request_error', 'invalid_parameter', wrong);
    const options = isRecord(body['stream_options']) ? body['stream_options'] : {};
    const thinking =
      body['enable_thinking'] === true || (isRecord(body['thinking']) && body['thinking']['type'] === 'enabled');
    const turn = {
      model: String(body['model']),
      prompt: promptOf(body),
      stream: body['stream'] === true,
      body,
      response,
    };
    if (isChat) await chatScript({ ...turn, usage: options['include_usage'] === true });
    else await messagesScript({ ...turn, thinking });
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://simulator');
    const text = ((await readBody(request)) ?? Buffer.alloc(0)).toString();
    const body: unknown = text === '' ? {} : JSON.parse(text);
    const one: SeenRequest = {
      method: request.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
      body,
      account: undefined,
      status: undefined,
      outcome: 'open',
    };
    seen.push(one);
    response.once('close', () => (one.outcome = response.writableFinished ? 'finished' : 'aborted'));
    await react(one, isRecord(body) ? body : {}, response);
  }

  const server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
  server.on('connection', (socket) => socket.on('error', () => socket.destroy()));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    settings,
    seen,
    to: (path) => seen.filter((one) => one.path === path),
    answerChat: (script) => (chatScript = script),
    answerMessages: (script) => (messagesScript = script),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
