import { ChatError, toChatError } from '../../chat/errors.ts';
import type { NetworkResponse } from '../../network/network.ts';
import type { ChatEvents, Credential, ProviderCall, ProviderContext } from '../provider.ts';
import { answerOf } from '../wire/shared/answer.ts';
import { isRecord, parseJson, textIn } from '../wire/shared/json.ts';
import { hiddenParts, type Accounts } from './account.ts';
import { Cookies } from './cookies.ts';
import { failureOf, failureOfFrame, type Failure } from './errors.ts';
import type { Guests } from './guests.ts';
import { headersFor } from './headers.ts';
import { inlineThinkingOf } from './models.ts';
import type { Setup } from './options.ts';
import { accountBody, guestBody, guestChat, wishOf, type Wish } from './request.ts';
import { K2ThinkParser } from './stream/parser.ts';

export interface Site {
  readonly context: ProviderContext;
  readonly setup: Setup;
  readonly guests: Guests;
  readonly accounts: Accounts;
}

/** The model thinks for minutes, and a stream may be silent meanwhile. */
const silenceMs = 300_000;

interface Outgoing {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/** Opens one answer for a guest or an account. Throws ChatError. */
export async function openAnswer(site: Site, call: ProviderCall, credential: Credential): Promise<ChatEvents> {
  const { request, model, delivery, signal, trace } = call;
  const wish = wishOf(request, model, site.setup.uuid, (notice) => trace.warn(notice));
  const guest = credential.kind === 'guest';
  const response = guest
    ? await asGuest(site, call, credential.secret, wish)
    : await asAccount(site, call, credential.secret, wish);
  const secrets = guest ? cookieValues(credential.secret) : hiddenParts(credential.secret);
  const parser = new K2ThinkParser({
    inlineThinking: inlineThinkingOf(model.upstreamId),
    delivery,
    warn: (notice) => trace.warn(notice),
    failure: (body) => failureOfFrame(body, secrets),
  });
  return answerOf(response, parser, signal);
}

/** An event stream, or something that does not say what it is. */
const isStream = (type = ''): boolean => !/json|html|xml/i.test(type);

const cookieValues = (header: string): readonly string[] =>
  header.split('; ').map((cookie) => cookie.slice(cookie.indexOf('=') + 1));

function send({ context, setup }: Site, call: ProviderCall, { path, headers, body }: Outgoing, marked: boolean) {
  return context.network.request({
    url: `${setup.baseUrl}${path}`,
    method: 'POST',
    headers,
    body: JSON.stringify(body),
    signal: call.signal,
    headersTimeout: silenceMs,
    idleTimeout: silenceMs,
    streams: marked,
    ...(marked && { onConnected: () => call.trace.mark('connected') }),
  });
}

async function complete(
  site: Site,
  call: ProviderCall,
  outgoing: Outgoing,
  secrets: readonly string[],
): Promise<NetworkResponse | Failure> {
  const response = await send(site, call, outgoing, true);
  call.trace.mark('headers');
  if (response.status === 200 && isStream(response.headers['content-type'])) return response;
  const failure = await failureOf(response, site.setup.clock(), secrets);
  const { code, upstream } = failure.error;
  if (response.status !== 200 || code !== 'upstream_error' || upstream?.message !== undefined) return failure;
  return { error: new ChatError('upstream_protocol', 'K2 Think sent something else than an answer.'), page: false };
}

/** A conversation is made for each answer, then the answer is asked for in it, with the cookies of both. */
async function asGuest(site: Site, call: ProviderCall, secret: string, wish: Wish): Promise<NetworkResponse> {
  const { setup, guests } = site;
  const cookies = Cookies.from(secret);
  const headers = (cookie: string) => headersFor(setup, { page: '/guest', ...(cookie !== '' && { cookie }) });
  try {
    const conversation = await newConversation(site, call, wish, cookies, headers(cookies.header()));
    const answer = await complete(
      site,
      call,
      {
        path: '/api/guest/chat/completions',
        headers: headers(cookies.header('guest_conversation_count=1')),
        body: guestBody(wish, conversation),
      },
      cookieValues(cookies.header()),
    );
    if ('error' in answer) throw refusedGuest(guests, secret, answer);
    guests.proved(secret);
    return answer;
  } catch (error) {
    const { blame, retryAfterMs } = toChatError(error);
    if (blame === 'rate' || blame === 'quota') guests.rest(retryAfterMs);
    throw error;
  }
}

async function newConversation(
  site: Site,
  call: ProviderCall,
  wish: Wish,
  cookies: Cookies,
  headers: Outgoing['headers'],
): Promise<string> {
  const secret = cookies.header();
  const outgoing = { path: '/api/v1/chats/guest/new', headers, body: guestChat(wish, site.setup) };
  const response = await send(site, call, outgoing, false);
  if (response.status < 200 || response.status > 299 || /html/i.test(response.headers['content-type'] ?? '')) {
    const failure = await failureOf(response, site.setup.clock(), cookieValues(secret));
    throw refusedGuest(site.guests, secret, failure);
  }
  cookies.absorb(response.cookies);
  const reply = parseJson(await response.text(1 << 20));
  const id = isRecord(reply) ? textIn(reply, 'id') : undefined;
  if (id === undefined) throw new ChatError('upstream_protocol', 'K2 Think did not name the conversation it made.');
  return id;
}

/**
 * A page instead of an answer: for a session that has answered before, it means that the session is over, and another one may
 * be answered; for a new one, that guests are not.
 */
function refusedGuest(guests: Guests, secret: string, { error, page }: Failure): ChatError {
  const hint = 'Add the token of a K2 Think account, or use an official API key.';
  const { upstream } = error;
  const about = upstream === undefined ? {} : { upstream };
  if (page && error.code !== 'captcha_required' && guests.isProven(secret))
    return new ChatError('upstream_auth_failed', 'K2 Think has ended the guest session.', { hint, ...about });
  return error.code === 'upstream_auth_failed'
    ? new ChatError('upstream_auth_failed', 'K2 Think does not answer this guest.', { hint, ...about })
    : error;
}

/** With an account that has signed in here, a token that is no longer accepted is replaced once. */
async function asAccount(site: Site, call: ProviderCall, secret: string, wish: Wish): Promise<NetworkResponse> {
  const { setup, accounts } = site;
  for (let again = false; ; again = true) {
    const token = await accounts.token(secret, call.signal);
    const chatId = setup.uuid();
    const answer = await complete(
      site,
      call,
      {
        path: '/api/chat/completions',
        headers: headersFor(setup, { page: `/c/${chatId}`, token }),
        body: accountBody(wish, setup, chatId),
      },
      hiddenParts(secret, token),
    );
    if (!('error' in answer)) return answer;
    const mayHelp = answer.error.code === 'upstream_auth_failed' && accounts.forget(secret, token);
    if (again || !mayHelp) throw answer.error;
    call.trace.warn({ code: 'asked_again_session', provider: 'k2think' });
  }
}
