/**
 * What a client talks to: passes everything on to the gateway and back as it comes, and counts. The gateway's own Logs leave out
 * what was refused before it became an exchange, and a client that repeats such a request must be noticed as well.
 */
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { pipeline } from 'node:stream';
import { portOf } from '../port-of.ts';

/** More than any scenario needs; a client that gets here is going round in circles. */
const most = 12;

export class Front {
  readonly url: string;
  /** `POST /v1/messages` for each request since the last `reset`, without its query. */
  seen: string[] = [];
  #flooded = new AbortController();
  readonly #server: Server;

  private constructor(server: Server, gateway: string) {
    this.#server = server;
    this.url = `http://127.0.0.1:${portOf(server)}`;
    server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) =>
      this.#pass(incoming, outgoing, gateway),
    );
  }

  static async start(gateway: string): Promise<Front> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Front(server, gateway);
  }

  reset(): void {
    this.seen = [];
    this.#flooded = new AbortController();
  }

  /** Aborts when a client has sent far too many requests. */
  get flooded(): AbortSignal {
    return this.#flooded.signal;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse, gateway: string): void {
    const { hostname, port, host } = new URL(gateway);
    const { method, url = '/' } = incoming;
    this.seen.push(`${method} ${url.split('?')[0]}`);
    if (this.seen.length > most) this.#flooded.abort();
    const onward = request({ hostname, port, method, path: url, headers: { ...incoming.headers, host } }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
      outgoing.flushHeaders();
      // A side that goes away takes the other with it.
      pipeline(reply, outgoing, () => undefined);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }
}
