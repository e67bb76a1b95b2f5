import { ChatError } from '../../chat/errors.ts';
import type { ProviderContext, Verification } from '../provider.ts';
import { isRecord, parseJson, recordIn } from '../wire/shared/json.ts';
import { textOfReply } from '../wire/shared/transport.ts';
import { classify } from './errors.ts';
import type { Setup } from './options.ts';
import { isCookieValue, whoAmI } from './request.ts';

const timeoutMs = 15_000;

/**
 * Whether somebody is signed in with this token. Only an answer about the token counts against it: whatever else goes wrong
 * leaves it unknown, so that an outage can never empty a pool.
 */
export async function verify(
  { network }: ProviderContext,
  setup: Setup,
  token: string,
  signal: AbortSignal,
): Promise<Verification> {
  if (!isCookieValue(token)) return invalid('The token has characters that no cookie has.');
  try {
    const response = await network.request({
      ...whoAmI(setup, token),
      signal,
      headersTimeout: timeoutMs,
      idleTimeout: timeoutMs,
    });
    const body = await textOfReply(response, setup.baseUrl);
    const reply = parseJson(body);
    if (response.status === 200 && isRecord(reply) && reply['code'] === 0) {
      const status = recordIn(reply, 'data')['loginStatus'];
      if (status === 1) return { outcome: 'user' };
      return status === 0 ? invalid(signedOut) : unreachable('LongCat did not say whether somebody is signed in.');
    }
    const { status, headers } = response;
    const error = classify({ status, headers, body, now: setup.clock(), secret: token });
    return error.code === 'upstream_auth_failed' ? invalid(signedOut) : unreachable(error.message);
  } catch (error) {
    return unreachable(error instanceof ChatError ? error.message : 'LongCat could not be asked about this token.');
  }
}

const signedOut = 'LongCat no longer accepts this token: sign in again and copy the new passport_token_key.';
const invalid = (reason: string): Verification => ({ outcome: 'invalid', reason });
const unreachable = (reason: string): Verification => ({ outcome: 'unreachable', reason });
