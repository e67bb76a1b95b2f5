import type { NetworkRequest } from '../../network/network.ts';
import type { Generation, Setup } from './options.ts';
import type { Wish } from './wish.ts';

/** The requests of the page (README: Requests), all from one browser, with the cookie of one account. */

type Prepared = Pick<NetworkRequest, 'url' | 'method' | 'headers' | 'body'>;

const cookieValue = /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]+$/;

/** Whether a token can stand in a cookie at all; what has other characters was copied wrongly. */
export const isCookieValue = (token: string): boolean => cookieValue.test(token);

function headers({ baseUrl, userAgent }: Setup, token: string, path: string): Record<string, string> {
  return {
    'User-Agent': userAgent,
    'Content-Type': 'application/json',
    'x-requested-with': 'XMLHttpRequest',
    'X-Client-Language': 'zh',
    Cookie: `passport_token_key=${token}`,
    Accept: 'text/event-stream,application/json',
    Origin: baseUrl,
    Referer: `${baseUrl}${path}`,
  };
}

const get = (setup: Setup, token: string, referer: string, path: string): Prepared => ({
  url: `${setup.baseUrl}/api/v1/${path}`,
  method: 'GET',
  headers: headers(setup, token, referer),
});

const post = (setup: Setup, token: string, referer: string, path: string, body: object): Prepared => ({
  ...get(setup, token, referer, path),
  method: 'POST',
  body: JSON.stringify(body),
});

export const whoAmI = (setup: Setup, token: string): Prepared =>
  get(setup, token, '/', `user-current?t=${setup.clock()}`);

export const newSession = (setup: Setup, token: string, generation: Generation): Prepared =>
  post(setup, token, '/', 'session-create', { model: '', agentId: generation === 'v1' ? '' : '1' });

export const deletedSession = (setup: Setup, token: string, id: string): Prepared =>
  get(setup, token, `/c/${id}`, `session-delete?conversationId=${encodeURIComponent(id)}`);

export function completion(setup: Setup, token: string, generation: Generation, id: string, wish: Wish): Prepared {
  const switches = { reasonEnabled: wish.thinking ? 1 : 0, searchEnabled: wish.search ? 1 : 0 };
  const { content } = wish;
  return generation === 'v1'
    ? post(setup, token, `/c/${id}`, 'chat-completion', {
        conversationId: id,
        content,
        ...switches,
        parentMessageId: 0,
      })
    : post(setup, token, `/c/${id}`, 'chat-completion-V2', {
        content,
        conversationId: id,
        agentId: '1',
        ...switches,
        regenerate: 0,
        parentMessageId: 0,
        files: [],
      });
}
