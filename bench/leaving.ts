import { quantile } from './processes/machine.ts';
import type { Setting } from './setting.ts';

const times = 100;

/** How long the upstream goes on after its client has left, in milliseconds. */
export async function leaving({ ways, order, active }: Setting): Promise<void> {
  await order('trickle', 10_000, 10);
  console.log(`\nupstream closed after the client left, ${times} times     p50      p99`);
  for (const { name, ask } of ways) {
    const took: number[] = [];
    for (let at = 0; at < times; at++) {
      const controller = new AbortController();
      const answer = ask(controller.signal).catch(() => {});
      while ((await active()) === 0);
      const left = performance.now();
      controller.abort();
      while ((await active()) > 0);
      took.push(performance.now() - left);
      await answer;
    }
    console.log(
      `  ${name.padEnd(45)}${quantile(took, 0.5).toFixed(1).padStart(8)} ${quantile(took, 0.99).toFixed(1).padStart(8)} ms`,
    );
  }
}
