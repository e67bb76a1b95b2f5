import type { RequestHandler } from 'express';
import { ChatError } from '../chat/errors.ts';
import { peerIn } from './peer.ts';

/** The share of all that another computer may take alone: what it does must not keep out the others, nor this one. */
const shareOfOne = 1 / 10;

/**
 * Bounds the requests of clients that are answered at once. Passes ChatError `queue_full` on for those beyond, and
 * `rate_limit_exceeded` for those of another computer that takes too many alone.
 */
export function slots(most: () => number): RequestHandler {
  let taken = 0;
  const elsewhere = new Map<string, number>();
  return (_request, response, next) => {
    const { address, local } = peerIn(response);
    const one = local ? '' : address;
    const own = elsewhere.get(one) ?? 0;
    const mostOfOne = Math.max(1, Math.floor(most() * shareOfOne));
    if (one !== '' && own >= mostOfOne) return next(tooManyOfOne(mostOfOne));
    if (taken >= most()) {
      const message = `As many requests as are allowed at once (${most()}) are being answered.`;
      return next(new ChatError('queue_full', message, { retryAfterMs: 2_000 }));
    }
    if (response.destroyed) return next();
    taken++;
    if (one !== '') elsewhere.set(one, own + 1);
    response.once('close', () => {
      taken--;
      const left = (elsewhere.get(one) ?? 0) - 1;
      if (left > 0) elsewhere.set(one, left);
      else elsewhere.delete(one);
    });
    next();
  };
}

const tooManyOfOne = (most: number): ChatError =>
  new ChatError(
    'rate_limit_exceeded',
    `${most} requests of this computer are being answered, as many as one may have.`,
    {
      retryAfterMs: 2_000,
      hint: 'Wait for one of them, or raise the requests at once in Traygate › Settings (MAX_REQUESTS).',
    },
  );
