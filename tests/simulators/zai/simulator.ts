import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Identities, type Identity, type NewUser } from './identities.ts';
import { json, readBody, type Site } from './request.ts';
import { routeFor } from './routes.ts';
import { answer, type Script } from './scripts.ts';
import { Seen, type SeenRequest } from './seen.ts';
import { defaultSettings, type ZaiSettings } from './settings.ts';
import { portOf } from '../../port-of.ts';

export * as scripts from './scripts.ts';

export interface ZaiSimulatorOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly settings?: Partial<ZaiSettings>;
}

/** A stand-in for the Z.AI web site, built from the notes beside the provider. It verifies what the site verifies and answers by script. */
export interface ZaiSimulator {
  readonly url: string;
  /** May be changed at any time. */
  readonly settings: ZaiSettings;
  readonly seen: Seen;
  readonly users: {
    /** A signed-in account; its own script, if any, goes before the default one. */
    add(user?: NewUser): Identity;
    /** A token the site no longer knows: asking who it is gives a new guest, using it gives 401. */
    addStale(): Identity;
    /** Makes a token invalid everywhere. */
    remove(token: string): void;
    readonly guests: number;
  };
  /** Ids of the stored chats that exist now. */
  readonly chats: readonly string[];
  /** What completions get from now on: of one token, or of everybody without a script of their own. */
  answer(script: Script, token?: string): void;
  close(): Promise<void>;
}

function note(request: IncomingMessage, response: ServerResponse, at: number): SeenRequest {
  const url = new URL(request.url ?? '/', 'http://simulator');
  const seen: SeenRequest = {
    at,
    method: request.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    queryOrder: [...url.searchParams.keys()],
    headers: request.headers,
    body: undefined,
    identity: undefined,
    status: undefined,
    outcome: 'open',
  };
  response.once('close', () => {
    seen.status = response.headersSent ? response.statusCode : undefined;
    seen.outcome = response.writableFinished ? 'finished' : 'aborted';
  });
  return seen;
}

function parsed(request: IncomingMessage, bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  if (!request.headers['content-type']?.includes('json')) return bytes;
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return bytes;
  }
}

async function handle(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const seen = note(request, response, site.now());
  site.seen.add(seen);
  response.setHeader('date', new Date(site.now()).toUTCString());
  const bytes = await readBody(request);
  if (!bytes) return json(response, 413, { detail: 'Too large' });
  seen.body = parsed(request, bytes);
  await routeFor(seen.method, seen.path)(site, { request, response, seen });
}

export async function startZaiSimulator(options: ZaiSimulatorOptions = {}): Promise<ZaiSimulator> {
  const settings = { ...defaultSettings(), ...options.settings };
  const site: Site = {
    settings,
    identities: new Identities(),
    seen: new Seen(),
    chats: new Map(),
    now: () => Date.now() + settings.clockOffset,
    script: answer(),
  };
  const server = createServer((request, response) => {
    handle(site, request, response).catch((error: unknown) => {
      if (!request.destroyed && !response.headersSent) json(response, 500, { detail: String(error) });
      else response.destroy();
    });
  });
  const { sockets } = site.seen;
  server.on('connection', (socket) => {
    sockets.total += 1;
    sockets.open += 1;
    sockets.highWater = Math.max(sockets.highWater, sockets.open);
    socket.once('close', () => (sockets.open -= 1));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const port = portOf(server);
  return {
    url: `http://127.0.0.1:${port}`,
    settings,
    seen: site.seen,
    users: {
      add: (user) => site.identities.addUser(user),
      addStale: () => site.identities.addStale(),
      remove: (token) => site.identities.remove(token),
      get guests() {
        return site.identities.guests;
      },
    },
    get chats() {
      return [...site.chats.keys()];
    },
    answer(script, token) {
      const identity = token === undefined ? undefined : site.identities.find(token);
      if (token !== undefined && !identity) throw new Error('answer: no such token in the simulator');
      if (identity) identity.script = script;
      else site.script = script;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
