import { createServer } from 'node:net';

const most = 100;

/** What a system without IPv6 says. */
const noSuchFamily = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

/** The addresses that are bound for a host: `localhost` may mean either. */
export const boundFor = (host: string): readonly string[] =>
  host === '127.0.0.1' || host === 'localhost' ? ['127.0.0.1', '::1'] : [host];

/** Whether it could be listened there. */
export function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(noSuchFamily.has(error.code ?? '')));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** The first port above `port` on which nobody listens, as far as one has to look; null when there is none. */
export async function nextFree(host: string, port: number): Promise<number | null> {
  for (let next = port + 1; next <= Math.min(port + most, 65_535); next++) {
    const free = await Promise.all(boundFor(host).map((address) => isFree(address, next)));
    if (free.every(Boolean)) return next;
  }
  return null;
}
