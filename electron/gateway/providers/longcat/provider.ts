import { builtIns } from '../../../../shared/provider.ts';
import { ChatError } from '../../chat/errors.ts';
import type { Provider, ProviderContext } from '../provider.ts';
import { verify } from './auth.ts';
import { openAnswer, type Site } from './completion.ts';
import { models } from './models.ts';
import { completed, type LongCatOptions } from './options.ts';
import { isCookieValue } from './request.ts';
import { Sessions } from './sessions.ts';
import { wishOf } from './wish.ts';

export type { LongCatOptions } from './options.ts';

/** The web chat of LongCat (longcat.chat): unofficial, for accounts. What goes over the wire is in README.md beside this file. */
export function createLongCatProvider(context: ProviderContext, options: LongCatOptions = {}): Provider {
  const setup = completed(options);
  const site: Site = { context, setup, sessions: new Sessions(context, setup), generation: setup.generation };
  return {
    id: 'longcat',
    name: builtIns.longcat.name,
    needsCredential: true,
    models: () => models,
    // The site lists none.
    refreshModels: () => Promise.resolve(),
    verify: (secret, signal) => verify(context, setup, secret, signal),
    async open(call) {
      const { credential, request, model, trace } = call;
      if (!credential) throw new ChatError('no_token_configured', 'LongCat needs the passport token of an account.');
      const { secret: token } = credential;
      if (!isCookieValue(token))
        throw new ChatError('upstream_auth_failed', 'The token has characters that no cookie has.');
      return openAnswer(
        site,
        call,
        token,
        wishOf(request, model, (notice) => trace.warn(notice)),
      );
    },
  };
}
