import { Agent, request } from 'node:http';

export interface Asked {
  /** Milliseconds to the first byte of the body. */
  readonly first: number;
  readonly total: number;
  /** The body, when it was to be kept. */
  readonly body: string;
}

export interface Asking {
  readonly signal?: AbortSignal;
  readonly keep?: boolean;
}

export type Ask = (asking?: Asking) => Promise<Asked>;

/** Keeps connections open, as clients do; looks at no byte but the first unless told to keep them. */
export function asker(url: string, headers: Readonly<Record<string, string>>, body: object): Ask {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const text = JSON.stringify(body);
  const options = { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } };
  return ({ signal, keep = false } = {}) => {
    const started = performance.now();
    return new Promise((resolve, reject) => {
      const outgoing = request(url, { ...options, ...(signal && { signal }) }, (reply) => {
        const kept: Buffer[] = [];
        let first = 0;
        reply.on('data', (chunk: Buffer) => {
          first ||= performance.now() - started;
          if (keep) kept.push(chunk);
        });
        reply.on('end', () =>
          reply.statusCode === 200
            ? resolve({ first, total: performance.now() - started, body: Buffer.concat(kept).toString() })
            : reject(new Error(`HTTP ${reply.statusCode}`)),
        );
        reply.on('error', reject);
      });
      outgoing.on('error', reject);
      outgoing.end(text);
    });
  };
}
