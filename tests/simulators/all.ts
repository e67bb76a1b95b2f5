import { anthropic } from './anthropic-upstream/sample.ts';
import { k2think, k2thinkApi } from './k2think/sample.ts';
import { longcat, longcatApi } from './longcat/sample.ts';
import { openai, trouble } from './openai-upstream/sample.ts';
import type { Sample, Simulated } from './sample.ts';
import { zaiApi } from './zai-api/sample.ts';
import { zai } from './zai/sample.ts';

/** Every simulator, one line each. */
export const simulators: readonly Simulated[] = [
  zai,
  zaiApi,
  k2think,
  k2thinkApi,
  longcat,
  longcatApi,
  openai,
  anthropic,
  trouble,
];

export interface Running extends Sample {
  readonly provider: string;
}

/** Starts all of them, on ports from `firstPort` on; 0: on free ones. Those that have started are closed when one cannot. */
export async function startAll(firstPort = 0): Promise<readonly Running[]> {
  const started = await Promise.allSettled(
    simulators.map(async (simulated, at): Promise<Running> => {
      const { provider } = simulated;
      return Object.assign(await simulated.start(firstPort === 0 ? 0 : firstPort + at), { provider });
    }),
  );
  const running = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = started.find((one) => one.status === 'rejected');
  if (!failed) return running;
  await closeAll(running);
  throw failed.reason;
}

export async function closeAll(running: readonly Running[]): Promise<void> {
  await Promise.all(running.map((sample) => sample.close()));
}

/** Traygate's configuration file against these simulators, as JSON, which is YAML too. */
export function configFor(running: readonly Running[], more: Readonly<Record<string, unknown>> = {}): string {
  const providers = Object.fromEntries(running.map(({ provider, section }) => [provider, section]));
  return JSON.stringify({ ...more, providers }, null, 2);
}
