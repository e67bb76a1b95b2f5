import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { Product } from '../tests/api/product.ts';
import { buildProduct } from './built.ts';
import { type Ask, asker } from './client.ts';
import type { Order } from './processes/upstream.ts';

/** One way to the same upstream. */
export interface Way {
  readonly name: string;
  /** The process in the middle; 0 where there is none. */
  readonly pid: number;
  /** A streamed answer. */
  readonly ask: Ask;
  /** The same as a whole; what only passes bytes on streams it anyhow. */
  readonly askWhole: Ask;
}

/** The ways through processes of their own, freshly started. */
export interface Ways {
  readonly pipe: Way;
  readonly chat: Way;
  readonly messages: Way;
  readonly end: () => Promise<void>;
}

export interface Setting {
  readonly direct: Way;
  readonly start: () => Promise<Ways>;
  readonly startProduct: (environment?: Readonly<Record<string, string>>) => Promise<Product>;
  /** What the upstream answers from now on. */
  readonly order: (order: Order) => Promise<unknown>;
  /** How many completions the upstream is answering. */
  readonly active: () => Promise<number>;
  readonly end: () => void;
}

async function start(file: string, ...args: string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(path.join(import.meta.dirname, 'processes', file), args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [url] = await once(child, 'message');
  return { child, url: String(url) };
}

const asked = { stream: true, model: '0727-360B-API', messages: [], signature_prompt: 'go' };
const chat = { model: 'GLM-4.5', messages: [{ role: 'user', content: 'go' }] };

/** Through Traygate, in either dialect. */
export function throughProduct(product: Product): Pick<Ways, 'chat' | 'messages'> {
  const way = (name: string, route: string, headers: Record<string, string>, body: object): Way => ({
    name,
    pid: product.pid,
    ask: asker(product.url + route, headers, { ...body, stream: true }),
    askWhole: asker(product.url + route, headers, body),
  });
  return {
    chat: way('chat completions', '/v1/chat/completions', { authorization: `Bearer ${product.key}` }, chat),
    messages: way('messages', '/v1/messages', { 'x-api-key': product.key }, { ...chat, max_tokens: 1000 }),
  };
}

/** The simulated upstream is one process of its own; the pipe and the product are started as often as a part needs. */
export async function setUp(): Promise<Setting> {
  const built = await buildProduct();
  const upstream = await start('upstream.ts');
  const identity = await fetch(`${upstream.url}/api/v1/auths/`);
  const { token } = (await identity.json()) as { token: string };
  const order = async (given: Order): Promise<unknown> => {
    upstream.child.send(given);
    return ((await once(upstream.child, 'message')) as unknown[])[0];
  };
  const plain = (name: string, pid: number, url: string): Way => {
    const ask = asker(url, { authorization: `Bearer ${token}`, 'x-fe-version': 'prod-fe-9.9.9' }, asked);
    return { name, pid, ask, askWhole: ask };
  };
  const startProduct = (environment: Readonly<Record<string, string>> = {}) =>
    Product.start(
      {
        ZAI_BASE_URL: upstream.url,
        ANONYMOUS_MODE: 'true',
        ...(process.env['BENCH_NODE_OPTIONS'] && { NODE_OPTIONS: process.env['BENCH_NODE_OPTIONS'] }),
        ...environment,
      },
      built.entry,
    );
  const query = new URLSearchParams({ token, user_id: 'x', requestId: 'x', timestamp: '1', signature_timestamp: '1' });
  return {
    direct: plain('direct', 0, `${upstream.url}/api/v2/chat/completions?${query}`),
    startProduct,
    start: async () => {
      const [pipe, product] = await Promise.all([start('pipe.ts', upstream.url, token), startProduct()]);
      return {
        pipe: plain('byte pipe', pipe.child.pid ?? 0, pipe.url),
        ...throughProduct(product),
        end: async () => {
          pipe.child.kill();
          await product.stop();
        },
      };
    },
    order,
    active: async () => Number(await order({ kind: 'active' })),
    end: () => {
      upstream.child.kill();
      built.remove();
    },
  };
}
