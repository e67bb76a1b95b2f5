import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readBody } from '../zai/request.ts';
import { routeFor } from './routes.ts';
import { answer, type Script } from './scripts.ts';
import { defaultSettings, type LongCatSettings } from './settings.ts';
import { json, type Account, type SeenRequest, type Site } from './site.ts';
import { portOf } from '../../port-of.ts';

export * as frames from './frames.ts';
export * as scripts from './scripts.ts';

export interface LongCatSimulatorOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly settings?: Partial<LongCatSettings>;
}

/** A stand-in for longcat.chat, built from the notes beside the provider. It verifies what the site verifies and answers by script. */
export interface LongCatSimulator {
  readonly url: string;
  /** May be changed at any time. */
  readonly settings: LongCatSettings;
  readonly seen: SeenRequest[];
  /** Ids of the sessions that exist now, and of those that were deleted. */
  readonly sessions: readonly string[];
  readonly deleted: string[];
  /** Completions being answered. */
  readonly active: number;
  readonly users: {
    add(user?: {
      readonly name?: string;
      readonly token?: string;
      readonly stale?: boolean;
      readonly script?: Script;
    }): Account;
  };
  /** Requests to a path below `/api/v1/`, oldest first. */
  to(path: string): SeenRequest[];
  /** Completions of both generations, oldest first. */
  readonly attempts: SeenRequest[];
  /** What completions get from now on: of one token, or of everybody without a script of their own. */
  answer(script: Script, token?: string): void;
  /** Forgets what was seen, and everything that was changed. */
  reset(): void;
  close(): Promise<void>;
}

function note(request: IncomingMessage, response: ServerResponse): SeenRequest {
  const url = new URL(request.url ?? '/', 'http://simulator');
  const seen: SeenRequest = {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: request.headers,
    body: undefined,
    account: undefined,
    status: undefined,
    outcome: 'open',
  };
  response.once('close', () => {
    seen.status = response.headersSent ? response.statusCode : undefined;
    seen.outcome = response.writableFinished ? 'finished' : 'aborted';
  });
  return seen;
}

async function handle(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const seen = note(request, response);
  site.seen.push(seen);
  const text = ((await readBody(request)) ?? Buffer.alloc(0)).toString();
  seen.body = text === '' ? undefined : JSON.parse(text);
  await routeFor(seen.method, seen.path)(site, { seen, response });
}

export async function startLongCatSimulator(options: LongCatSimulatorOptions = {}): Promise<LongCatSimulator> {
  const site: Site = {
    settings: { ...defaultSettings(), ...options.settings },
    accounts: new Map(),
    sessions: new Map(),
    deleted: [],
    seen: [],
    completions: { active: 0 },
    script: answer(),
  };
  const server = createServer((request, response) => {
    handle(site, request, response).catch((error: unknown) => {
      if (!request.destroyed && !response.headersSent) json(response, 500, { message: String(error) });
      else response.destroy();
    });
  });
  server.on('connection', (socket) => socket.on('error', () => socket.destroy()));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const to = (path: string) => site.seen.filter((request) => request.path === `/api/v1/${path}`);
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    settings: site.settings,
    seen: site.seen,
    get sessions() {
      return [...site.sessions.keys()];
    },
    deleted: site.deleted,
    get active() {
      return site.completions.active;
    },
    users: {
      add({ name = 'Ada', token = randomBytes(32).toString('base64url'), stale = false, script } = {}) {
        const account: Account = { name, token, stale, script, active: 0, lastSessionAt: Number.NEGATIVE_INFINITY };
        site.accounts.set(token, account);
        return account;
      },
    },
    to,
    get attempts() {
      return site.seen.filter(({ path }) => /\/chat-completion(?:-V2)?$/.test(path));
    },
    answer(script, token) {
      const account = token === undefined ? undefined : site.accounts.get(token);
      if (token !== undefined && !account) throw new Error('answer: no such token in the simulator');
      if (account) account.script = script;
      else site.script = script;
    },
    reset() {
      Object.assign(site.settings, defaultSettings(), options.settings);
      site.sessions.clear();
      site.deleted.length = 0;
      site.seen.length = 0;
      site.script = answer();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
