import { quantile, usage } from './processes/machine.ts';
import type { Setting, Way } from './setting.ts';

const chunks = 60;
const everyMs = 50;

interface Outcome {
  readonly first: readonly number[];
  readonly errors: number;
  /** Microseconds of processor time per chunk. */
  readonly cost: number;
  /** Highest resident memory while they ran, MB. */
  readonly memory: number;
  readonly bytes: ReadonlySet<number>;
}

async function together(way: Way, count: number): Promise<Outcome> {
  const before = usage(way.pid);
  let memory = before.memoryMb;
  const watch = setInterval(() => (memory = Math.max(memory, usage(way.pid).memoryMb)), 100);
  const settled = await Promise.allSettled(
    Array.from({ length: count }, async (_, at) => {
      // Spread over a second, as real clients are.
      await new Promise((resolve) => setTimeout(resolve, (at * 1_000) / count));
      return way.ask();
    }),
  );
  clearInterval(watch);
  const answers = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  return {
    first: answers.map(({ first }) => first),
    errors: count - answers.length,
    cost: ((usage(way.pid).cpuMs - before.cpuMs) * 1_000) / (count * chunks),
    memory,
    bytes: new Set(answers.map(({ bytes }) => bytes)),
  };
}

/** Many answers at once, 60 chunks each, 50 ms apart: what a stream costs beside what a byte pipe costs. */
export async function slow({ ways, order }: Setting, counts: readonly number[]): Promise<void> {
  console.log(
    '\nslow streams                     first token p50 / p95    CPU per chunk   memory   KB per stream   errors   lengths',
  );
  await order('trickle', chunks, everyMs);
  const idle = new Map<string, number>();
  for (const way of ways) {
    await together(way, 20);
    idle.set(way.name, usage(way.pid).memoryMb);
  }
  for (const count of counts) {
    for (const way of ways) {
      const { first, errors, cost, memory, bytes } = await together(way, count);
      const perStream = ((memory - (idle.get(way.name) ?? 0)) * 1024) / count;
      console.log(
        [
          `  ${String(count).padStart(5)} ${way.name.padEnd(20)}`,
          `${quantile(first, 0.5).toFixed(1)} / ${quantile(first, 0.95).toFixed(1)} ms`.padStart(22),
          `${cost.toFixed(0)} µs`.padStart(13),
          `${Math.round(memory)} MB`.padStart(8),
          perStream.toFixed(0).padStart(12),
          String(errors).padStart(8),
          String(bytes.size).padStart(8),
        ].join(' '),
      );
    }
  }
}
