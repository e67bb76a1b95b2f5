import { quantile } from '../processes/machine.ts';
import type { Setting } from '../setting.ts';
import { table } from '../table.ts';

const times = 100;

/** How long the upstream's connection stays open after the client has left. */
export async function leaving({ start, order, active }: Setting): Promise<void> {
  const { pipe, chat, messages, end } = await start();
  await order({ kind: 'trickle', chunks: 10_000, everyMs: 10 });
  const rows: string[][] = [];
  for (const { name, ask } of [pipe, chat, messages]) {
    const took: number[] = [];
    for (let at = 0; at < times; at++) {
      const controller = new AbortController();
      const answer = ask({ signal: controller.signal }).catch(() => {});
      while ((await active()) === 0);
      const left = performance.now();
      controller.abort();
      while ((await active()) > 0);
      took.push(performance.now() - left);
      await answer;
    }
    rows.push([`  ${name}`, `${quantile(took, 0.5).toFixed(1)} ms`, `${quantile(took, 0.99).toFixed(1)} ms`]);
  }
  table(`upstream closed after the client left, ${times} times`, ['p50', 'p99'], rows);
  await end();
}
