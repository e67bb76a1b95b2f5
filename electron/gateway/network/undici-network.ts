import type { Readable } from 'node:stream';
import {
  Agent,
  buildConnector,
  type Dispatcher,
  DecoratorHandler,
  ProxyAgent,
  request as undiciRequest,
  Socks5ProxyAgent,
} from 'undici';
import { ChatError } from '../chat/errors.ts';
import { decoded, readText } from './body.ts';
import { toNetworkError } from './errors.ts';
import type { Network, NetworkRequest, NetworkResponse } from './network.ts';

export interface NetworkOptions {
  /** `http:`, `https:` or `socks5:` URL that everything except loopback goes through. */
  readonly proxy?: string | undefined;
  /** Milliseconds for TCP and TLS together (default 10 000). */
  readonly connectTimeout?: number;
}

type MarkedOptions = Dispatcher.DispatchOptions & { onConnected?: () => void };

/** Tells the caller when its request is on the wire: undici queues it until a socket is connected. */
class ConnectedHandler extends DecoratorHandler {
  readonly #handler: Dispatcher.DispatchHandler;
  readonly #connected: () => void;
  constructor(handler: Dispatcher.DispatchHandler, connected: () => void) {
    super(handler);
    this.#handler = handler;
    this.#connected = connected;
  }
  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    this.#connected();
    this.#handler.onRequestStart?.(controller, context);
  }
}

const markConnected: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
  const { onConnected } = options as MarkedOptions;
  return dispatch(options, onConnected ? new ConnectedHandler(handler, onConnected) : handler);
};

/** undici's `headers` object: a name that came several times holds an array. */
function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

const isLoopback = (hostname: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/i.test(hostname);

function proxyAgent(proxy: string, connect: { timeout: number; rejectUnauthorized: true }): Dispatcher {
  if (!/^socks5?h?:/i.test(proxy)) return new ProxyAgent({ uri: proxy, requestTls: connect });
  // Names are always resolved by the proxy, so `socks5h` means the same; `requestTls` is read but missing in undici's types.
  const options = { connect: buildConnector(connect), requestTls: connect };
  return new Socks5ProxyAgent(proxy.replace(/^socks5?h?:/i, 'socks5:'), options);
}

/** The gateway's way out, on undici. */
export function createNetwork(options: NetworkOptions = {}): Network {
  const timeout = options.connectTimeout ?? 10_000;
  // Certificates are checked whatever NODE_TLS_REJECT_UNAUTHORIZED says: tokens travel here.
  const connect = { timeout, rejectUnauthorized: true } as const;
  // Idle sockets are dropped early: a pooled socket that a NAT has forgotten fails the next request.
  const direct = new Agent({ connect, keepAliveTimeout: 10_000, keepAliveMaxTimeout: 60_000 });
  const proxied = options.proxy ? proxyAgent(options.proxy, connect) : direct;
  const routes = { direct: direct.compose(markConnected), proxied: proxied.compose(markConnected) };

  return {
    async request(asked: NetworkRequest): Promise<NetworkResponse> {
      const url = new URL(asked.url);
      const route = isLoopback(url.hostname) ? 'direct' : 'proxied';
      const sent = {
        method: asked.method,
        headers: { ...asked.headers },
        body: asked.body ?? null,
        signal: asked.signal,
        dispatcher: routes[route],
        headersTimeout: asked.headersTimeout ?? 60_000,
        bodyTimeout: asked.idleTimeout ?? 180_000,
        ...(asked.onConnected && { onConnected: asked.onConnected }),
      };
      try {
        if (asked.signal.aborted) throw asked.signal.reason;
        const response = await undiciRequest(url, sent);
        const headers = flatten(response.headers);
        const cookies = response.headers['set-cookie'] ?? [];
        const body: Readable = decoded(response.body, headers['content-encoding']);
        return {
          status: response.statusCode,
          headers,
          cookies: Array.isArray(cookies) ? cookies : [cookies],
          body,
          text: (limit) => readText(body, limit),
        };
      } catch (error) {
        if (asked.signal.aborted) throw new ChatError('client_closed', 'The request was cancelled.', { cause: error });
        throw toNetworkError(error, url, options.proxy !== undefined && route === 'proxied');
      }
    },
    async close() {
      await Promise.all([direct.destroy(), proxied === direct ? undefined : proxied.destroy()]);
    },
  };
}
