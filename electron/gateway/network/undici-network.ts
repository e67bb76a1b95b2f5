import { Agent, buildConnector, type Dispatcher, ProxyAgent, Socks5ProxyAgent } from 'undici';
import { ChatError } from '../chat/errors.ts';
import { guardedLookup, isHere, whyNotDialled } from './addresses.ts';
import { toNetworkError } from './errors.ts';
import { Incoming } from './incoming.ts';
import type { Network, NetworkRequest, NetworkResponse } from './network.ts';
import { Reply } from './reply.ts';

/** Milliseconds of silence before the first byte and between two; null: what suits the provider. */
export interface Patience {
  readonly firstByteMs: number | null;
  readonly idleMs: number | null;
}

export interface NetworkOptions {
  /** `http:`, `https:` or `socks5:` URL that everything except loopback goes through. */
  readonly proxy?: string | undefined;
  /** Milliseconds for TCP and TLS together (default 10 000). */
  readonly connectTimeout?: number;
  /** What the user says about the silence of streamed answers; it goes before what a provider asks for. */
  readonly patience?: () => Patience;
  /** The ports this gateway listens on: a proxy there would lead back to it. */
  readonly ownPorts?: () => readonly number[];
}

export interface Renewable {
  /** From now on every request has a new connection; requests that run go on. */
  renew(): void;
}

/** Never through a proxy: nobody else's computer knows what is here. */
const isLoopback = (hostname: string): boolean =>
  /^((.*\.)?localhost\.?|127(\.\d+){3}|\[::1\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\])$/i.test(hostname);

function leadsBack(proxy: string, ownPorts: readonly number[]): boolean {
  const { hostname, port, protocol } = new URL(proxy);
  const named = Number(port || (protocol === 'https:' ? 443 : 80));
  return ownPorts.includes(named) && (isLoopback(hostname) || isHere(hostname));
}

function proxyAgent(proxy: string, connect: { timeout: number; rejectUnauthorized: true }): Dispatcher {
  if (!/^socks5?h?:/i.test(proxy)) return new ProxyAgent({ uri: proxy, requestTls: connect });
  // Names are always resolved by the proxy, so `socks5h` means the same; `requestTls` is read but missing in undici's types.
  const options = { connect: buildConnector(connect), requestTls: connect };
  return new Socks5ProxyAgent(proxy.replace(/^socks5?h?:/i, 'socks5:'), options);
}

/** The dispatchers of one time; `renew` makes new ones. */
interface Ways {
  readonly direct: Dispatcher;
  readonly proxied: Dispatcher;
}

/** The gateway's way out, on undici. */
export function createNetwork(options: NetworkOptions = {}): Network & Renewable {
  const timeout = options.connectTimeout ?? 10_000;
  // Certificates are checked whatever NODE_TLS_REJECT_UNAUTHORIZED says: tokens travel here.
  const connect = { timeout, rejectUnauthorized: true } as const;
  // Idle sockets are dropped early: a pooled socket that a NAT has forgotten fails the next request.
  const open = (): Ways => {
    const direct = new Agent({
      connect: { ...connect, lookup: guardedLookup() },
      keepAliveTimeout: 10_000,
      keepAliveMaxTimeout: 60_000,
    });
    return { direct, proxied: options.proxy ? proxyAgent(options.proxy, connect) : direct };
  };
  let ways = open();

  return {
    request(asked: NetworkRequest): Promise<NetworkResponse> {
      const url = new URL(asked.url);
      const refused = whyNotDialled(url);
      if (refused) return Promise.reject(refused);
      const patience = asked.streams ? options.patience?.() : undefined;
      const { direct, proxied } = ways;
      const through = isLoopback(url.hostname) ? direct : proxied;
      if (through !== direct && options.proxy && leadsBack(options.proxy, options.ownPorts?.() ?? []))
        return Promise.reject(new ChatError('loop_detected', 'The outbound proxy leads back to Traygate.'));
      return new Promise((resolve, reject) => {
        const incoming = new Incoming({
          signal: asked.signal,
          onConnected: asked.onConnected,
          onHeaders: (status, headers) => resolve(new Reply(incoming, url.host, status, headers)),
          onFailed: (error) => reject(toNetworkError(error, url, through === direct ? null : (options.proxy ?? null))),
        });
        if (incoming.over) return;
        through.dispatch(
          {
            origin: url.origin,
            path: url.pathname + url.search,
            method: asked.method,
            headers: { ...asked.headers },
            body: asked.body ?? null,
            headersTimeout: patience?.firstByteMs ?? asked.headersTimeout ?? 60_000,
            bodyTimeout: patience?.idleMs ?? asked.idleTimeout ?? 180_000,
          },
          incoming,
        );
      });
    },
    renew() {
      const { direct, proxied } = ways;
      ways = open();
      // Ends what is idle now and the rest when its answer has ended.
      for (const old of new Set([direct, proxied])) old.close().catch(() => {});
    },
    async close() {
      const { direct, proxied } = ways;
      await Promise.all([direct.destroy(), proxied === direct ? undefined : proxied.destroy()]);
    },
  };
}
