import { usage } from '../processes/machine.ts';
import type { Setting, Way } from '../setting.ts';
import { ratio, table, whole } from '../table.ts';

const connections = 16;
const requests = 3_000;
const rounds = 3;

async function round({ askWhole, pid }: Way): Promise<{ took: number; cpu: number }> {
  const before = usage(pid).cpuMs;
  const started = performance.now();
  let left = requests;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (left-- > 0) await askWhole();
    }),
  );
  return { took: performance.now() - started, cpu: usage(pid).cpuMs - before };
}

/** Short calls that are not streamed: what a request costs. */
export async function short({ start, order }: Setting): Promise<void> {
  const { pipe, chat, messages, end } = await start();
  await order({ kind: 'firehose', chunks: 3 });
  const best = new Map(
    [pipe, chat, messages].map((way) => [way, { took: Number.POSITIVE_INFINITY, cpu: Number.POSITIVE_INFINITY }]),
  );
  for (let at = 0; at <= rounds; at++) {
    for (const [way, known] of best) {
      const { took, cpu } = await round(way);
      // The first round warms up.
      if (at === 0) continue;
      known.took = Math.min(known.took, took);
      known.cpu = Math.min(known.cpu, cpu);
    }
  }
  const base = best.get(pipe)?.took ?? Number.NaN;
  table(
    `short calls at ${connections} connections`,
    ['requests/s', '× pipe', 'CPU per 1,000 requests'],
    [...best].map(([{ name }, { took, cpu }]) => [
      `  ${name}`,
      whole((requests / took) * 1000),
      ratio(base, took),
      `${((cpu * 1000) / requests).toFixed(0)} ms`,
    ]),
  );
  await end();
}
