import { ChatError } from '../../chat/errors.ts';
import type { NetworkResponse } from '../../network/network.ts';
import type { GuestSession, ProviderContext, Verification } from '../provider.ts';
import { failureOf } from './errors.ts';
import { identityHeaders } from './headers.ts';
import { idIn, maskAccount, tokenUserId } from '../wire/web/identity.ts';
import { isRecord, parseJson, textIn, type Json } from '../wire/shared/json.ts';
import type { Setup } from './options.ts';
import { textOfReply } from '../wire/shared/transport.ts';

const timeoutMs = 15_000;
const replyIds = ['id', 'user_id', 'uid'];

/** Asks the site who somebody is, and becomes a guest of it (README: Identity). */
export class Auth {
  readonly #context: ProviderContext;
  readonly #setup: Setup;

  constructor(context: ProviderContext, setup: Setup) {
    this.#context = context;
    this.#setup = setup;
  }

  /**
   * Whose token this is. Only an answer about the token itself counts against it: whatever else goes wrong leaves it
   * unknown, so that an outage can never empty a pool.
   */
  async verify(secret: string, signal: AbortSignal): Promise<Verification> {
    if (!/^[\x21-\x7e]+$/.test(secret)) return invalid('The token has characters that no token of Z.AI has.');
    try {
      const response = await this.#ask(signal, secret);
      if (response.status !== 200) {
        const { error } = await failureOf(response, this.#setup.clock(), secret);
        return error.code === 'upstream_auth_failed'
          ? invalid('Z.AI no longer accepts this token.')
          : unreachable(error.message);
      }
      const reply = parseJson(await textOfReply(response, this.#setup.baseUrl));
      return isRecord(reply) ? this.#judge(reply, secret) : unreachable('Z.AI sent something else than an account.');
    } catch (error) {
      return unreachable(error instanceof ChatError ? error.message : 'Z.AI could not be asked about this token.');
    }
  }

  /** A new guest. Throws ChatError. */
  async createGuest(signal: AbortSignal): Promise<GuestSession> {
    const response = await this.#ask(signal);
    if (response.status !== 200) throw (await failureOf(response, this.#setup.clock())).error;
    const text = await textOfReply(response, this.#setup.baseUrl);
    const reply = parseJson(text);
    const token = isRecord(reply) ? textIn(reply, 'token') : undefined;
    if (!isRecord(reply) || !token) {
      throw text.trimStart().startsWith('<')
        ? new ChatError('upstream_blocked', 'Z.AI sent a web page instead of a guest session.')
        : new ChatError('upstream_protocol', 'Z.AI did not give a guest session.');
    }
    return { secret: token, userId: idIn(reply, replyIds) ?? tokenUserId(token) ?? `guest-${token.slice(0, 12)}` };
  }

  #ask(signal: AbortSignal, token?: string): Promise<NetworkResponse> {
    return this.#context.network.request({
      url: `${this.#setup.baseUrl}/api/v1/auths/`,
      method: 'GET',
      headers: identityHeaders(this.#setup, token),
      signal,
      headersTimeout: timeoutMs,
      idleTimeout: timeoutMs,
    });
  }

  #judge(reply: Json, secret: string): Verification {
    const role = textIn(reply, 'role');
    const userId = idIn(reply, replyIds);
    const expected = tokenUserId(secret);
    // For a token it no longer knows, the site may answer with a brand-new guest.
    if (userId !== undefined && expected !== undefined && userId !== expected) {
      return invalid('The account is signed out: sign in at Z.AI again and copy the new token.');
    }
    const known = userId === undefined ? {} : { userId };
    if (role === 'guest')
      return { outcome: 'guest', ...known, reason: 'This is the token of a guest, not of an account.' };
    const account = maskAccount(reply['email']);
    if (role === 'user' || role === 'admin')
      return { outcome: 'user', ...known, ...(account !== undefined && { account }) };
    if (role !== undefined) return invalid(`The account is not active at Z.AI (${role.slice(0, 40)}).`);
    return unreachable('Z.AI did not say whose token this is.');
  }
}

const invalid = (reason: string): Verification => ({ outcome: 'invalid', reason });
const unreachable = (reason: string): Verification => ({ outcome: 'unreachable', reason });
