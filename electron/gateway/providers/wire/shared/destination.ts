import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
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

function refused(message: string, code: 'upstream_unreachable' | 'loop_detected' = 'upstream_unreachable'): ChatError {
  return new ChatError(code, message, { hint: 'Change the base URL in Traygate › Providers.' });
}

/** What is wrong with a base URL before anything is resolved, as a ChatError; the parsed URL otherwise. */
export function checkUrl(text: string): URL {
  if (!URL.canParse(text)) throw refused('The base URL is not an address.');
  const url = new URL(text);
  const host = bare(url.hostname);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('The base URL must begin with https://.');
  if (url.username || url.password) throw refused('The base URL must not hold a name or a password.');
  if (host === '' || isForbiddenAddress(host) || forbiddenNames.test(host))
    throw refused('The base URL leads to an address where no service can be.');
  if (url.protocol === 'http:' && !isLocalName(host))
    throw refused('The base URL must begin with https://: over http anyone on the way can read the key.');
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
 * Throws ChatError where a base URL may not lead; returns it parsed. Names are resolved first. One that cannot be is left to
 * the request itself, which may go through a proxy that knows it.
 */
export async function checkDestination(text: string, options: DestinationOptions = {}): Promise<URL> {
  const url = checkUrl(text);
  const host = bare(url.hostname);
  const literal = isIP(host) !== 0;
  const addresses = literal ? [host] : await (options.resolve ?? resolveAll)(host).catch(() => []);
  if (addresses.some(isForbiddenAddress))
    throw refused(`The name ${host} leads to an address where no service can be.`);
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const { ownPorts = () => [] } = options;
  if (!ownPorts().includes(port)) return url;
  const own = ownAddresses();
  const here = (address: string): boolean => isLoopbackAddress(address) || own.has(address);
  if (isLocalName(host) || host === hostname().toLowerCase() || addresses.some(here))
    throw refused('The base URL leads back to Traygate.', 'loop_detected');
  return url;
}
