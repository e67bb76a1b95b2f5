import { quantile, usage } from '../processes/machine.ts';
import type { Setting, Way } from '../setting.ts';
import { ratio, table } from '../table.ts';

/** Each stream brings 20 chunks a second; so many that one core could not even pipe them bring four, for longer. */
const cases = [
  { streams: 1, chunks: 60, everyMs: 50 },
  { streams: 100, chunks: 60, everyMs: 50 },
  { streams: 500, chunks: 60, everyMs: 50 },
  { streams: 2_000, chunks: 28, everyMs: 250 },
] as const;
type Case = (typeof cases)[number];

interface Outcome {
  readonly first: readonly number[];
  readonly failed: number;
  /** Chunks that did not arrive. */
  readonly lost: number;
  /** Microseconds of processor time per chunk. */
  readonly cost: number;
  /** Highest resident memory while they ran, and what each stream added to the memory before them. */
  readonly memoryMb: number;
  readonly perStreamKb: number;
}

async function together({ ask, pid }: Way, { streams, chunks }: Case): Promise<Outcome> {
  const before = usage(pid);
  let memoryMb = before.memoryMb;
  const watch = setInterval(() => (memoryMb = Math.max(memoryMb, usage(pid).memoryMb)), 100);
  const settled = await Promise.allSettled(
    Array.from({ length: streams }, async (_, at) => {
      // Five hundred begin in a second.
      await new Promise((resolve) => setTimeout(resolve, at * Math.min(2, 1_000 / streams)));
      const { first, body } = await ask({ keep: true });
      return { first, arrived: body.split('word ').length - 1 };
    }),
  );
  clearInterval(watch);
  const answers = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  return {
    first: answers.map(({ first }) => first),
    failed: streams - answers.length,
    lost: answers.reduce((sum, { arrived }) => sum + chunks - arrived, 0),
    cost: ((usage(pid).cpuMs - before.cpuMs) * 1_000) / (streams * chunks),
    memoryMb,
    perStreamKb: ((memoryMb - before.memoryMb) * 1024) / streams,
  };
}

/** Many answers at once, one chunk at a time each: what a stream costs beside what a byte pipe costs. */
export async function slow({ start, order }: Setting): Promise<void> {
  const rows: string[][] = [];
  for (const one of cases) {
    let base = Number.NaN;
    for (const name of ['pipe', 'chat', 'messages'] as const) {
      // Fresh processes, so that memory is not what an earlier case has left behind.
      const { [name]: way, end } = await start();
      await order({ kind: 'trickle', chunks: 20, everyMs: 5 });
      for (let round = 0; round < 10; round++) await Promise.all(Array.from({ length: 20 }, () => way.ask()));
      await order({ kind: 'trickle', chunks: one.chunks, everyMs: one.everyMs });
      const cold = await together(way, one);
      // Once more for the times: the first thousands of chunks are spent on making the code fast.
      const { first, cost } = one.streams === 500 ? await together(way, one) : cold;
      const outcome = { ...cold, first, cost };
      if (name === 'pipe') base = outcome.cost;
      rows.push([
        `  ${String(one.streams).padStart(5)}  ${way.name}`,
        `${quantile(outcome.first, 0.5).toFixed(1)} ms`,
        `${quantile(outcome.first, 0.95).toFixed(1)} ms`,
        // One stream is less than the clock of the kernel can tell.
        one.streams === 1 ? '' : `${outcome.cost.toFixed(0)} ms`,
        one.streams === 1 ? '' : ratio(outcome.cost, base),
        `${outcome.memoryMb.toFixed(0)} MB`,
        `${outcome.perStreamKb.toFixed(0)} KB`,
        String(outcome.failed),
        String(outcome.lost),
      ]);
      await end();
    }
  }
  table(
    'slow streams at once',
    ['first p50', 'p95', 'CPU per 1,000 chunks', '× pipe', 'memory', 'per stream', 'failed', 'lost chunks'],
    rows,
  );
}
