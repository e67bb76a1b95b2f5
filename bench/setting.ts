import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import path from 'node:path';
import { Product } from '../tests/api/product.ts';

/** One way to the same upstream: through Traygate, or through the bare byte pipe it is measured against. */
export interface Way {
  readonly name: string;
  readonly pid: number;
  /** One streamed answer; times in milliseconds. */
  readonly ask: (signal?: AbortSignal) => Promise<Asked>;
}

export interface Asked {
  readonly first: number;
  readonly total: number;
  readonly bytes: number;
}

export interface Setting {
  readonly ways: readonly Way[];
  /** What the upstream answers from now on. */
  readonly order: (kind: 'firehose' | 'trickle', chunks: number, everyMs: number) => Promise<void>;
  /** How many completions the upstream is answering. */
  readonly active: () => Promise<number>;
  readonly end: () => Promise<void>;
}

async function start(file: string, ...args: string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(path.join(import.meta.dirname, 'processes', file), args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [url] = await once(child, 'message');
  return { child, url: String(url) };
}

/** Keeps connections open, as clients do; looks at no byte but the first. */
function asker(url: string, headers: Record<string, string>, body: string): Way['ask'] {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  return (signal) => {
    const started = performance.now();
    return new Promise((resolve, reject) => {
      const outgoing = request(
        url,
        {
          method: 'POST',
          agent,
          headers: { 'content-type': 'application/json', ...headers },
          ...(signal && { signal }),
        },
        (reply) => {
          let bytes = 0;
          let first = 0;
          reply.on('data', (chunk: Buffer) => {
            first ||= performance.now() - started;
            bytes += chunk.length;
          });
          reply.on('end', () =>
            reply.statusCode === 200
              ? resolve({ first, total: performance.now() - started, bytes })
              : reject(new Error(`HTTP ${reply.statusCode}`)),
          );
          reply.on('error', reject);
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  };
}

/** The upstream, the pipe and the product, each a process of its own on this machine. */
export async function setUp(): Promise<Setting> {
  const upstream = await start('upstream.ts');
  const identity = await fetch(`${upstream.url}/api/v1/auths/`);
  const { token } = (await identity.json()) as { token: string };
  const pipe = await start('pipe.ts', upstream.url, token);
  const product = await Product.start({
    ZAI_BASE_URL: upstream.url,
    ANONYMOUS_MODE: 'true',
    ...(process.env['BENCH_NODE_OPTIONS'] && { NODE_OPTIONS: process.env['BENCH_NODE_OPTIONS'] }),
  });
  const plain = JSON.stringify({ stream: true, model: '0727-360B-API', messages: [], signature_prompt: 'go' });
  const chat = JSON.stringify({ model: 'GLM-4.5', stream: true, messages: [{ role: 'user', content: 'go' }] });
  const messages = JSON.stringify({ ...JSON.parse(chat), max_tokens: 1000 });
  const tell = async (order: object): Promise<unknown> => {
    upstream.child.send(order);
    return ((await once(upstream.child, 'message')) as unknown[])[0];
  };
  return {
    ways: [
      { name: 'byte pipe', pid: pipe.child.pid ?? 0, ask: asker(pipe.url, {}, plain) },
      {
        name: 'chat completions',
        pid: product.pid,
        ask: asker(`${product.url}/v1/chat/completions`, { authorization: `Bearer ${product.key}` }, chat),
      },
      {
        name: 'messages',
        pid: product.pid,
        ask: asker(`${product.url}/v1/messages`, { 'x-api-key': product.key }, messages),
      },
    ],
    order: async (kind, chunks, everyMs) => void (await tell({ kind, chunks, everyMs })),
    active: async () => Number(await tell({ kind: 'active' })),
    end: async () => {
      await product.stop();
      pipe.child.kill();
      upstream.child.kill();
    },
  };
}
