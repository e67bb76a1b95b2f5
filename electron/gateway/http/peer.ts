import { BlockList, isIP } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';
import type { Response } from 'express';
import { isLoopbackAddress } from '../network/addresses.ts';

/** Who calls, as far as that can be known. */
export interface Peer {
  /** Of the client; of the last computer on the way where that is all there is. */
  readonly address: string;
  /** A program on this computer, and nobody behind it. */
  readonly local: boolean;
  /** The client came over https, as a proxy says that is trusted. */
  readonly secure: boolean;
}

interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

/** What a proxy adds to say for whom it asks. Anyone else can write them, too. */
const forwarding = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded'];

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** An IPv4 address that IPv6 sockets show as `::ffff:…` counts as itself. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase();

/** Whether this is an address or a net (`10.0.0.0/8`) that a list of proxies may name. */
export function isNet(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const bits = isIP(address) === 6 ? 128 : 32;
  return (
    isIP(address) !== 0 &&
    rest.length === 0 &&
    (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))
  );
}

/** Addresses and nets: of proxies whose word on their clients is taken, or of clients. */
export class Nets {
  readonly #list = new BlockList();

  constructor(nets: readonly string[]) {
    for (const net of nets.filter(isNet)) {
      const [address = '', prefix] = net.split('/');
      if (prefix === undefined) this.#list.addAddress(address, family(address));
      else this.#list.addSubnet(address, Number(prefix), family(address));
    }
  }

  has(address: string): boolean {
    return isIP(address) !== 0 && this.#list.check(address, family(address));
  }
}

/**
 * The client of a request. Its own headers are believed only when they come from a trusted proxy, and then only back to the
 * first address that is not one: what stands before that was written by the client. Somebody on this computer who forwards for
 * others without being trusted is not taken for a local program.
 */
export function peerOf({ headers, socket }: Asked, proxies: Nets): Peer {
  const direct = plain(socket.remoteAddress ?? '');
  if (!forwarding.some((name) => headers[name] !== undefined))
    return { address: direct, local: isLoopbackAddress(direct), secure: false };
  if (!proxies.has(direct)) return { address: direct, local: false, secure: false };
  const way = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((hop) => plain(hop.trim()))
    .filter((hop) => hop !== '');
  let address = direct;
  const named = way.length > 0;
  while (proxies.has(address) && way.length > 0) address = way.pop() ?? address;
  const said = String(headers['x-forwarded-proto'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  return {
    // What is no address (`unknown`, a name) cannot be counted by; the proxy answers for it.
    address: isIP(address) === 0 ? direct : address,
    local: named && isLoopbackAddress(address),
    secure: said === 'https',
  };
}

const peers = new WeakMap<Response, Peer>();

export function knowPeer(response: Response, peer: Peer): void {
  peers.set(response, peer);
}

/** Whom a response is for; nobody near where that was never looked at. */
export const peerIn = (response: Response): Peer => peers.get(response) ?? { address: '', local: false, secure: false };
