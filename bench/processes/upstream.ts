/** An upstream of its own process: the Z.AI simulator with answers that come as fast as they are read, or slowly and evenly. */
import { startZaiSimulator } from '../../tests/simulators/zai/simulator.ts';
import { firehose, open, trickle } from './answers.ts';

export type Order =
  | { readonly kind: 'firehose'; readonly chunks: number }
  | { readonly kind: 'trickle'; readonly chunks: number; readonly everyMs: number }
  | { readonly kind: 'active' };

const zai = await startZaiSimulator({ settings: { concurrency: 100_000, signature: false } });
process.on('message', (order: Order) => {
  if (order.kind === 'active') {
    process.send?.(open.size);
    return;
  }
  zai.answer(order.kind === 'firehose' ? firehose(order.chunks) : trickle(order.chunks, order.everyMs));
  process.send?.('ready');
});
process.send?.(zai.url);
