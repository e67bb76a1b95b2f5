import { randomUUID } from 'node:crypto';
import type { Network } from '../../../network/network.ts';
import type { ChatEvents, ProviderCall } from '../../provider.ts';
import { answerOf } from '../shared/answer.ts';
import { forwardBody, type Forwarded } from './forward.ts';
import { encodeRequest } from './request.ts';
import { failureOf, send, type Service } from './service.ts';
import type { Source } from './source.ts';
import { ChatParser } from './stream.ts';
import type { Target, Traits } from './traits.ts';

/** A reply that is not streamed comes when all of it is written, thinking included. */
const wholeMs = 10 * 60_000;
/** Models are loaded and think before the first byte, and between two bytes where a service sends no pings. */
const streamMs = { headersTimeout: 180_000, idleTimeout: 300_000 };
const longestError = 64 << 10;

export interface Timeouts {
  readonly headersTimeout: number;
  readonly idleTimeout: number;
}

/** Opens one answer of a service. Throws ChatError. */
export async function openChat(
  network: Network,
  service: Service,
  call: ProviderCall,
  traits: Traits,
  timeouts: Timeouts = streamMs,
): Promise<ChatEvents> {
  const { request, model, delivery, signal, trace } = call;
  const secret = call.credential?.secret;
  const target: Target = { model, traits, warn: (notice) => trace.warn(notice) };
  const original = call.original?.dialect === 'openai-chat' ? call.original.body : undefined;
  const forwarded = original && forwardBody(original, request, target, delivery === 'whole');
  const whole = forwarded !== undefined && delivery === 'whole';
  const url = `${service.base}/chat/completions`;
  const response = await send(network, service, {
    url,
    secret,
    signal,
    via: call.via,
    body: forwarded?.body ?? encodeRequest(request, target),
    accept: whole ? 'application/json' : 'text/event-stream',
    ...(whole ? { headersTimeout: wholeMs, idleTimeout: wholeMs } : { ...timeouts, streams: true }),
    onConnected: () => trace.mark('connected'),
  });
  trace.mark('headers');
  if (response.status < 200 || response.status > 299) {
    const body = await response.text(longestError).catch(() => '');
    throw failureOf(service, response, body, secret);
  }
  const source: Source = {
    provider: model.provider,
    name: service.name,
    delivery,
    verbatim: verbatimOf(forwarded),
    inlineThinking: forwarded ? 'none' : traits.inlineThinking,
    warn: target.warn,
    failure: (body) => failureOf(service, { status: 200, headers: response.headers }, body, secret),
    newId: () => `call_${randomUUID().replaceAll('-', '').slice(0, 24)}`,
  };
  return answerOf(response, new ChatParser(source), signal);
}

function verbatimOf(forwarded: Forwarded | undefined): Source['verbatim'] {
  if (!forwarded) return 'no';
  return forwarded.usageAsked ? 'yes' : 'without-usage';
}
