import { builtIns } from '../../../../shared/provider.ts';
import { ChatError } from '../../chat/errors.ts';
import type { Provider, ProviderContext } from '../provider.ts';
import { Auth } from './auth.ts';
import { Chats } from './chats.ts';
import { Completion, type Site } from './completion.ts';
import { Files } from './files.ts';
import { FrontendVersion } from './frontend-version.ts';
import { userIdOf } from './identity.ts';
import { Models } from './models.ts';
import { completed, type Caller, type ZaiOptions } from './options.ts';
import { ServerClock } from './server-clock.ts';
import { wishOf } from './wish.ts';

export type { ZaiOptions } from './options.ts';

/** The web chat of Z.AI (chat.z.ai): unofficial, for accounts and guests. What goes over the wire is in README.md beside this file. */
export function createZaiProvider(context: ProviderContext, options: ZaiOptions = {}): Provider {
  const setup = completed(options);
  const chats = new Chats(context, setup);
  const models = new Models(context, setup);
  const auth = new Auth(context, setup);
  const site: Site = {
    context,
    setup,
    chats,
    files: new Files(context.network, setup),
    version: new FrontendVersion(context, setup),
    time: new ServerClock(setup.clock),
  };
  return {
    id: 'zai',
    name: builtIns.zai.name,
    needsCredential: true,
    models: () => models.list(),
    refreshModels: (signal) => models.refresh(signal),
    verify: (secret, signal) => auth.verify(secret, signal),
    guests: {
      create: (signal) => auth.createGuest(signal),
      dispose: (session, signal) => chats.deleteAll(session.secret, signal),
    },
    async open(call) {
      const { credential, request, model, signal, trace } = call;
      if (!credential) throw new ChatError('no_token_configured', 'Z.AI needs a token or a guest session.');
      const guest = credential.kind === 'guest';
      const { secret: token, userId = userIdOf(token) } = credential;
      const caller: Caller = { token, userId, guest, signal };
      const wish = wishOf(request, models.traits(model), model.id, guest, (notice) => trace.warn(notice));
      const completion = new Completion(site, call, caller, wish);
      return completion.events(await completion.open());
    },
  };
}
