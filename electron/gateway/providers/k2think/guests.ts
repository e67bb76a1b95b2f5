import { ChatError } from '../../chat/errors.ts';
import type { NetworkResponse } from '../../network/network.ts';
import type { GuestSession, ProviderContext } from '../provider.ts';
import { Cookies } from './cookies.ts';
import { failureOf } from './errors.ts';
import { headersFor } from './headers.ts';
import type { Setup } from './options.ts';

const redirectLimit = 5;
const timeoutMs = 15_000;
const restMs = 30_000;

/** Guests of the site: the cookies that its guest page sets (README: Guests). */
export class Guests {
  readonly #context: ProviderContext;
  readonly #setup: Setup;
  /** Sessions that have had an answer: what no longer answers them may answer a new one. */
  readonly #proven = new Set<string>();
  #restUntil = 0;

  constructor(context: ProviderContext, setup: Setup) {
    this.#context = context;
    this.#setup = setup;
  }

  /** A new guest. Throws ChatError; after a limit was hit, without asking, because a new session must not be a way around it. */
  async create(signal: AbortSignal): Promise<GuestSession> {
    const wait = this.#restUntil - this.#setup.clock();
    if (wait > 0) {
      throw new ChatError('upstream_rate_limited', 'K2 Think limits how often guests may ask.', {
        retryAfterMs: wait,
        hint: 'Wait, or add the token of a K2 Think account.',
      });
    }
    const cookies = new Cookies();
    let url = new URL(`${this.#setup.baseUrl}/guest`);
    for (let hop = 0; hop <= redirectLimit; hop++) {
      const response = await this.#visit(url, cookies, signal);
      cookies.absorb(response.cookies);
      const next = await this.#next(response, url);
      if (next === null) return { secret: cookies.header(), userId: `guest-${this.#setup.uuid()}` };
      url = next;
    }
    throw new ChatError('upstream_protocol', 'The guest page of K2 Think redirects without end.');
  }

  /** A session has answered. */
  proved(secret: string): void {
    this.#proven.add(secret);
  }

  isProven(secret: string): boolean {
    return this.#proven.has(secret);
  }

  forget(secret: string): void {
    this.#proven.delete(secret);
  }

  /** The site limits guests: no new ones for a while. */
  rest(milliseconds = restMs): void {
    this.#restUntil = Math.max(this.#restUntil, this.#setup.clock() + milliseconds);
  }

  #visit({ href }: URL, cookies: Cookies, signal: AbortSignal): Promise<NetworkResponse> {
    const cookie = cookies.header();
    return this.#context.network.request({
      url: href,
      method: 'GET',
      headers: headersFor(this.#setup, { page: '/guest', ...(cookie !== '' && { cookie }) }),
      signal,
      headersTimeout: timeoutMs,
      idleTimeout: timeoutMs,
    });
  }

  /** Where the page redirects to, on the same site; null at the page itself. Throws ChatError. */
  async #next(response: NetworkResponse, url: URL): Promise<URL | null> {
    const { status, headers } = response;
    if (status >= 200 && status < 300 && headers['cf-mitigated'] === undefined) {
      response.drain();
      return null;
    }
    const { location } = headers;
    if (status < 300 || status >= 400 || location === undefined || !URL.canParse(location, url)) {
      const { error } = await failureOf(response, this.#setup.clock(), []);
      if (status >= 300) throw error;
      throw new ChatError('upstream_blocked', 'K2 Think wants to see a browser before it serves guests.');
    }
    response.drain();
    const next = new URL(location, url);
    if (next.origin === url.origin) return next;
    throw new ChatError('upstream_blocked', 'K2 Think sends guests to another site.', {
      hint: 'Add the token of a K2 Think account, or use an official API key.',
    });
  }
}
