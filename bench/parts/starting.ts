import { usage } from '../processes/machine.ts';
import { type Setting, throughProduct } from '../setting.ts';
import { table } from '../table.ts';

const times = 3;

/** From the start of the process, with a new data folder, to the end of its first answer. */
export async function starting({ startProduct, order }: Setting): Promise<void> {
  await order({ kind: 'firehose', chunks: 3 });
  const found: { took: number; cpu: number; memory: number }[] = [];
  for (let at = 0; at < times; at++) {
    const started = performance.now();
    const product = await startProduct();
    await throughProduct(product).chat.ask();
    const { cpuMs, memoryMb } = usage(product.pid);
    found.push({ took: performance.now() - started, cpu: cpuMs, memory: memoryMb });
    await product.stop();
  }
  const [best] = found.toSorted((a, b) => a.took - b.took);
  if (best)
    table(
      `start to first answer, best of ${times}`,
      ['time', 'CPU', 'memory'],
      [['  server', `${best.took.toFixed(0)} ms`, `${best.cpu.toFixed(0)} ms`, `${best.memory.toFixed(0)} MB`]],
    );
}
