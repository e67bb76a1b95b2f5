import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Data } from './frames.ts';
import { answer, refused, status, type Script, type Turn } from './scripts.ts';
import { portOf } from '../../port-of.ts';

export * as frames from './frames.ts';
export * as scripts from './scripts.ts';

/** One request as it arrived, and what became of it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Data;
  /** `aborted` when the client left before the end of the reply. */
  outcome: 'open' | 'finished' | 'aborted';
}

export interface Settings {
  /** Good keys; null asks for none. */
  keys: readonly string[] | null;
  /** What `GET /models` gives; null: there is no such route. */
  models: readonly Data[] | null;
  /** Whether the list is for everybody. */
  openList: boolean;
  /** What the paths begin with. */
  prefix: string;
  /** What the service finds wrong with a body: the sentence of a 400. */
  complaint: (body: Data) => string | undefined;
}

export interface OpenAiSimulator {
  readonly url: string;
  /** May be changed at any time. */
  readonly settings: Settings;
  readonly seen: SeenRequest[];
  readonly openSockets: () => number;
  /** What requests get from now on, once they have passed the gates. */
  answer(script: Script): void;
  close(): Promise<void>;
}

/** What OpenAI itself refuses and clients get wrong most. */
export function complaint(body: Data): string | undefined {
  const { model, messages, stream, stream_options: options } = body;
  if (typeof model !== 'string') return "Missing required parameter: 'model'.";
  if (!Array.isArray(messages) || messages.length === 0) return "Missing required parameter: 'messages'.";
  if (options !== undefined && stream !== true)
    return "The 'stream_options' parameter is only allowed when 'stream' is enabled.";
  let open = new Set<unknown>();
  for (const [place, message] of (messages as readonly Data[]).entries()) {
    if (!/^(?:system|developer|user|assistant|tool)$/.test(String(message['role'])))
      return `Invalid value: messages[${place}].role`;
    if (message['role'] === 'tool') {
      if (!open.delete(message['tool_call_id']))
        return `messages[${place}]: a tool message must answer a preceding message with 'tool_calls'.`;
      continue;
    }
    if (open.size > 0) return `messages[${place}]: tool_call_ids did not have response messages: ${[...open].join()}`;
    const calls = (message['tool_calls'] ?? []) as readonly { id: string; function: { arguments: string } }[];
    for (const call of calls) JSON.parse(call.function.arguments);
    open = new Set(calls.map(({ id }) => id));
  }
  return undefined;
}

export const defaultSettings = (): Settings => ({
  keys: ['sk-good-key'],
  models: [
    { id: 'gpt-4o', object: 'model', created: 1_715_367_049, owned_by: 'system' },
    { id: 'deepseek-r1', object: 'model', created: 1_737_331_200, owned_by: 'deepseek' },
    { id: 'text-embedding-3-small', object: 'model', created: 1_705_948_997, owned_by: 'system' },
  ],
  openList: false,
  prefix: '/v1',
  complaint,
});

async function bodyOf(request: IncomingMessage): Promise<Data> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  const text = Buffer.concat(pieces).toString();
  return text === '' ? {} : (JSON.parse(text) as Data);
}

function turnOf(body: Data, response: ServerResponse): Turn {
  const last = (body['messages'] as { content?: unknown }[] | undefined)?.at(-1)?.content;
  const parts: readonly { text?: unknown }[] = Array.isArray(last) ? last : [{ text: last }];
  return {
    model: String(body['model']),
    prompt: parts.map(({ text }) => (typeof text === 'string' ? text : '')).join(''),
    stream: body['stream'] === true,
    usage: (body['stream_options'] as { include_usage?: unknown } | undefined)?.include_usage === true,
    body,
    response,
  };
}

/** What the service does with a request: its gates in their order, then the script. */
function reaction({ path: whole, method, headers, body }: SeenRequest, settings: Settings, script: Script): Script {
  const { prefix, keys, openList, models } = settings;
  const path = whole.startsWith(prefix) ? whole.slice(prefix.length) : '';
  const isList = path === '/models' && method === 'GET' && models !== null;
  if (!isList && !(path === '/chat/completions' && method === 'POST'))
    return status(404, '<html><title>404 Not Found</title></html>');
  const key = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  if (keys && !keys.includes(key) && !(isList && openList))
    return refused(401, 'invalid_api_key', `Incorrect API key provided: ${key}.`);
  if (isList) return status(200, { object: 'list', data: models });
  const wrong = settings.complaint(body);
  return wrong === undefined ? script : refused(400, null, wrong);
}

/** A stand-in for a service that speaks Chat Completions: it refuses what OpenAI refuses and answers by script. */
export async function startOpenAiSimulator(changes: Partial<Settings> = {}, port = 0): Promise<OpenAiSimulator> {
  const settings = { ...defaultSettings(), ...changes };
  const seen: SeenRequest[] = [];
  let script: Script = answer();
  let sockets = 0;
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const one: SeenRequest = {
      method: request.method ?? '',
      path: new URL(request.url ?? '/', 'http://simulator').pathname,
      headers: request.headers,
      body: await bodyOf(request),
      outcome: 'open',
    };
    seen.push(one);
    response.once('close', () => (one.outcome = response.writableFinished ? 'finished' : 'aborted'));
    await reaction(one, settings, script)(turnOf(one.body, response));
  }
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    sockets += 1;
    socket.once('close', () => (sockets -= 1));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    settings,
    seen,
    openSockets: () => sockets,
    answer: (next) => (script = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
