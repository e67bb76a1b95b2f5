import { createServer, type RequestListener, type Server } from 'node:http';
import { Server as SocketServer } from 'node:net';
import { StartError } from '../shell.ts';

export interface Listeners {
  readonly port: number;
  /** Addresses bound, e.g. `127.0.0.1:8080`, `[::1]:8080`. */
  readonly addresses: readonly string[];
  /** Takes no new connection, and resolves when the last has ended. */
  drain(): Promise<void>;
  /** Ends what is left. */
  destroy(): void;
}

/**
 * Listens on `host`. For 127.0.0.1 also on ::1, because `localhost` may mean either; when only IPv6 fails, IPv4 goes on.
 * Throws StartError `port_in_use`, `port_forbidden` or `address_not_available`.
 */
export async function listen(app: RequestListener, host: string, port: number): Promise<Listeners> {
  const first = await open(app, host, port);
  const bound = portOf(first);
  const servers = [first];
  if (host === '127.0.0.1' || host === 'localhost') {
    const second = await open(app, '::1', bound).catch(() => null);
    if (second) servers.push(second);
  }
  return {
    port: bound,
    addresses: servers.map((server) => addressOf(server)),
    drain: async () => {
      await Promise.all(servers.map((server) => refuse(server)));
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

/** Not the HTTP server's own `close`: that also cuts a connection whose answer is complete but has not left yet. */
function refuse(server: Server): Promise<void> {
  return new Promise((resolve) => {
    SocketServer.prototype.close.call(server, () => resolve());
  });
}

function open(app: RequestListener, host: string, port: number): Promise<Server> {
  const server = createServer(
    {
      connectionsCheckingInterval: 1_000,
      headersTimeout: 10_000,
      requestTimeout: 60_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16_384,
    },
    app,
  );
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(toStartError(error, host, port)));
    server.listen({ host, port, exclusive: true }, () => resolve(server));
  });
}

function toStartError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new StartError(
        'port_in_use',
        `Port ${port} is already used by another program. Stop it, or choose another with --port or LISTEN_PORT.`,
        69,
      );
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
