import type { Request, RequestHandler, Response } from 'express';
import type { Dialect } from '../dialects/dialect.ts';
import type { Activity } from '../clients/activity.ts';
import type { ClientKeys, KeyHolder } from '../keys/client-keys.ts';
import { clientName } from './client-name.ts';

/** Whose key each response belongs to. */
const holders = new WeakMap<Response, KeyHolder>();

/** Null when no key is needed. */
export const holderOf = (response: Response): KeyHolder | null => holders.get(response) ?? null;

/** What stands before every route for clients: `needKey` knows who asks, `admit` counts a request that costs something. */
export function clientAuth(
  keys: ClientKeys,
  speaks: (request: Request) => Dialect,
  visits?: Pick<Activity, 'asked' | 'refused'>,
): { readonly needKey: RequestHandler; readonly admit: RequestHandler } {
  return {
    needKey(request, response, next) {
      const route = speaks(request).id === 'anthropic-messages' ? 'anthropic' : 'openai';
      let holder: KeyHolder | null;
      try {
        holder = keys.identify(request.headers, route);
      } catch (error) {
        visits?.refused(request.headers);
        throw error;
      }
      visits?.asked(request.headers, request.path);
      if (holder) holders.set(response, holder);
      response.locals['clientKey'] = holder?.record.name;
      next();
    },
    admit(request, response, next) {
      const holder = holderOf(response);
      if (holder) {
        const id = String(response.getHeader('x-request-id'));
        keys.admit(holder, id, clientName(request.headers));
        response.once('close', () => keys.release(id));
      }
      next();
    },
  };
}
