import type { Server } from 'node:net';

/** The port of a server that listens. Throws Error when it does not. */
export function portOf(server: Pick<Server, 'address'>): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server listens on no port');
  return address.port;
}
