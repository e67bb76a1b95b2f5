import { createServer, type RequestListener, type Server } from 'node:http';
import { Server as SocketServer } from 'node:net';
import type { PortOwner, PortTaken, Stranger } from '../../../shared/port.ts';
import { StartError } from '../shell.ts';
import { noticeOwn, whoAnswers } from '../network/own.ts';
import { Connections } from './connections.ts';
import { answerMalformed, type Speaks } from './malformed.ts';
import { isEveryAddress } from './lan.ts';
import { boundFor, nextFree } from './ports/free.ts';
import { ownerOf } from './ports/owner.ts';

export interface Listeners {
  readonly port: number;
  /** Addresses bound, e.g. `127.0.0.1:8080`, `[::1]:8080`. */
  readonly addresses: readonly string[];
  /** The port that was wanted, when the next free one was taken instead. */
  readonly taken: PortTaken | null;
  readonly stranger: Stranger | null;
  /** Takes no new connection, and resolves when the last has ended. */
  drain(): Promise<void>;
  /** Ends connections on which nothing is being answered. */
  closeIdle(): void;
  /** Ends what is left. */
  destroy(): void;
}

export interface Wanted {
  readonly host: string;
  readonly port: number;
  /** What to do when another program has the port. */
  readonly busy: 'next' | 'fail';
  /** What goes wrong with a listener later, e.g. that no more connections can be taken. */
  readonly complain: (error: Error) => void;
  /** In whose words a request is answered that is none. */
  readonly speaks: Speaks;
}

/** The port is taken; says by whom. */
export class PortInUse extends StartError {
  readonly taken: PortTaken;

  constructor(taken: PortTaken) {
    const { port, owner, next } = taken;
    const free = next === null ? '' : ` (${next} is free)`;
    super(
      'port_in_use',
      `Port ${port} is already used by ${named(owner)}. Stop it, or choose another with --port or LISTEN_PORT${free}.`,
      69,
    );
    this.taken = taken;
  }
}

export const named = (owner: PortOwner | null): string =>
  owner === null ? 'another program' : `${owner.name || 'another program'} (pid ${owner.pid})`;

/**
 * Listens on `host`. For 127.0.0.1 also on ::1, because `localhost` may mean either; when only IPv6 fails, IPv4 goes on. Another
 * program that answers where clients mean this one is named. Throws StartError `port_in_use` (PortInUse), `port_forbidden` or
 * `address_not_available`.
 */
export async function listen(app: RequestListener, wanted: Wanted): Promise<Listeners> {
  const { host, complain, speaks } = wanted;
  const { server: first, taken } = await openFirst(app, wanted);
  const bound = portOf(first);
  const servers = [first];
  const [, alias] = boundFor(host);
  if (alias !== undefined) {
    // This computer has no IPv6, or another program is there.
    const second = await open(app, alias, bound, speaks).catch(() => null);
    if (second) servers.push(second);
  }
  const stranger = await strangerAt(host, bound);
  for (const server of servers) server.on('error', complain);
  return {
    port: bound,
    addresses: servers.map((server) => addressOf(server)),
    taken,
    stranger,
    drain: async () => {
      await Promise.all(servers.map((server) => refuse(server)));
    },
    closeIdle: () => {
      for (const server of servers) server.closeIdleConnections();
    },
    destroy: () => {
      for (const server of servers) {
        server.closeAllConnections();
        // Ends the timer that looks for slow requests; that it no longer listens is known.
        server.close(() => {});
      }
    },
  };
}

/** Who else answers where a client of `host` may arrive; several programs can share a port on different addresses. */
async function strangerAt(host: string, port: number): Promise<Stranger | null> {
  const meant = isEveryAddress(host) ? boundFor('localhost') : boundFor(host);
  const answers = await Promise.all(meant.map((address) => whoAnswers(address, port)));
  const address = meant[answers.indexOf('other')];
  if (address === undefined) return null;
  const shown = address.includes(':') ? `[${address}]` : address;
  return { address: `${shown}:${port}`, owner: await ownerOf(address, port) };
}

/** Not the HTTP server's own `close`: that also cuts a connection whose answer is complete but has not left yet. */
function refuse(server: Server): Promise<void> {
  return new Promise((resolve) => {
    SocketServer.prototype.close.call(server, () => resolve());
  });
}

async function openFirst(
  app: RequestListener,
  { host, port, busy, speaks }: Wanted,
): Promise<{ server: Server; taken: PortTaken | null }> {
  try {
    return { server: await open(app, host, port, speaks), taken: null };
  } catch (error) {
    if (!isInUse(error)) throw toStartError(error, host, port);
  }
  const owner = await ownerOf(host, port);
  for (let next = await nextFree(host, port); ; next = await nextFree(host, next)) {
    const taken = { port, owner, next };
    if (busy === 'fail' || next === null) throw new PortInUse(taken);
    try {
      return { server: await open(app, host, next, speaks), taken };
    } catch (error) {
      // Somebody was faster.
      if (!isInUse(error)) throw toStartError(error, host, next);
    }
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);
const isInUse = (error: unknown): boolean => codeOf(error) === 'EADDRINUSE';

/** Over all listeners. */
const connections = new Connections();

function open(app: RequestListener, host: string, port: number, speaks: Speaks): Promise<Server> {
  const server = createServer(
    {
      // There are two listeners, and an idle gateway is to sleep.
      connectionsCheckingInterval: 2_000,
      headersTimeout: 10_000,
      requestTimeout: 60_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16_384,
    },
    app,
  );
  connections.watch(server);
  answerMalformed(server, speaks);
  noticeOwn(server);
  // Node itself would say “go on” to a body of any size, before anybody has looked at the request.
  server.on('checkContinue', app);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

function toStartError(error: unknown, host: string, port: number): unknown {
  switch (codeOf(error)) {
    case 'EACCES':
      return new StartError(
        'port_forbidden',
        `This user may not listen on port ${port}. Choose a port above 1023.`,
        77,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError('address_not_available', `${host} is not an address of this computer.`, 69);
    default:
      return error;
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

function addressOf(server: Server): string {
  const address = server.address();
  if (typeof address !== 'object' || !address) return '';
  return address.family === 'IPv6' ? `[${address.address}]:${address.port}` : `${address.address}:${address.port}`;
}
