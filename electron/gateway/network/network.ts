import type { Readable } from 'node:stream';

export interface NetworkRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal;
  /** Milliseconds to wait for the response headers (default 60 000). */
  readonly headersTimeout?: number;
  /** Milliseconds allowed between two chunks of the body (default 180 000). */
  readonly idleTimeout?: number;
  /** Called once when the request is on the wire. */
  readonly onConnected?: () => void;
}

export interface NetworkResponse {
  readonly status: number;
  /** Lower-case names; several values are joined with `, ` (`set-cookie` too: see `cookies`). */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  /** Decoded (gzip, br, deflate, zstd) bytes with backpressure; destroying it closes the upstream. */
  readonly body: Readable;
  /** The whole body as text, cut at `limit` bytes (default 64 KiB). */
  text(limit?: number): Promise<string>;
}

/**
 * The only way out of the gateway: one dispatcher, proxies and timeouts in one place, no redirects followed,
 * loopback never proxied. Throws ChatError (`upstream_unreachable`, `upstream_dns`, `upstream_tls`, `upstream_timeout`,
 * `proxy_unreachable`, `client_closed` when the signal is aborted).
 */
export interface Network {
  request(request: NetworkRequest): Promise<NetworkResponse>;
  close(): Promise<void>;
}
