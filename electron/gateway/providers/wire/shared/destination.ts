import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import type { RefusalReason } from '../../../../../shared/contract.ts';
import { ChatError } from '../../../chat/errors.ts';
import { isForbiddenAddress, isLoopbackAddress } from '../../../network/addresses.ts';

/**
 * Where a base URL that a user has typed, or a page has suggested, may lead. Keys and conversations are sent there, so: https,
 * or http on this computer only; never to addresses that only mean something to the machine itself (cloud metadata), and
 * never back to Traygate. Private networks are allowed: models run there.
 */

/** Names that lead to metadata services wherever they resolve. */
const forbiddenNames = /^(?:metadata|instance-data|metadata\.goog|metadata\.google\.internal)$/;

/** Without the brackets of IPv6 and the dot that ends a full name. */
const bare = (host: string): string =>
  host
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')
    .toLowerCase();

const isLocalName = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || isLoopbackAddress(host);

type AddressReason = Extract<RefusalReason, `address_${string}`>;

/** A base URL that nothing is sent to; `reason` is for the window, which says it in the user's language. */
export class AddressRefused extends ChatError {
  readonly reason: AddressReason;

  constructor(reason: AddressReason, message: string) {
    super(reason === 'address_own' ? 'loop_detected' : 'upstream_unreachable', message, {
      hint: 'Change the base URL in Traygate › Providers.',
    });
    this.reason = reason;
  }
}

/** What is wrong with a base URL before anything is resolved, as an AddressRefused; the parsed URL otherwise. */
export function checkUrl(text: string): URL {
  if (!URL.canParse(text)) throw new AddressRefused('address_malformed', 'The base URL is not an address.');
  const url = new URL(text);
  const host = bare(url.hostname);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new AddressRefused('address_scheme', 'The base URL must begin with https://.');
  if (url.username || url.password)
    throw new AddressRefused('address_credentials', 'The base URL must not hold a name or a password.');
  if (host === '' || isForbiddenAddress(host) || forbiddenNames.test(host))
    throw new AddressRefused('address_forbidden', 'The base URL leads to an address where no service can be.');
  if (url.protocol === 'http:' && !isLocalName(host))
    throw new AddressRefused(
      'address_insecure',
      'The base URL must begin with https://: over http anyone on the way can read the key.',
    );
  return url;
}

export interface DestinationOptions {
  /** The ports Traygate itself listens on. */
  readonly ownPorts?: (() => readonly number[]) | undefined;
  /** All addresses of a name; injectable for tests. */
  readonly resolve?: ((host: string) => Promise<readonly string[]>) | undefined;
}

const resolveAll = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** Addresses of this computer. */
function ownAddresses(): ReadonlySet<string> {
  return new Set(Object.values(networkInterfaces()).flatMap((found) => (found ?? []).map(({ address }) => address)));
}

/**
 * Throws AddressRefused where a base URL may not lead; returns it parsed. Names are resolved first. One that cannot be is left to
 * the request itself, which may go through a proxy that knows it.
 */
export async function checkDestination(text: string, options: DestinationOptions = {}): Promise<URL> {
  const url = checkUrl(text);
  const host = bare(url.hostname);
  const literal = isIP(host) !== 0;
  const addresses = literal ? [host] : await (options.resolve ?? resolveAll)(host).catch(() => []);
  if (addresses.some(isForbiddenAddress))
    throw new AddressRefused('address_forbidden', `The name ${host} leads to an address where no service can be.`);
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const { ownPorts = () => [] } = options;
  if (!ownPorts().includes(port)) return url;
  const own = ownAddresses();
  const here = (address: string): boolean => isLoopbackAddress(address) || own.has(address);
  if (isLocalName(host) || host === hostname().toLowerCase() || addresses.some(here))
    throw new AddressRefused('address_own', 'The base URL leads back to Traygate.');
  return url;
}
