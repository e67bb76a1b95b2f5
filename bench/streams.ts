import { setTimeout as sleep } from 'node:timers/promises';
import { createNetwork } from '../electron/gateway/network/undici-network.ts';
import { createZaiProvider } from '../electron/gateway/providers/zai/provider.ts';
import pino from 'pino';
import { scripts, startZaiSimulator } from '../tests/simulators/zai/simulator.ts';
import { Product } from '../tests/api/product.ts';

/** One streamed answer as its reader saw it, in milliseconds. */
interface Seen {
  readonly first: number;
  readonly total: number;
}

type Ask = () => Promise<Seen>;

const chunks = 60;
const linux = process.platform === 'linux';
const everyMs = 50;

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function together(ask: Ask, count: number): Promise<Seen[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, at) => {
      // Spread over one interval, as real clients are.
      await sleep((at * everyMs) / count);
      return ask();
    }),
  );
}

/**
 * Parallel streams of 60 chunks, 50 ms apart, read straight from the provider and through the gateway in the same run. The
 * difference is what the gateway (HTTP, key, pool, record, encoder) adds.
 */
export async function streams(counts: readonly number[]): Promise<void> {
  const zai = await startZaiSimulator({ settings: { concurrency: 10_000 } });
  zai.answer(scripts.answer({ text: 'word '.repeat(chunks), every: everyMs }));
  const product = await Product.start({ ZAI_BASE_URL: zai.url, ANONYMOUS_MODE: 'true' });
  const network = createNetwork();
  const provider = createZaiProvider(
    { network, log: pino({ level: 'silent' }), memory: { get: () => undefined, set: () => {} } },
    { baseUrl: zai.url },
  );
  const signal = new AbortController().signal;
  const session = await provider.guests?.create(signal);
  const model = provider.models().find(({ id }) => id === 'GLM-4.5');
  if (!session || !model) throw new Error('The simulator gave no guest or no model.');

  const direct: Ask = async () => {
    const started = performance.now();
    const events = await provider.open({
      request: {
        model: 'GLM-4.5',
        messages: [{ role: 'user', content: [{ type: 'text', text: 'go' }] }],
        tools: [],
        toolChoice: { type: 'auto' },
        sampling: {},
        responseFormat: { type: 'text' },
      },
      model,
      credential: { id: 'g', kind: 'guest', alias: 'Guest', ...session },
      delivery: 'stream',
      signal,
      trace: { mark: () => {}, warn: () => {} },
    });
    let first = 0;
    for await (const batch of events) if (batch.length > 0) first ||= performance.now() - started;
    return { first, total: performance.now() - started };
  };
  const through: Ask = async () => {
    const started = performance.now();
    const response = await fetch(`${product.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${product.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'GLM-4.5', stream: true, messages: [{ role: 'user', content: 'go' }] }),
    });
    let first = 0;
    for await (const chunk of response.body ?? []) if (chunk.length > 0) first ||= performance.now() - started;
    return { first, total: performance.now() - started };
  };

  console.log('streams   first token direct   through   added p50 / p95   whole answer ratio   CPU per chunk   memory');
  await together(through, 5);
  await together(direct, 5);
  for (const count of counts) {
    const straight = await together(direct, count);
    const before = linux ? product.processorMs() : 0;
    const gated = await together(through, count);
    const cost = linux ? ((product.processorMs() - before) * 1000) / (count * chunks) : Number.NaN;
    const first = (seen: readonly Seen[], share: number) =>
      quantile(
        seen.map((one) => one.first),
        share,
      );
    const total = (seen: readonly Seen[]) =>
      quantile(
        seen.map((one) => one.total),
        0.5,
      );
    const ms = (value: number) => `${value.toFixed(1)} ms`;
    console.log(
      [
        String(count).padStart(7),
        ms(first(straight, 0.5)).padStart(18),
        ms(first(gated, 0.5)).padStart(13),
        `${ms(first(gated, 0.5) - first(straight, 0.5))} / ${ms(first(gated, 0.95) - first(straight, 0.95))}`.padStart(
          20,
        ),
        (total(gated) / total(straight)).toFixed(3).padStart(14),
        `${cost.toFixed(0)} µs`.padStart(15),
        linux ? `${Math.round(product.memory())} MB`.padStart(9) : '',
      ].join('  '),
    );
  }
  await network.close();
  await product.stop();
  await zai.close();
}
