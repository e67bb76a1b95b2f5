import type { RequestHandler } from 'express';
import { ChatError } from '../chat/errors.ts';

/** Bounds the requests of clients that are answered at once. Passes ChatError `queue_full` on for those beyond. */
export function slots(most: () => number): RequestHandler {
  let taken = 0;
  return (_request, response, next) => {
    if (taken >= most()) {
      const message = `As many requests as are allowed at once (${most()}) are being answered.`;
      return next(new ChatError('queue_full', message, { retryAfterMs: 2_000 }));
    }
    if (response.destroyed) return next();
    taken++;
    response.once('close', () => taken--);
    next();
  };
}
