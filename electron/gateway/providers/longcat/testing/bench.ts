import { startLongCatSimulator, type LongCatSimulator } from '../../../../../tests/simulators/longcat/simulator.ts';
import type { Credential, Provider } from '../../provider.ts';
import { ask, realContext, requestOf, type Asked, type Result } from '../../wire/shared/testing/ask.ts';
import type { LongCatOptions } from '../options.ts';
import { createLongCatProvider } from '../provider.ts';

export interface Question extends Omit<Asked, 'model' | 'secret'> {
  readonly model?: string;
  readonly text?: string;
  readonly token?: string;
}

/** A provider in front of a simulated site, over real sockets. */
export interface Bench {
  readonly site: LongCatSimulator;
  readonly provider: Provider;
  readonly memory: Map<string, string>;
  readonly log: string[];
  user(name?: string): Credential;
  ask(question?: Question): Promise<Result>;
  /** Another provider with the same site and memory, as after a restart. */
  restarted(options?: LongCatOptions): Bench;
  close(): Promise<void>;
}

/** No pauses, so that tests need not wait. */
const hasty: LongCatOptions = { sessionGapMs: 0, backoffMs: [0, 0] };

export async function startBench(options: LongCatOptions = {}): Promise<Bench> {
  const { context, memory, log } = realContext();
  const site = await startLongCatSimulator();
  const benchFor = (more: LongCatOptions): Bench => {
    const provider = createLongCatProvider(context, { baseUrl: site.url, ...hasty, ...more });
    return {
      site,
      provider,
      memory,
      log,
      user(name = 'Ada') {
        return { id: name, kind: 'user', alias: name, secret: site.users.add({ name }).token };
      },
      ask({ model: name = 'LongCat', text = 'Hello', token, request, ...rest } = {}) {
        const model = provider.models().find(({ id }) => id === name);
        if (!model) throw new Error(`no model ${name}`);
        const { messages } = requestOf({ messages: [{ role: 'user', content: [{ type: 'text', text }] }] });
        const secret = token ?? site.users.add().token;
        return ask(provider, { ...rest, model, secret, request: { model: name, messages, ...request } });
      },
      restarted: (extra = {}) => benchFor({ ...more, ...extra }),
      async close() {
        await site.close();
        await context.network.close();
      },
    };
  };
  return benchFor(options);
}

/** Waits until something holds, at most two seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 5) {
    if (waited > 2_000) throw new Error('it never came to hold');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
