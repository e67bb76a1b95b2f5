import { builtIns } from '../../../../shared/provider.ts';
import { ChatError } from '../../chat/errors.ts';
import type { Provider, ProviderContext } from '../provider.ts';
import { Catalogue } from '../wire/shared/catalogue.ts';
import { isHeaderText } from '../wire/shared/headers.ts';
import { Accounts, signInOf } from './account.ts';
import { openAnswer } from './completion.ts';
import { Guests } from './guests.ts';
import { described, knownModels, listModels } from './models.ts';
import { completed, type K2ThinkOptions } from './options.ts';
import { verifyAccount } from './verify.ts';

/** The web chat of K2 Think: unofficial, for guests and accounts. What goes over the wire is in README.md beside this file. */
export function createK2ThinkProvider(context: ProviderContext, options: K2ThinkOptions = {}): Provider {
  const setup = completed(options);
  const guests = new Guests(context, setup);
  const accounts = new Accounts(context, setup);
  const site = { context, setup, guests, accounts };
  const catalogue = new Catalogue(context, {
    id: 'k2think',
    baseUrl: setup.baseUrl,
    // Guests are not told of the models.
    async fetch(signal, secret) {
      if (secret === undefined) return [];
      return (await listModels(context.network, setup, await accounts.token(secret, signal), signal)) ?? [];
    },
    fallback: knownModels,
    filter: [],
    prefix: '',
    unlisted: (upstreamId) => described({ upstreamId, created: 0 }),
  });
  return {
    id: 'k2think',
    name: builtIns.k2think.name,
    needsCredential: true,
    models: () => catalogue.list(),
    refreshModels: (signal, secret) => catalogue.refresh(signal, secret),
    verify: (secret, signal) =>
      verifyAccount(context, setup, accounts, secret, signal, (models) => {
        catalogue.take(models);
        catalogue.accepted(secret);
      }),
    guests: {
      create: (signal) => guests.create(signal),
      // The site has nothing that ends a session; it forgets idle ones.
      dispose: async ({ secret }) => guests.forget(secret),
    },
    async open(call) {
      const { credential } = call;
      if (!credential) throw new ChatError('no_token_configured', 'K2 Think needs a token or a guest session.');
      if (credential.kind === 'user' && !signInOf(credential.secret) && !isHeaderText(credential.secret))
        throw new ChatError('upstream_auth_failed', 'The K2 Think token has characters that no token has.');
      return openAnswer(site, call, credential);
    },
  };
}
