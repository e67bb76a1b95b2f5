import type { ChatEvent } from '../../../chat/events.ts';
import type { Network } from '../../../network/network.ts';
import type { ChatEvents, ProviderCall } from '../../provider.ts';
import { answerOf } from '../shared/answer.ts';
import { textOfReply } from '../shared/transport.ts';
import { failureOf } from './errors.ts';
import { forwardBody } from './forward.ts';
import { readReply } from './reply.ts';
import { encodeRequest } from './request.ts';
import { headersFor, secretsOf, type Service } from './service.ts';
import type { Source } from './source.ts';
import { MessagesParser } from './stream.ts';
import type { Target, Traits } from './traits.ts';

/** A reply that is not streamed comes when all of it is written. */
const wholeTimeout = 10 * 60_000;
/** Models think before the first byte, and between two bytes where a service sends no pings. */
const streamTimeouts = { headersTimeout: 180_000, idleTimeout: 300_000 };
const longestReply = 32 << 20;
const longestError = 64 * 1024;

/** Opens one answer of a service. Throws ChatError. */
export async function openMessages(
  network: Network,
  service: Service,
  call: ProviderCall,
  traits: Traits,
): Promise<ChatEvents> {
  const { request, model, credential, delivery, signal, trace } = call;
  const original = call.original?.dialect === 'anthropic-messages' ? call.original : undefined;
  const target: Target = { model, traits, warn: (notice) => trace.warn(notice) };
  const stream = !original || delivery === 'stream';
  const body = original ? forwardBody(original.body, stream, target) : encodeRequest(request, target);
  const url = `${service.root}/v1/messages`;
  const response = await network.request({
    url,
    method: 'POST',
    headers: headersFor(service, credential?.secret, original?.headers, call.via),
    body: JSON.stringify(body),
    signal,
    ...(stream ? { ...streamTimeouts, streams: true } : { headersTimeout: wholeTimeout, idleTimeout: wholeTimeout }),
    onConnected: () => trace.mark('connected'),
  });
  trace.mark('headers');
  const failure = (said: unknown, status: number) =>
    failureOf(
      {
        status,
        body: said,
        headers: response.headers,
        now: Date.now(),
        secret: secretsOf(service, credential?.secret),
      },
      service,
    );
  if (response.status < 200 || response.status > 299)
    throw failure(await response.text(longestError).catch(() => ''), response.status);
  const type = response.headers['content-type'] ?? '';
  const source: Source = {
    provider: model.provider,
    // A service may not keep to what it was asked for; then the answer is made of its events.
    verbatim: original !== undefined && stream === !/json/i.test(type),
    warn: target.warn,
    failure: (said) => failure(said, 200),
  };
  if (/json|html|xml/i.test(type)) {
    const text = await textOfReply(response, url, longestReply);
    if (!/json/i.test(type)) throw failure(text, response.status);
    return once(readReply(text, source));
  }
  return answerOf(response, new MessagesParser(source), signal);
}

// An iterable that is made of what is there already still has to be asynchronous.
async function* once(events: readonly ChatEvent[]): AsyncGenerator<readonly ChatEvent[], void, undefined> {
  yield await Promise.resolve(events);
}
