import {
  startOpenAiSimulator,
  type OpenAiSimulator,
} from '../../../../../tests/simulators/openai-upstream/simulator.ts';
import type { Original, Provider, ProviderContext } from '../../provider.ts';
import { ask, realContext, type Asked, type Result } from '../../wire/shared/testing/ask.ts';
import { createOpenAiCompatible, type OpenAiCompatibleOptions } from '../provider.ts';

/** A provider in front of a simulated service, over real sockets. */
export interface Bench {
  readonly site: OpenAiSimulator;
  readonly context: ProviderContext;
  readonly memory: Map<string, string>;
  /** Everything that was logged. */
  readonly log: readonly string[];
  provider(options?: Partial<OpenAiCompatibleOptions>): Provider;
  ask(asked?: Asked, provider?: Provider): Promise<Result>;
  close(): Promise<void>;
}

export const goodKey = 'sk-good-key';

/** A body as a client of the same dialect sends it. */
export const originalOf = (body: Original['body']): Original => ({ dialect: 'openai-chat', body, headers: {} });

export async function startBench(): Promise<Bench> {
  const site = await startOpenAiSimulator();
  const { context, memory, log } = realContext();
  const provider = (options: Partial<OpenAiCompatibleOptions> = {}) =>
    createOpenAiCompatible(context, { id: 'acme', name: 'Acme', baseUrl: `${site.url}/v1`, ...options });
  return {
    site,
    context,
    memory,
    log,
    provider,
    ask: (asked = {}, from = provider()) => ask(from, { secret: goodKey, ...asked }),
    async close() {
      await context.network.close();
      await site.close();
    },
  };
}

/** Waits until something holds, at most two seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 5) {
    if (waited > 2_000) throw new Error('it never came to hold');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
