import pino from 'pino';
import type { ModelInfo } from '../../../../../shared/model.ts';
import {
  startAnthropicSimulator,
  type AnthropicSimulator,
} from '../../../../../tests/simulators/anthropic-upstream/simulator.ts';
import { toChatError, type ChatError } from '../../../chat/errors.ts';
import type { ChatEvent, FinishReason, Usage } from '../../../chat/events.ts';
import type { ChatRequest } from '../../../chat/request.ts';
import { createNetwork } from '../../../network/undici-network.ts';
import type { Original, Provider, ProviderContext } from '../../provider.ts';
import { createAnthropicCompatible, type AnthropicCompatibleOptions } from '../provider.ts';

/** What came of one request. */
export interface Result {
  readonly events: ChatEvent[];
  text: string;
  reasoning: string;
  signatures: string[];
  verbatim: string;
  calls: Record<number, { id: string; name: string; arguments: string; ended: boolean }>;
  citations: object[];
  usage: Usage;
  finish?: FinishReason;
  error?: ChatError;
  readonly marks: string[];
  readonly notices: string[];
}

export interface Asked {
  readonly request?: Partial<ChatRequest>;
  readonly original?: Original;
  readonly delivery?: 'stream' | 'whole';
  readonly model?: Partial<ModelInfo>;
  readonly secret?: string | null;
  readonly signal?: AbortSignal;
  /** Called with each batch. */
  readonly seen?: (batch: readonly ChatEvent[]) => void;
}

export const modelNamed = (id: string, provider = 'acme'): ModelInfo => ({
  id,
  provider,
  upstreamId: id,
  created: 0,
  capabilities: { thinking: true, tools: true, vision: true, search: false },
  toolMode: 'native',
  jsonMode: 'injected',
  contextTokens: null,
  maxOutputTokens: null,
  test: false,
});

export const requestOf = (request: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'glm-5',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
  tools: [],
  toolChoice: { type: 'auto' },
  sampling: {},
  responseFormat: { type: 'text' },
  ...request,
});

export interface Bench {
  readonly site: AnthropicSimulator;
  readonly memory: Map<string, string>;
  readonly context: ProviderContext;
  provider(options?: Partial<AnthropicCompatibleOptions>): Provider;
  ask(asked?: Asked, provider?: Provider): Promise<Result>;
  close(): Promise<void>;
}

function take(result: Result, event: ChatEvent): void {
  result.events.push(event);
  if (event.type === 'text') result.text += event.text;
  if (event.type === 'reasoning') result.reasoning += event.text;
  if (event.type === 'reasoning' && event.signature) result.signatures.push(event.signature);
  if (event.type === 'verbatim') result.verbatim += event.text;
  if (event.type === 'usage') result.usage = { ...result.usage, ...event.usage };
  if (event.type === 'citation') result.citations.push(event);
  if (event.type === 'finish') result.finish = event.reason;
  if (event.type === 'tool-call-start')
    result.calls[event.index] = { id: event.id, name: event.name, arguments: '', ended: false };
  const call = 'index' in event ? result.calls[event.index] : undefined;
  if (event.type === 'tool-call-delta' && call) call.arguments += event.arguments;
  if (event.type === 'tool-call-end' && call) call.ended = true;
}

export async function startBench(): Promise<Bench> {
  const site = await startAnthropicSimulator();
  const network = createNetwork();
  const memory = new Map<string, string>();
  const context: ProviderContext = {
    network,
    log: pino({ level: 'silent' }),
    memory: { get: (key) => memory.get(key), set: (key, value) => void memory.set(key, value) },
  };
  const provider = (options: Partial<AnthropicCompatibleOptions> = {}) =>
    createAnthropicCompatible(context, { id: 'acme', name: 'Acme', baseUrl: site.url, ...options });
  return {
    site,
    memory,
    context,
    provider,
    async ask(asked = {}, from = provider()) {
      const { request, original, delivery = 'stream', model, secret = 'sk-ant-good', signal, seen } = asked;
      const result: Result = {
        events: [], text: '', reasoning: '', signatures: [], verbatim: '', calls: {}, citations: [], usage: {}, marks: [], notices: [],
      }; // prettier-ignore
      try {
        const batches = await from.open({
          request: requestOf(request),
          original,
          model: { ...modelNamed(model?.upstreamId ?? 'glm-5'), ...model },
          credential: secret === null ? null : { id: '1', kind: 'user', alias: 'A1', secret },
          delivery,
          signal: signal ?? new AbortController().signal,
          trace: {
            mark: (moment) => result.marks.push(moment),
            warn: (notice) => result.notices.push(typeof notice === 'string' ? notice : notice.code),
          },
        });
        for await (const batch of batches) {
          for (const event of batch) take(result, event);
          seen?.(batch);
        }
      } catch (error) {
        result.error = toChatError(error);
      }
      return result;
    },
    async close() {
      await network.close();
      await site.close();
    },
  };
}
