/** An upstream of its own process: the Z.AI simulator with answers that come as fast as they are read, or slowly and evenly. */
import { startZaiSimulator } from '../../tests/simulators/zai/simulator.ts';
import { firehose, trickle } from './answers.ts';

type Order = { kind: 'firehose' | 'trickle'; chunks: number; everyMs: number } | { kind: 'active' };

const zai = await startZaiSimulator({ settings: { concurrency: 100_000, signature: false } });
process.on('message', (order: Order) => {
  if (order.kind === 'active') {
    process.send?.(zai.seen.completions.active);
    return;
  }
  zai.answer(order.kind === 'firehose' ? firehose(order.chunks) : trickle(order.chunks, order.everyMs));
  process.send?.('ready');
});
process.send?.(zai.url);
