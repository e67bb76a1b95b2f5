import { usage } from '../processes/machine.ts';
import type { Setting } from '../setting.ts';
import { ratio, table, whole } from '../table.ts';

const chunks = 200_000;
const rounds = 4;

/** An answer that comes as fast as it is taken: translated by Traygate, and merely piped by node:http. */
export async function firehose({ start, order }: Setting): Promise<void> {
  const { pipe, chat, messages, end } = await start();
  await order({ kind: 'firehose', chunks });
  const ways = [pipe, chat, messages];
  const best = new Map(ways.map((way) => [way, { took: Number.POSITIVE_INFINITY, cpu: Number.POSITIVE_INFINITY }]));
  for (let round = 0; round <= rounds; round++) {
    for (const [way, known] of best) {
      const before = usage(way.pid).cpuMs;
      const { total } = await way.ask();
      // The first round warms up.
      if (round === 0) continue;
      known.took = Math.min(known.took, total);
      known.cpu = Math.min(known.cpu, usage(way.pid).cpuMs - before);
    }
  }
  const base = best.get(pipe)?.took ?? Number.NaN;
  table(
    `firehose of ${whole(chunks)} chunks`,
    ['chunks/s', '× pipe', 'CPU per 1,000 chunks'],
    [...best].map(([{ name }, { took, cpu }]) => [
      `  ${name}`,
      whole((chunks / took) * 1000),
      ratio(base, took),
      `${((cpu * 1e3) / chunks).toFixed(2)} ms`,
    ]),
  );
  await end();
}
