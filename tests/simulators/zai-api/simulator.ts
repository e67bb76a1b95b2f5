import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import * as messagesScripts from '../anthropic-upstream/scripts.ts';
import type { Data } from '../openai-upstream/frames.ts';
import { complaint, modelNames } from './rules.ts';
import { answer, refused, status, type Script, type Turn } from './scripts.ts';
import { portOf } from '../../port-of.ts';

export * as scripts from './scripts.ts';
export * as messagesScripts from '../anthropic-upstream/scripts.ts';

/** What a key was bought for. */
export type KeyKind = 'pay-as-you-go' | 'plan';

export interface SeenRequest {
  readonly base: 'standard' | 'coding' | 'anthropic';
  readonly path: string;
  readonly key: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Data;
  /** `aborted` when the client left before the end of the reply. */
  outcome: 'open' | 'finished' | 'aborted';
}

export interface Settings {
  keys: Readonly<Record<string, KeyKind>>;
  /** What `GET /models` lists; null: there is no such route. */
  models: readonly string[] | null;
  /** Requests of one key that one model answers at once. */
  concurrency: number;
}

export interface ZaiApiSimulator {
  readonly url: string;
  readonly settings: Settings;
  /** Calls that were let past the key; lists of models are not among them. */
  readonly seen: SeenRequest[];
  /** What calls get from now on, at the bases in OpenAI's form. */
  answer(script: Script): void;
  /** The same at the base in Anthropic's form. */
  answerMessages(script: messagesScripts.Script): void;
  close(): Promise<void>;
}

const bases = {
  '/api/paas/v4': 'standard',
  '/api/coding/paas/v4': 'coding',
  '/api/anthropic/v1': 'anthropic',
} as const;

async function bodyOf(request: IncomingMessage): Promise<Data> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  const text = Buffer.concat(pieces).toString();
  return text === '' ? {} : (JSON.parse(text) as Data);
}

function turnOf(body: Data, response: ServerResponse): Turn & messagesScripts.Turn {
  const last = (body['messages'] as { content?: unknown }[] | undefined)?.at(-1)?.content;
  const parts: readonly { text?: unknown }[] = Array.isArray(last) ? last : [{ text: last }];
  return {
    model: String(body['model']),
    prompt: parts.map(({ text }) => (typeof text === 'string' ? text : '')).join(''),
    stream: body['stream'] === true,
    usage: true,
    thinking: (body['thinking'] as { type?: unknown } | undefined)?.type === 'enabled',
    body,
    response,
  };
}

/** What one kind of key is told at the base for the other. */
function wrongBase(kind: KeyKind, base: SeenRequest['base']): Script | undefined {
  if (kind === 'plan' && base === 'standard')
    return refused(429, 1113, 'Insufficient balance or no resource package. Please recharge.');
  if (kind === 'pay-as-you-go' && base === 'coding')
    return refused(429, 1309, 'Your GLM Coding Plan package has expired.');
  return undefined;
}

/** The vendor's API: both bases in OpenAI's form and the one in Anthropic's, with its keys, its codes and its limits. */
export async function startZaiApiSimulator(changes: Partial<Settings> = {}, port = 0): Promise<ZaiApiSimulator> {
  const settings: Settings = { keys: { 'paid-key': 'pay-as-you-go' }, models: null, concurrency: 10, ...changes };
  const seen: SeenRequest[] = [];
  let script: Script = answer();
  let messagesScript: messagesScripts.Script = messagesScripts.answer();

  function reaction(one: SeenRequest): Script | messagesScripts.Script {
    const { base, body, key } = one;
    const kind = settings.keys[key];
    if (kind === undefined) return refused(401, 1002, 'Authorization Token is invalid.');
    seen.push(one);
    const wrong = wrongBase(kind, base);
    if (wrong) return wrong;
    const running = seen.filter(
      (other) => other.outcome === 'open' && other.key === key && other.body['model'] === body['model'],
    );
    if (running.length > settings.concurrency)
      return refused(429, 1302, 'High concurrency usage of this API, please reduce concurrency.');
    if (base === 'anthropic') {
      const known = modelNames.test(String(body['model']));
      return known ? messagesScript : messagesScripts.refused(400, 'invalid_request_error', '[1211] Unknown Model.');
    }
    const refusal = complaint(body);
    return refusal ? refused(400, ...refusal) : script;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://simulator');
    const body = await bodyOf(request);
    const [prefix, base] = Object.entries(bases).find(([path]) => pathname.startsWith(`${path}/`)) ?? [];
    const path = prefix === undefined ? '' : pathname.slice(prefix.length);
    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const turn = turnOf(body, response);
    if (path === '/models' && request.method === 'GET' && settings.models) {
      const data = settings.models.map((id) => ({ id, object: 'model', created: 1_788_220_800, owned_by: 'z-ai' }));
      return status(200, { object: 'list', data })(turn);
    }
    const call = base === 'anthropic' ? '/messages' : '/chat/completions';
    if (base === undefined || path !== call || request.method !== 'POST')
      return status(404, { timestamp: '', status: 404, error: 'Not Found', path: pathname })(turn);
    const one: SeenRequest = { base, path: pathname, key, headers: request.headers, body, outcome: 'open' };
    response.once('close', () => (one.outcome = response.writableFinished ? 'finished' : 'aborted'));
    await reaction(one)(turn);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    settings,
    seen,
    answer: (next) => (script = next),
    answerMessages: (next) => (messagesScript = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
