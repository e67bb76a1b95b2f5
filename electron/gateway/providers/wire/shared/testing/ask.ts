import assert from 'node:assert/strict';
import pino from 'pino';
import type { ModelInfo } from '../../../../../../shared/model.ts';
import type { Notice } from '../../../../../../shared/notice.ts';
import { toChatError, type ChatError } from '../../../../chat/errors.ts';
import type { ChatEvent, FinishReason, Usage } from '../../../../chat/events.ts';
import type { ChatRequest } from '../../../../chat/request.ts';
import { createNetwork } from '../../../../network/undici-network.ts';
import type { Original, Provider, ProviderContext } from '../../../provider.ts';

/** What a client would have of one answer. */
export interface Result {
  readonly events: ChatEvent[];
  text: string;
  reasoning: string;
  readonly signatures: string[];
  verbatim: string;
  readonly calls: { id: string; name: string; arguments: string; ended: boolean }[];
  readonly citations: { index: number; url: string; title?: string }[];
  usage: Usage | undefined;
  finish: FinishReason | undefined;
  error: ChatError | undefined;
  readonly marks: string[];
  readonly notices: Notice[];
}

export const nothing = (): Result => ({
  events: [],
  text: '',
  reasoning: '',
  signatures: [],
  verbatim: '',
  calls: [],
  citations: [],
  usage: undefined,
  finish: undefined,
  error: undefined,
  marks: [],
  notices: [],
});

/** Adds up events and checks their grammar: calls begin before they go on and end before the answer, after which nothing comes. */
export function add(result: Result, event: ChatEvent): void {
  assert.ok(result.finish === undefined && result.error === undefined, 'nothing follows the end');
  result.events.push(event);
  const callAt = (index: number) => {
    const call = result.calls[index] ?? assert.fail('the call was not started');
    assert.ok(!call.ended, 'the call has ended');
    return call;
  };
  switch (event.type) {
    case 'text':
      assert.notEqual(event.text, '');
      result.text += event.text;
      break;
    case 'reasoning':
      result.reasoning += event.text;
      if (event.signature !== undefined) result.signatures.push(event.signature);
      break;
    case 'tool-call-start':
      assert.equal(event.index, result.calls.length);
      assert.ok(event.id !== '' && event.name !== '', 'a call has an id and a name');
      result.calls.push({ id: event.id, name: event.name, arguments: '', ended: false });
      break;
    case 'tool-call-delta':
      callAt(event.index).arguments += event.arguments;
      break;
    case 'tool-call-end':
      callAt(event.index).ended = true;
      break;
    case 'citation': {
      const { type: _, ...citation } = event;
      result.citations.push(citation);
      break;
    }
    case 'usage':
      result.usage = { ...result.usage, ...event.usage };
      break;
    case 'verbatim':
      assert.notEqual(event.text, '');
      result.verbatim += event.text;
      break;
    case 'finish':
      assert.ok(
        result.calls.every((call) => call.ended),
        'calls end before the answer',
      );
      result.finish = event.reason;
      break;
    case 'error':
      result.error = event.error;
      break;
  }
}

export const modelNamed = (id: string, changes: Partial<ModelInfo> = {}): ModelInfo => ({
  id,
  provider: 'acme',
  upstreamId: id,
  created: 0,
  capabilities: { thinking: true, tools: true, vision: true, search: false },
  contextTokens: null,
  maxOutputTokens: null,
  test: false,
  ...changes,
});

export const requestOf = (request: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'm',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
  tools: [],
  toolChoice: { type: 'auto' },
  sampling: {},
  responseFormat: { type: 'text' },
  ...request,
});

export interface Asked {
  readonly request?: Partial<ChatRequest>;
  readonly original?: Original | undefined;
  readonly delivery?: 'stream' | 'whole';
  readonly model?: ModelInfo;
  /** Null for none. */
  readonly secret?: string | null;
  readonly signal?: AbortSignal;
  /** Called with each batch. */
  readonly seen?: (batch: readonly ChatEvent[]) => void;
}

/** Asks a provider and waits for the end of the answer, good or bad. */
export async function ask(provider: Provider, asked: Asked): Promise<Result> {
  const { delivery = 'stream', secret = null, signal = new AbortController().signal } = asked;
  const result = nothing();
  try {
    const batches = await provider.open({
      request: requestOf(asked.request),
      original: asked.original,
      model: asked.model ?? modelNamed('m'),
      credential: secret === null ? null : { id: '1', kind: 'user', alias: 'A1', secret },
      delivery,
      signal,
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

/** A context over real sockets; `log` holds every line a provider has logged. */
export function realContext(): { context: ProviderContext; memory: Map<string, string>; log: string[] } {
  const memory = new Map<string, string>();
  const log: string[] = [];
  const context = {
    network: createNetwork(),
    log: pino({ level: 'trace' }, { write: (line: string) => void log.push(line) }),
    memory: { get: (key: string) => memory.get(key), set: (key: string, value: string) => void memory.set(key, value) },
  };
  return { context, memory, log };
}
