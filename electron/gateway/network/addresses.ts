import { lookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import { hostname as nameOfComputer, networkInterfaces } from 'node:os';
import { ChatError } from '../chat/errors.ts';

/**
 * Addresses where no service of anybody can be: they mean something to the machine itself (unspecified, link-local, the
 * metadata services of clouds) or to no single machine. Private networks are not among them: models run there.
 */
const forbidden = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  forbidden.addSubnet(net, prefix, 'ipv4');
// Metadata services of Alibaba and Oracle, outside of the link-local net.
for (const address of ['100.100.100.200', '192.0.0.192']) forbidden.addAddress(address, 'ipv4');
for (const [net, prefix] of [
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  forbidden.addSubnet(net, prefix, 'ipv6');
// Unspecified, and the metadata service of AWS.
for (const address of ['::', 'fd00:ec2::254']) forbidden.addAddress(address, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const among = (list: BlockList, address: string): boolean =>
  isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** An IPv4 address inside an IPv6 one counts as itself; a name is no address. */
export const isForbiddenAddress = (address: string): boolean => among(forbidden, address);
export const isLoopbackAddress = (address: string): boolean => among(loopback, address);

/** Names of this computer (RFC 6761): a resolver that sends them elsewhere would have plain http cross a network. */
const isLocalName = (hostname: string): boolean => /^(?:.+\.)?localhost\.?$/i.test(hostname);

const nowhere = (hostname: string): ChatError =>
  new ChatError('upstream_unreachable', `${hostname} leads to an address where no service can be.`);

/** Why an address that stands in a URL itself is not dialled: no name is looked up then. Null where it may be. */
export function whyNotDialled({ hostname }: Pick<URL, 'hostname'>): ChatError | null {
  return isForbiddenAddress(hostname.replace(/^\[(.*)\]$/, '$1')) ? nowhere(hostname) : null;
}

type Found = (error: Error | null, address: string | LookupAddress[], family?: number) => void;
type Resolve = (
  hostname: string,
  options: LookupOptions,
  found: (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void,
) => void;

/**
 * The look-up of names for every direct connection: the address that is checked is the one that is dialled, so a name that
 * changes its mind between a check and a request gains nothing.
 */
export function guardedLookup(
  resolve: Resolve = lookup,
): (hostname: string, options: LookupOptions, found: Found) => void {
  return (hostname, options, found) =>
    resolve(hostname, options, (error, address, family) => {
      const all = typeof address === 'string' ? [address] : (address ?? []).map((one) => one.address);
      const wrong = isLocalName(hostname)
        ? all.some((one) => !isLoopbackAddress(one))
        : all.some((one) => isForbiddenAddress(one));
      if (error || !wrong) return found(error, address, family);
      found(nowhere(hostname), []);
    });
}

/** Whether a host of a URL is this computer by name or by one of its addresses. */
export function isHere(host: string): boolean {
  const bare = host.replaceAll(/[[\]]/g, '').toLowerCase();
  const own = Object.values(networkInterfaces()).flatMap((found) => (found ?? []).map(({ address }) => address));
  return bare === nameOfComputer().toLowerCase() || isLoopbackAddress(bare) || own.includes(bare);
}

/** Whether a host of a URL is never asked through a proxy: nobody else's computer knows what is here. */
export const isLoopback = (hostname: string): boolean =>
  /^((.*\.)?localhost\.?|127(\.\d+){3}|\[::1\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\])$/i.test(hostname);
