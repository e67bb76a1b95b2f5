import { quantile } from '../processes/machine.ts';
import type { Setting } from '../setting.ts';
import { ratio, table } from '../table.ts';

const times = 300;
const warmUp = 100;

/** One stream at a time: how long its first byte takes, and what the way through adds to asking the upstream itself. */
export async function firstToken({ direct, start, order }: Setting): Promise<void> {
  const { pipe, chat, messages, end } = await start();
  await order({ kind: 'firehose', chunks: 3 });
  const found = new Map([direct, pipe, chat, messages].map((way) => [way, [] as number[]]));
  for (let at = 0; at < times + warmUp; at++) {
    for (const [way, first] of found) {
      const asked = await way.ask();
      if (at >= warmUp) first.push(asked.first);
    }
  }
  const median = (way: typeof direct): number => quantile(found.get(way) ?? [], 0.5);
  table(
    `first token, one stream at a time, ${times} times`,
    ['p50', 'p99', 'added to direct', '× pipe'],
    [...found].map(([way, first]) => [
      `  ${way.name}`,
      `${median(way).toFixed(2)} ms`,
      `${quantile(first, 0.99).toFixed(2)} ms`,
      `${(median(way) - median(direct)).toFixed(2)} ms`,
      ratio(median(way), median(pipe)),
    ]),
  );
  await end();
}
