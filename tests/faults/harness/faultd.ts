/** A hostile service on a random port: the key of a request selects what becomes of it. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { randomUUID } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import { parse, type Script, type Turn } from './scripts.ts';
import type { Api, Data } from './wire.ts';

/** One request for an answer, as it arrived, and what it was sent. */
export interface Seen {
  readonly key: string;
  readonly api: Api;
  readonly headers: IncomingHttpHeaders;
  readonly body: Data;
  readonly at: number;
  /** The text of the deltas it was sent. */
  readonly deltas: readonly string[];
  /** `left`: the gateway closed the connection, or the script broke it, before the end of the reply. */
  outcome: 'open' | 'finished' | 'left';
  endedAt: number | null;
}

export interface FaultdOptions {
  readonly port?: number;
  /** A certificate of its own, which nobody has signed. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** What `GET /v1/models` offers; the name of the model without. */
  readonly models?: readonly string[];
}

async function bodyOf(request: IncomingMessage): Promise<Data> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  return JSON.parse(Buffer.concat(pieces).toString()) as Data;
}

export class Faultd {
  readonly url: string;
  readonly port: number;
  /** In the order of their coming. */
  readonly seen: Seen[] = [];
  /** Requests of any kind, the list of models included. */
  requests = 0;
  /** What was asked for on paths this service does not have. */
  readonly strays: string[] = [];
  highWater = 0;
  readonly #scripts = new Map<string, Script>();
  readonly #sockets = new Set<Socket>();
  readonly #close: () => Promise<void>;
  /** Goes before what the keys say. */
  #all: Script | null = null;
  #models: readonly string[];

  private constructor(url: string, models: readonly string[], sockets: Set<Socket>, close: () => Promise<void>) {
    this.url = url;
    this.port = Number(new URL(url).port);
    this.#models = models;
    this.#sockets = sockets;
    this.#close = close;
  }

  static async start({ port = 0, tls, models = ['faulty'] }: FaultdOptions = {}): Promise<Faultd> {
    const sockets = new Set<Socket>();
    const handle = (request: IncomingMessage, response: ServerResponse): void => {
      faultd.#handle(request, response).catch(() => response.destroy());
    };
    const server = tls ? createTlsServer(tls, handle) : createServer(handle);
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    });
    server.on('tlsClientError', () => {});
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address() as AddressInfo;
    const faultd: Faultd = new Faultd(
      `${tls ? 'https' : 'http'}://127.0.0.1:${address.port}`,
      models,
      sockets,
      async () => {
        const closed = once(server, 'close');
        server.close();
        server.closeAllConnections();
        await closed;
      },
    );
    return faultd;
  }

  /** A key of this service; what it is answered is said by the script. */
  key(script: string | Script, begin = 'sk-CANARY-token-'): string {
    const key = `${begin}${randomUUID()}`;
    this.script(key, script);
    return key;
  }

  /** What a key is answered from now on. */
  script(key: string, script: string | Script): void {
    this.#scripts.set(key, typeof script === 'string' ? parse(script) : script);
  }

  /** What every key is answered from now on; null: each what its own script says. */
  everybody(script: string | Script | null): void {
    this.#all = typeof script === 'string' ? parse(script) : script;
  }

  /**
   * Connections that have served or serve a request. When one of several answers is broken off, undici opens a connection in
   * the place of the broken one at once; nothing is sent on it, and it is closed after ten idle seconds, so it is none left behind.
   */
  get openSockets(): number {
    return [...this.#sockets].filter(({ bytesRead }) => bytesRead > 0).length;
  }

  /** Answers that are being given. */
  get active(): number {
    return this.seen.filter(({ outcome }) => outcome === 'open').length;
  }

  /** Breaks all connections, as a network does that goes away. */
  dropAll(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  close(): Promise<void> {
    return this.#close();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests++;
    // Each connection serves one request, so that those left open are those left behind.
    response.setHeader('connection', 'close');
    response.on('error', () => {});
    const path = new URL(request.url ?? '/', 'http://faultd').pathname;
    if (request.method === 'GET' && path === '/v1/models') {
      const data = this.#models.map((id) => ({ id, object: 'model', type: 'model', display_name: id }));
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ object: 'list', data, has_more: false }));
      return;
    }
    const api = path === '/v1/messages' ? 'messages' : path === '/v1/chat/completions' ? 'chat' : null;
    if (api === null || request.method !== 'POST') {
      this.strays.push(`${request.method} ${path}`);
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"message":"no such path"}}');
      return;
    }
    const { headers } = request;
    const key = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? String(headers['x-api-key'] ?? '');
    const body = await bodyOf(request);
    const deltas: string[] = [];
    const seen: Seen = { key, api, headers, body, at: performance.now(), deltas, outcome: 'open', endedAt: null };
    this.seen.push(seen);
    this.highWater = Math.max(this.highWater, this.active);
    response.once('close', () => {
      seen.outcome = response.writableFinished ? 'finished' : 'left';
      seen.endedAt = performance.now();
    });
    const turn: Turn = {
      api,
      model: String(body['model']),
      stream: body['stream'] === true,
      body,
      response,
      tag: `a${this.seen.length}`,
      deltas,
    };
    const script = this.#all ?? this.#scripts.get(key) ?? parse('st:401');
    await script(turn);
  }
}
