import type { RequestHandler } from 'express';
import { ChatError } from '../chat/errors.ts';
import type { Sessions } from '../control/sessions.ts';
import { peerIn } from './peer.ts';

const hint = 'Send ADMIN_PASSWORD as “Authorization: Bearer …”; a client key does not count here.';

/**
 * Lets only the administrator in: ADMIN_PASSWORD as a Bearer value or `x-api-key`. Client keys are handed to programs that are
 * to chat; they neither see the tokens nor change them. Without a password set nobody is let in. Wrong tries are slowed down
 * together with those of signing in.
 */
export function needAdmin(sessions: Sessions): RequestHandler {
  return ({ headers }, response, next) => {
    response.set('cache-control', 'no-store');
    const bearer = /^Bearer +(\S.*)$/i.exec(headers.authorization ?? '')?.[1]?.trim();
    const header = headers['x-api-key'];
    const sent = bearer ?? (typeof header === 'string' ? header : undefined);
    if (sent === undefined) throw new ChatError('invalid_api_key', 'This is for the administrator.', { hint });
    const { ok, waitMs } = sessions.isAdmin(sent, peerIn(response).address);
    if (ok) return next();
    if (waitMs === 0)
      throw new ChatError('invalid_api_key', 'This is not the password of the administrator.', { hint });
    throw new ChatError('invalid_api_key', 'There were too many wrong passwords.', {
      status: 429,
      retryAfterMs: waitMs,
      hint: 'Wait, then send the right one.',
    });
  };
}
