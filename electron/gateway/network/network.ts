import type { Readable } from 'node:stream';
import type { ChatError } from '../chat/errors.ts';

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
  /** A streamed answer to a client: how long it may be silent is the user's to say. */
  readonly streams?: boolean;
  /** Called once when the request is on the wire. */
  readonly onConnected?: () => void;
}

/**
 * Takes what one read of the socket has brought. True: that is enough. A promise: nothing more before it resolves, with the
 * same meaning. What it throws ends the reading and closes the upstream.
 */
export type TakeBytes = (bytes: Uint8Array) => boolean | Promise<boolean>;

/** A response whose body is read in one of three ways: `read`, `text` or `body`. */
export interface NetworkResponse {
  readonly status: number;
  /** Lower-case names; several values are joined with `, ` (`set-cookie` too: see `cookies`). */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  /**
   * Hands over decoded (gzip, br, deflate, zstd) bytes as they arrive, without a promise for each chunk. Resolves at the end
   * or when `take` has enough with null, and with the error when the body breaks off. Rejects with what `take` threw, and with
   * `upstream_protocol` when there are more than 100 MB.
   */
  read(take: TakeBytes): Promise<ChatError | null>;
  /** The whole body as text, cut at `limit` bytes (default 64 KiB). */
  text(limit?: number): Promise<string>;
  /** Decoded bytes as a stream; destroying it closes the upstream. */
  readonly body: Readable;
  /** Reads the few bytes that may be left, so that the connection can serve the next request; gives up soon. */
  drain(): void;
  /** Closes the upstream. Does nothing after the end. */
  close(): void;
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
