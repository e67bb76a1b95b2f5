import { startK2ThinkSimulator, type K2ThinkSimulator } from '../../../../../tests/simulators/k2think/simulator.ts';
import type { Credential, Provider } from '../../provider.ts';
import { toChatError } from '../../../chat/errors.ts';
import { add, nothing, realContext, requestOf, type Asked, type Result } from '../../wire/shared/testing/ask.ts';
import type { K2ThinkOptions } from '../options.ts';
import { createK2ThinkProvider } from '../provider.ts';

export interface Bench {
  readonly site: K2ThinkSimulator;
  readonly provider: Provider;
  /** Everything the provider has logged. */
  readonly log: readonly string[];
  guest(): Promise<Credential>;
  user(secret: string): Credential;
  ask(credential: Credential, asked?: Asked): Promise<Result>;
  /** Another provider with the same memory, as after a restart. */
  restarted(options?: K2ThinkOptions): Provider;
  close(): Promise<void>;
}

/** A provider in front of a simulated site, over real sockets. */
export async function startBench(options: K2ThinkOptions = {}): Promise<Bench> {
  const site = await startK2ThinkSimulator();
  const { context, log } = realContext();
  const make = (more: K2ThinkOptions = {}) =>
    createK2ThinkProvider(context, { baseUrl: site.url, ...options, ...more });
  const provider = make();
  return {
    site,
    provider,
    log,
    async guest() {
      const session = await provider.guests?.create(new AbortController().signal);
      if (!session) throw new Error('no guests');
      return { id: 'guest:1', kind: 'guest', alias: 'Guest', ...session };
    },
    user: (secret) => ({ id: '1', kind: 'user', alias: 'K1', secret }),
    ask: (credential, asked = {}) => answer(provider, credential, asked),
    restarted: make,
    async close() {
      await context.network.close();
      await site.close();
    },
  };
}

async function answer(provider: Provider, credential: Credential, asked: Asked): Promise<Result> {
  const result = nothing();
  const model = asked.model ?? provider.models()[0];
  if (!model) throw new Error('no model');
  try {
    const batches = await provider.open({
      request: requestOf(asked.request),
      model,
      credential,
      delivery: asked.delivery ?? 'stream',
      signal: asked.signal ?? new AbortController().signal,
      trace: { mark: (moment) => result.marks.push(moment), warn: (notice) => result.notices.push(notice) },
    });
    for await (const batch of batches) {
      for (const event of batch) add(result, event);
      asked.seen?.(batch);
    }
  } catch (error) {
    result.error = toChatError(error);
  }
  return result;
}

/** Waits until something holds, at most two seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 5) {
    if (waited > 2_000) throw new Error('it never came to hold');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
