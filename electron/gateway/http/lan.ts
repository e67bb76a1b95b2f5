import { networkInterfaces } from 'node:os';

const keepMs = 5_000;
let known: { readonly at: number; readonly addresses: readonly string[] } | null = null;

/** The addresses by which other computers of the network know this one. Asked at each request, so looked up now and then. */
export function lanAddresses(now = performance.now()): readonly string[] {
  if (known && now - known.at < keepMs) return known.addresses;
  const addresses = Object.values(networkInterfaces())
    .flat()
    .flatMap((found) => (found && !found.internal && found.family === 'IPv4' ? [found.address] : []));
  known = { at: now, addresses };
  return addresses;
}

/** Whether it stands for every address of this computer. */
export const isEveryAddress = (host: string): boolean => host === '0.0.0.0' || host === '::';
