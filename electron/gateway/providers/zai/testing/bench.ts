import pino from 'pino';
import { startZaiSimulator, type ZaiSimulator } from '../../../../../tests/simulators/zai/simulator.ts';
import { ChatError } from '../../../chat/errors.ts';
import type { ChatRequest, Message } from '../../../chat/request.ts';
import type { Network } from '../../../network/network.ts';
import { createNetwork } from '../../../network/undici-network.ts';
import type { Credential, Provider } from '../../provider.ts';
import type { ZaiOptions } from '../options.ts';
import { createZaiProvider } from '../provider.ts';
import { add, nothing, type Replayed } from './replay.ts';

export interface Asked {
  readonly model?: string;
  readonly text?: string;
  readonly messages?: readonly Message[];
  readonly credential?: Credential;
  readonly delivery?: 'stream' | 'whole';
  readonly signal?: AbortSignal;
  readonly request?: Partial<ChatRequest>;
  /** Stop reading after so many batches. */
  readonly batches?: number;
}

export interface Answered extends Replayed {
  readonly marks: string[];
  failure: ChatError | undefined;
}

/** A provider in front of a simulated site, over real sockets. */
export interface Bench {
  readonly site: ZaiSimulator;
  readonly provider: Provider;
  readonly memory: Map<string, string>;
  /** Everything the provider has logged. */
  readonly log: string[];
  guest(): Promise<Credential>;
  user(name?: string): Credential;
  ask(asked?: Asked): Promise<Answered>;
  /** Another provider with the same site and memory, as after a restart. */
  restarted(options?: ZaiOptions): Bench;
  close(): Promise<void>;
}

export async function startBench(options: ZaiOptions = {}): Promise<Bench> {
  return benchFor(await startZaiSimulator(), createNetwork(), new Map(), options);
}

function benchFor(site: ZaiSimulator, network: Network, memory: Map<string, string>, options: ZaiOptions): Bench {
  const log: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line: string) => void log.push(line) });
  const provider = createZaiProvider(
    {
      network,
      log: logger,
      memory: { get: (key) => memory.get(key), set: (key, value) => void memory.set(key, value) },
    },
    { baseUrl: site.url, ...options },
  );
  const guest = async (): Promise<Credential> => {
    const session = await provider.guests?.create(new AbortController().signal);
    if (!session) throw new Error('no guests');
    return { id: 'guest:1', kind: 'guest', alias: 'Guest', ...session };
  };
  return {
    site,
    provider,
    memory,
    log,
    guest,
    user(name = 'Ada') {
      const { token, id } = site.users.add({ name });
      return { id: name, kind: 'user', alias: name, secret: token, userId: id };
    },
    ask: async (asked = {}) => answerOf(provider, asked, asked.credential ?? (await guest())),
    restarted: (more = {}) => benchFor(site, network, memory, { ...options, ...more }),
    async close() {
      await site.close();
      await network.close();
    },
  };
}

async function answerOf(provider: Provider, asked: Asked, credential: Credential): Promise<Answered> {
  const result: Answered = { ...nothing(), marks: [], failure: undefined };
  const name = asked.model ?? 'GLM-4.5';
  const model = provider.models().find(({ id }) => id === name);
  if (!model) throw new Error(`no model ${name}`);
  const said: Message = { role: 'user', content: [{ type: 'text', text: asked.text ?? 'Hello' }] };
  try {
    const events = await provider.open({
      request: {
        model: name,
        messages: asked.messages ?? [said],
        tools: [],
        toolChoice: { type: 'auto' },
        sampling: {},
        responseFormat: { type: 'text' },
        ...asked.request,
      },
      model,
      credential,
      delivery: asked.delivery ?? 'stream',
      signal: asked.signal ?? new AbortController().signal,
      trace: {
        mark: (moment) => result.marks.push(moment),
        warn: (notice) => result.warnings.push(notice),
      },
    });
    let batches = 0;
    for await (const batch of events) {
      for (const event of batch) add(result, event);
      batches += 1;
      if (batches === asked.batches) break;
    }
  } catch (error) {
    if (!(error instanceof ChatError)) throw error;
    result.failure = error;
    result.error = error.code;
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
