import { Readable } from 'node:stream';
import pino from 'pino';
import type { NetworkRequest } from '../../../network/network.ts';
import type { ProviderContext } from '../../provider.ts';
import { completed, type Setup, type ZaiOptions } from '../options.ts';

export interface FakeReply {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A context without sockets: every request is answered by a function. */
export function contextWith(
  answer: (request: NetworkRequest) => Promise<FakeReply>,
  memory = new Map<string, string>(),
): ProviderContext {
  return {
    network: {
      async request(request) {
        const { status, body, headers = {} } = await answer(request);
        return {
          status,
          headers,
          cookies: [],
          async read(take) {
            await take(Buffer.from(body));
            return null;
          },
          body: Readable.from([Buffer.from(body)]),
          drain: () => {},
          close: () => {},
          text: async (limit) => body.slice(0, limit ?? 65_536),
        };
      },
      close: async () => {},
    },
    log: pino({ level: 'silent' }),
    memory: { get: (key) => memory.get(key), set: (key, value) => void memory.set(key, value) },
  };
}

export const setupWith = (options: ZaiOptions = {}): Setup => completed(options);
