import { ChatError } from '../../chat/errors.ts';
import type { NetworkResponse } from '../../network/network.ts';
import { pour, poured } from '../pour.ts';
import type { ChatEvents, ProviderCall, ProviderContext } from '../provider.ts';
import { answerOf } from '../wire/shared/answer.ts';
import { failureOf } from './errors.ts';
import type { Generation, Setup } from './options.ts';
import { completion } from './request.ts';
import type { Sessions } from './sessions.ts';
import { LongCatParser } from './stream/parser.ts';
import type { Wish } from './wish.ts';

export interface Site {
  readonly context: ProviderContext;
  readonly setup: Setup;
  readonly sessions: Sessions;
  /** The generation the site was last seen to have. */
  generation: Generation;
}

/** The model thinks before the first byte. */
const timeouts = { headersTimeout: 120_000, idleTimeout: 180_000 };

/** An event stream, or something that does not say what it is. */
const isStream = (type = ''): boolean => !/json|html|xml/i.test(type);

/** Opens one answer in a session of its own, which is deleted however the answer ends. Throws ChatError. */
export async function openAnswer(site: Site, call: ProviderCall, token: string, wish: Wish): Promise<ChatEvents> {
  const { sessions, setup } = site;
  sessions.tidy(token);
  const { generation } = site;
  const first = await ask(site, call, token, wish, generation);
  if ('session' in first) return answered(site, call, token, first);
  // A site that has only one of the two paths is asked on that one from then on.
  const { status } = first.error.upstream ?? {};
  const other: Generation = generation === 'v2' ? 'v1' : 'v2';
  if ((status !== 404 && status !== 405) || other === setup.generation) throw first.error;
  const second = await ask(site, call, token, wish, other);
  if (!('session' in second)) throw first.error;
  site.generation = other;
  return answered(site, call, token, second);
}

interface Opened {
  readonly session: string;
  readonly response: NetworkResponse;
}

/** One session and one request in it. A refusal is returned, with its session on the way out; the rest is thrown. */
async function ask(
  { context, setup, sessions }: Site,
  call: ProviderCall,
  token: string,
  wish: Wish,
  generation: Generation,
): Promise<Opened | { readonly error: ChatError }> {
  const { signal, trace } = call;
  const session = await sessions.create(token, generation, signal);
  try {
    const response = await context.network.request({
      ...completion(setup, token, generation, session, wish),
      ...timeouts,
      streams: true,
      signal,
      onConnected: () => trace.mark('connected'),
    });
    trace.mark('headers');
    if (response.status === 200 && isStream(response.headers['content-type'])) return { session, response };
    const error = await failureOf(response, setup.clock(), token);
    sessions.forget(session, token);
    const meaningless = response.status === 200 && error.code === 'upstream_error' && !error.upstream?.code;
    return { error: meaningless ? noAnswer() : error };
  } catch (error) {
    sessions.forget(session, token);
    throw error;
  }
}

const noAnswer = (): ChatError => new ChatError('upstream_protocol', 'LongCat sent something else than an answer.');

function answered({ setup, sessions }: Site, call: ProviderCall, token: string, opened: Opened): ChatEvents {
  const { delivery, signal, trace } = call;
  const parser = new LongCatParser({ delivery, now: setup.clock, warn: (notice) => trace.warn(notice), secret: token });
  const events = answerOf(opened.response, parser, signal);
  return poured(async (take) => {
    try {
      await pour(events, take);
    } finally {
      sessions.forget(opened.session, token);
    }
  });
}
