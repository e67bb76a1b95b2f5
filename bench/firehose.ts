import type { Setting } from './setting.ts';

const chunks = 200_000;
const rounds = 3;

/** An answer that comes as fast as it is taken: translated by Traygate, and merely piped by node:http. */
export async function firehose({ ways, order }: Setting): Promise<void> {
  await order('firehose', chunks, 0);
  const best = new Map<string, number>();
  for (let round = 0; round <= rounds; round++) {
    for (const { name, ask } of ways) {
      const { total } = await ask();
      // The first round warms up.
      if (round > 0) best.set(name, Math.min(best.get(name) ?? Number.POSITIVE_INFINITY, total));
    }
  }
  console.log(`\nfirehose of ${chunks.toLocaleString('en')} chunks          chunks/s    against the byte pipe`);
  const base = best.get('byte pipe') ?? Number.NaN;
  for (const [name, took] of best) {
    console.log(
      `  ${name.padEnd(28)}${Math.round((chunks / took) * 1000)
        .toLocaleString('en')
        .padStart(16)}${(base / took).toFixed(2).padStart(20)}`,
    );
  }
}
