import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { complaint } from './rules.ts';
import { answer, refused, status, type Script, type Turn } from './scripts.ts';
import { portOf } from '../../port-of.ts';

export * as frames from './frames.ts';
export * as scripts from './scripts.ts';

/** One request as it arrived, and what became of it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
  /** `aborted` when the client left before the end of the reply. */
  outcome: 'open' | 'finished' | 'aborted';
}

export interface Settings {
  /** Good keys; null asks for none. */
  keys: readonly string[] | null;
  /** The catalogue, in pages of `pageSize`; null: there is no such route. */
  models: readonly object[] | null;
  pageSize: number;
  /** Whether the catalogue is for everybody. */
  openList: boolean;
  /** What the paths begin with. */
  prefix: string;
  /** What is refused is refused as the API does. */
  strict: boolean;
}

export interface AnthropicSimulator {
  readonly url: string;
  /** May be changed at any time. */
  readonly settings: Settings;
  readonly seen: SeenRequest[];
  readonly sockets: { open: number; total: number };
  /** What requests get from now on, once they have passed the gates. */
  answer(script: Script): void;
  close(): Promise<void>;
}

export const defaultSettings = (): Settings => ({
  keys: ['sk-ant-good'],
  models: [
    {
      type: 'model',
      id: 'claude-sonnet-4-5',
      display_name: 'Sonnet',
      created_at: '2025-09-29T00:00:00Z',
      max_tokens: 64_000,
    },
    { type: 'model', id: 'glm-5', display_name: 'GLM-5', created_at: '2026-01-01T00:00:00Z' },
  ],
  pageSize: 1_000,
  openList: false,
  prefix: '',
  strict: true,
});

async function bodyOf(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  const text = Buffer.concat(pieces).toString();
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

const keyOf = ({ headers }: SeenRequest): string | undefined =>
  headers['x-api-key']?.toString() ?? /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];

function models({ query }: SeenRequest, { models: all, pageSize }: Settings): Script {
  if (!all) return refused(404, 'not_found_error', 'Not Found');
  const ids = all.map((model) => (model as { id: string }).id);
  const from = query['after_id'] === undefined ? 0 : ids.indexOf(query['after_id']) + 1;
  const page = all.slice(from, from + pageSize);
  const last = ids[from + page.length - 1] ?? null;
  return status(200, {
    data: page,
    has_more: from + page.length < all.length,
    first_id: ids[from] ?? null,
    last_id: last,
  });
}

function turnOf(body: SeenRequest['body'], response: ServerResponse): Turn {
  const last = (body['messages'] as { content?: unknown }[] | undefined)?.at(-1)?.content;
  const blocks: readonly { text?: unknown }[] = Array.isArray(last) ? last : [{ text: last }];
  return {
    model: String(body['model']),
    prompt: blocks.map(({ text }) => (typeof text === 'string' ? text : '')).join(''),
    stream: body['stream'] === true,
    thinking: /^(?:enabled|adaptive)$/.test(String((body['thinking'] as { type?: unknown } | undefined)?.type)),
    body,
    response,
  };
}

/** What the service does with a request: its gates in their order, then the script. */
function reaction(seen: SeenRequest, settings: Settings, script: Script): Script {
  const { prefix, keys, strict, openList } = settings;
  const path = seen.path.startsWith(prefix) ? seen.path.slice(prefix.length) : undefined;
  const isList = path === '/v1/models' && seen.method === 'GET';
  const isMessages = path === '/v1/messages' && seen.method === 'POST';
  if (!isList && !isMessages) return refused(404, 'not_found_error', 'Not Found');
  if (keys && !keys.includes(keyOf(seen) ?? '') && !(isList && openList))
    return refused(401, 'authentication_error', 'invalid x-api-key');
  if (!seen.headers['anthropic-version'])
    return refused(400, 'invalid_request_error', 'anthropic-version: header is required');
  if (isList) return models(seen, settings);
  const betas = seen.headers['anthropic-beta']?.toString().split(',') ?? [];
  const wrong = strict ? complaint(seen.body, betas) : undefined;
  return wrong === undefined ? script : refused(400, 'invalid_request_error', wrong);
}

/** A stand-in for a service that speaks the Messages API: it refuses what the API refuses and answers by script. */
export async function startAnthropicSimulator(changes: Partial<Settings> = {}, port = 0): Promise<AnthropicSimulator> {
  const settings = { ...defaultSettings(), ...changes };
  const seen: SeenRequest[] = [];
  let script: Script = answer();
  const sockets = { open: 0, total: 0 };
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://simulator');
    const one: SeenRequest = {
      method: request.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
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
    sockets.open += 1;
    sockets.total += 1;
    socket.once('close', () => (sockets.open -= 1));
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
    sockets,
    answer: (next) => (script = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
