import { usage } from '../processes/machine.ts';
import { type Setting, throughProduct } from '../setting.ts';
import { ratio, table } from '../table.ts';

const chunks = 2_000;
const times = 40;
const rounds = 5;
const modes = ['off', 'memory', 'all'] as const;

/** What keeping requests and answers costs: processor time of the gateway for the same streams, in turn. */
export async function capture({ startProduct, order }: Setting): Promise<void> {
  const product = await startProduct();
  await order({ kind: 'firehose', chunks });
  const { chat } = throughProduct(product);
  const spent: Record<(typeof modes)[number], { cpu: number[]; first: number[] }> = {
    off: { cpu: [], first: [] },
    memory: { cpu: [], first: [] },
    all: { cpu: [], first: [] },
  };
  for (let round = 0; round <= rounds; round++) {
    for (const mode of modes) {
      await product.call('settings.set', { path: 'logs.bodies', value: mode });
      const before = usage(product.pid).cpuMs;
      for (let at = 0; at < times; at++) {
        const { first } = await chat.ask();
        if (round > 0) spent[mode].first.push(first);
      }
      // What is made of them afterwards counts as well.
      await new Promise((resolve) => {
        setTimeout(resolve, 2_500);
      });
      if (round > 0) spent[mode].cpu.push(usage(product.pid).cpuMs - before);
    }
  }
  const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  table(
    `keeping bodies, ${times} answers of ${chunks} chunks, median of ${rounds}`,
    ['CPU per 1,000 chunks', '× off', 'first token'],
    modes.map((mode) => [
      `  ${mode}`,
      `${(median(spent[mode].cpu) / ((times * chunks) / 1_000)).toFixed(2)} ms`,
      ratio(median(spent[mode].cpu), median(spent.off.cpu)),
      `${median(spent[mode].first).toFixed(2)} ms`,
    ]),
  );
  await product.stop();
}
