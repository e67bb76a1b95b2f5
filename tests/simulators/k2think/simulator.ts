import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Data } from './frames.ts';
import { answer, type Script } from './scripts.ts';
import { json, newToken, serve } from './routes.ts';
import { defaultSettings, type K2ThinkSettings, type SeenRequest, type Site } from './site.ts';
import { portOf } from '../../port-of.ts';

export * as frames from './frames.ts';
export * as scripts from './scripts.ts';
export { defaultSettings } from './site.ts';

/** A stand-in for the K2 Think web site, built from the notes beside the provider. It checks what the site checks and answers by script. */
export interface K2ThinkSimulator {
  readonly url: string;
  /** May be changed at any time. */
  readonly settings: K2ThinkSettings;
  readonly seen: {
    readonly all: readonly SeenRequest[];
    /** Completions of guests and accounts. */
    readonly attempts: readonly SeenRequest[];
    to(path: string): readonly SeenRequest[];
    /** Completions whose reply is not over. */
    readonly open: number;
    clear(): void;
  };
  readonly users: {
    /** An account with a token that is good now; its own script, if any, goes before the default one. */
    add(user?: { email?: string; password?: string; script?: Script }): {
      email: string;
      password: string;
      token: string;
    };
    /** Ends every session of an account. */
    signOut(email: string): void;
  };
  /** Ends the sessions of all guests there are. */
  forgetGuests(): void;
  /** What completions get from now on, once they have passed the gates. */
  answer(script: Script): void;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Data> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  const text = Buffer.concat(parts).toString();
  return text === '' ? {} : (JSON.parse(text) as Data);
}

export async function startK2ThinkSimulator(
  options: { readonly port?: number; readonly settings?: Partial<K2ThinkSettings> } = {},
): Promise<K2ThinkSimulator> {
  const settings = { ...defaultSettings(), ...options.settings };
  const site: Site = { settings, users: new Map(), guests: new Map(), conversations: new Map(), script: answer() };
  const seen: SeenRequest[] = [];
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
    await serve(site, one, response);
  }
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else json(response, 500, { detail: String(error) });
    });
  });
  server.on('connection', (socket) => socket.on('error', () => socket.destroy()));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const isAttempt = ({ path }: SeenRequest) => path.endsWith('/chat/completions');
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    settings,
    seen: {
      all: seen,
      get attempts() {
        return seen.filter(isAttempt);
      },
      to: (path) => seen.filter((one) => one.path === path),
      get open() {
        return seen.filter((one) => isAttempt(one) && one.outcome === 'open').length;
      },
      clear: () => void (seen.length = 0),
    },
    users: {
      add({ email = `user-${site.users.size}@example.com`, password = 'correct-horse', script } = {}) {
        const user = { email, password, tokens: new Set<string>(), script };
        site.users.set(email, user);
        return { email, password, token: newToken(user) };
      },
      signOut: (email) => site.users.get(email)?.tokens.clear(),
    },
    forgetGuests: () => site.guests.clear(),
    answer: (script) => (site.script = script),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
