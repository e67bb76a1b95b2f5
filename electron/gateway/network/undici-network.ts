import type { ClockOff } from '../../../shared/clock-off.ts';
import { Agent, buildConnector, type Dispatcher, ProxyAgent, Socks5ProxyAgent } from 'undici';
import { ChatError } from '../chat/errors.ts';
import { guardedLookup, isHere, whyNotDialled, isLoopback } from './addresses.ts';
import { toNetworkError } from './errors.ts';
import { ClockSkew } from './clock-skew.ts';
import { Incoming } from './incoming.ts';
import type { Network, NetworkRequest, NetworkResponse } from './network.ts';
import { Reply } from './reply.ts';

/** Milliseconds of silence before the first byte and between two; null: what suits the provider. */
export interface Patience {
  readonly firstByteMs: number | null;
  readonly idleMs: number | null;
}

/** How everything except loopback goes out. */
export interface WayOut {
  /** `http:`, `https:` or `socks5:` URL. */
  readonly proxy?: string | undefined;
  /** Milliseconds for TCP and TLS together (default 10 000). */
  readonly connectTimeout?: number;
  readonly family?: 4 | 6;
  /** The certificates that are trusted; without, those of the system. */
  readonly ca?: string[];
}

export interface NetworkOptions {
  /** Asked at the start and at each renewal. */
  readonly way?: () => WayOut;
  /** What the user says about the silence of streamed answers; it goes before what a provider asks for. */
  readonly patience?: () => Patience;
  /** The ports this gateway listens on: a proxy there would lead back to it. */
  readonly ownPorts?: () => readonly number[];
}

export interface Renewable {
  /** What the answers of services say about the clock of this computer. */
  clockOff(): ClockOff | null;
  /** From now on every request has a new connection; requests that run go on. */
  renew(): void;
}

function leadsBack(proxy: string, ownPorts: readonly number[]): boolean {
  const { hostname, port, protocol } = new URL(proxy);
  const named = Number(port || (protocol === 'https:' ? 443 : 80));
  return ownPorts.includes(named) && (isLoopback(hostname) || isHere(hostname));
}

interface Connect {
  readonly timeout: number;
  readonly rejectUnauthorized: true;
  readonly family?: 4 | 6;
  readonly ca?: string[];
}

function proxyAgent(proxy: string, connect: Connect): Dispatcher {
  if (!/^socks5?h?:/i.test(proxy)) return new ProxyAgent({ uri: proxy, requestTls: connect, proxyTls: connect });
  // Names are always resolved by the proxy, so `socks5h` means the same; `requestTls` is read but missing in undici's types.
  const options = { connect: buildConnector(connect), requestTls: connect };
  return new Socks5ProxyAgent(proxy.replace(/^socks5?h?:/i, 'socks5:'), options);
}

/** The dispatchers of one time; `renew` makes new ones. */
interface Ways {
  /** To this computer itself. */
  readonly near: Dispatcher;
  readonly far: Dispatcher;
  readonly proxy: string | null;
}

/** The gateway's way out, on undici. */
export function createNetwork(options: NetworkOptions = {}): Network & Renewable {
  // Idle sockets are dropped early: a pooled socket that a NAT has forgotten fails the next request.
  const agent = (connect: Connect) =>
    new Agent({
      connect: { ...connect, lookup: guardedLookup() },
      keepAliveTimeout: 10_000,
      keepAliveMaxTimeout: 60_000,
    });
  const open = (): Ways => {
    const { proxy, connectTimeout: timeout = 10_000, family, ca } = options.way?.() ?? {};
    // Certificates are checked whatever NODE_TLS_REJECT_UNAUTHORIZED says: tokens travel here.
    const connect = { timeout, rejectUnauthorized: true, ...(ca && { ca }) } as const;
    const near = agent(connect);
    if (proxy) return { near, far: proxyAgent(proxy, { ...connect, ...(family && { family }) }), proxy };
    return { near, far: family ? agent({ ...connect, family }) : near, proxy: null };
  };
  let ways = open();
  const skew = new ClockSkew();

  return {
    request(asked: NetworkRequest): Promise<NetworkResponse> {
      const url = new URL(asked.url);
      const refused = whyNotDialled(url);
      if (refused) return Promise.reject(refused);
      const patience = asked.streams ? options.patience?.() : undefined;
      const { near, far } = ways;
      const here = isLoopback(url.hostname);
      const through = here ? near : far;
      const proxy = here ? null : ways.proxy;
      if (proxy && leadsBack(proxy, options.ownPorts?.() ?? []))
        return Promise.reject(new ChatError('loop_detected', 'The outbound proxy leads back to Traygate.'));
      return new Promise((resolve, reject) => {
        const incoming = new Incoming({
          signal: asked.signal,
          onConnected: asked.onConnected,
          onHeaders(status, headers) {
            skew.heard(url.host, headers);
            resolve(new Reply(incoming, url.host, status, headers));
          },
          onFailed: (error) => reject(toNetworkError(error, url, proxy)),
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
    clockOff: () => skew.off(),
    renew() {
      skew.forget();
      const { near, far } = ways;
      ways = open();
      // Ends what is idle now and the rest when its answer has ended.
      for (const old of new Set([near, far])) old.close().catch(() => {});
    },
    async close() {
      const { near, far } = ways;
      await Promise.all([near.destroy(), far === near ? undefined : far.destroy()]);
    },
  };
}
