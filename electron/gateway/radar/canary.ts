import { randomBytes } from 'node:crypto';
import type { Exchange } from '../../../shared/exchange.ts';
import type { ModelInfo } from '../../../shared/model.ts';
import type { CanaryKind } from '../../../shared/radar.ts';
import { ChatError, toChatError } from '../chat/errors.ts';
import type { ChatRequest } from '../chat/request.ts';
import { answer, type Source } from '../exchange/answer.ts';
import { ExchangeRecorder } from '../exchange/recorder.ts';

export interface CanaryOptions {
  /** Writes the exchange to Logs. */
  readonly changed: (record: Exchange) => void;
  /** Requests that can be cancelled from outside and are waited for at a stop. */
  readonly running: Map<string, AbortController>;
  /** Aborted when no canary is wanted any more. */
  readonly signal: AbortSignal;
}

export const canaryTimeoutMs = 60_000;

const request = (model: ModelInfo): ChatRequest => ({
  model: model.id,
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Ping. Answer with one word.' }] }],
  tools: [],
  toolChoice: { type: 'auto' },
  sampling: { maxTokens: 16 },
  ...(model.capabilities.thinking && { thinking: { enabled: false } }),
  search: false,
  responseFormat: { type: 'text' },
});

/**
 * One tiny real request on the way that every request to this provider takes: its pool, its failover, its blame. Returns
 * the record, which is in Logs as well and marked there.
 */
export async function sendCanary(
  source: Source,
  model: ModelInfo,
  kind: CanaryKind,
  { changed, running, signal }: CanaryOptions,
): Promise<Exchange> {
  const id = `req_${randomBytes(12).toString('hex')}`;
  const recorder = new ExchangeRecorder(
    {
      id,
      dialect: 'openai-chat',
      clientKey: null,
      client: 'Traygate',
      model: model.id,
      stream: true,
      purpose: 'radar',
    },
    changed,
  );
  recorder.resolved(model);
  const controller = new AbortController();
  running.set(id, controller);
  const stop = () => controller.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  const late = setTimeout(() => {
    const { name } = source.provider;
    controller.abort(new ChatError('upstream_timeout', `${name} did not answer within ${canaryTimeoutMs / 1000} s.`));
  }, canaryTimeoutMs);
  const lease = { kind: kind === 'guest' ? 'guest' : 'user', counted: false } as const;
  try {
    const prepare = () => ({ request: request(model) });
    const asked = { delivery: 'stream', signal: controller.signal, recorder, lease } as const;
    await answer([{ source, model, prepare }], asked, () => undefined);
    recorder.close('ok', 200);
  } catch (thrown) {
    const error = toChatError(thrown);
    if (error.code === 'client_closed' || signal.aborted) recorder.close('cancelled', 499, error);
    else recorder.close('failed', error.status, error);
  } finally {
    clearTimeout(late);
    signal.removeEventListener('abort', stop);
    running.delete(id);
  }
  return recorder.record;
}
