import { ChatError } from '../../chat/errors.ts';
import type { ProviderContext } from '../provider.ts';
import { isRecord, parseJson, textIn } from '../wire/shared/json.ts';
import { abortable } from '../wire/shared/transport.ts';
import { claimsOf } from '../wire/web/identity.ts';
import { Cookies } from './cookies.ts';
import { failureOf } from './errors.ts';
import { headersFor } from './headers.ts';
import type { Setup } from './options.ts';

const timeoutMs = 30_000;
/** What the site's clients assume where it does not say it. */
const lifetimeMs = 59 * 60_000;
/** A token is not used in its last minute. */
const marginMs = 60_000;
/** No site hands out tokens for longer; also what keeps a timestamp from being taken for seconds. */
const longestSeconds = 366 * 24 * 3600;

interface SignIn {
  readonly email: string;
  readonly password: string;
}

interface Session {
  readonly token: string;
  readonly until: number;
}

/** `name@example.com:password`; anything else is taken for the token of a signed-in browser. */
export function signInOf(secret: string): SignIn | undefined {
  const [, email, password] = /^([^\s:@]+@[^\s:@]+):(.+)$/s.exec(secret) ?? [];
  return email !== undefined && password !== undefined ? { email, password } : undefined;
}

/** When a token ends, as it says itself. */
export function endOf(token: string): number | undefined {
  const { exp } = claimsOf(token);
  return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : undefined;
}

/** What of a secret must never be seen. */
export const hiddenParts = (secret: string, token?: string): readonly string[] =>
  [secret, signInOf(secret)?.password, token].filter((part) => part !== undefined);

/** The tokens behind the credentials of accounts (README: Accounts). Those of a sign-in are kept in memory only. */
export class Accounts {
  readonly #context: ProviderContext;
  readonly #setup: Setup;
  readonly #sessions = new Map<string, Session>();
  readonly #running = new Map<string, Promise<Session>>();

  constructor(context: ProviderContext, setup: Setup) {
    this.#context = context;
    this.#setup = setup;
  }

  /** A token that is good as far as is known. Throws ChatError. */
  async token(secret: string, signal: AbortSignal): Promise<string> {
    const now = this.#setup.clock();
    const account = signInOf(secret);
    if (!account) {
      const end = endOf(secret);
      if (end === undefined || end > now) return secret;
      throw new ChatError('upstream_auth_failed', 'The K2 Think token has expired.', {
        hint: 'Sign in at K2 Think again and copy the new token.',
      });
    }
    const session = this.#sessions.get(secret);
    if (session && session.until - marginMs > now) return session.token;
    return (await abortable(this.#shared(secret, account), signal)).token;
  }

  /** The site no longer accepts this token; true when signing in again may help. */
  forget(secret: string, token: string): boolean {
    if (this.#sessions.get(secret)?.token === token) this.#sessions.delete(secret);
    return signInOf(secret) !== undefined;
  }

  /** Many requests of one account sign in once; whoever leaves does not stop it for the others. */
  #shared(secret: string, account: SignIn): Promise<Session> {
    const running =
      this.#running.get(secret) ??
      this.#signIn(account)
        .then((session) => {
          this.#sessions.set(secret, session);
          return session;
        })
        .finally(() => this.#running.delete(secret));
    this.#running.set(secret, running);
    return running;
  }

  async #signIn({ email, password }: SignIn): Promise<Session> {
    const { clock, baseUrl } = this.#setup;
    const response = await this.#context.network.request({
      url: `${baseUrl}/api/v1/auths/signin`,
      method: 'POST',
      headers: headersFor(this.#setup, { page: '/auth?mode=signin', accept: 'application/json' }),
      body: JSON.stringify({ email, password }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status !== 200) {
      const { error, page } = await failureOf(response, clock(), [password]);
      const refused = !page && [400, 401, 403].includes(response.status) && error.code !== 'captcha_required';
      throw refused
        ? new ChatError('upstream_auth_failed', 'K2 Think does not accept this e-mail and password.')
        : error;
    }
    const cookies = new Cookies();
    cookies.absorb(response.cookies);
    const reply = parseJson(await response.text());
    const token = (isRecord(reply) ? textIn(reply, 'token') : undefined) ?? cookies.get('token');
    if (token === undefined || !/^[\x21-\x7e]+$/.test(token))
      throw new ChatError('upstream_protocol', 'K2 Think did not give a token to the account.');
    const seconds = isRecord(reply) ? Number(reply['expires_in']) : Number.NaN;
    const said = seconds > 0 && seconds < longestSeconds ? clock() + seconds * 1000 : undefined;
    return { token, until: said ?? endOf(token) ?? clock() + lifetimeMs };
  }
}
