import { builtIns } from '../../../../shared/provider.ts';
import { ChatError } from '../../chat/errors.ts';
import type { Provider, ProviderContext } from '../provider.ts';
import { complete } from './answer.ts';
import { localModels } from './models.ts';
import { stay } from './pace.ts';

/**
 * Built-in models that answer without any account or network: they prove that a client is wired correctly
 * and show how it takes tools, thinking, errors and broken answers.
 */
export function createLocalProvider(_context: ProviderContext): Provider {
  const catalogue = localModels.map(({ info }) => info);
  const byName = new Map(localModels.map(({ info, answer }) => [info.upstreamId, answer]));
  return {
    id: 'local',
    name: builtIns.local.name,
    needsCredential: false,
    models: () => catalogue,
    refreshModels: () => Promise.resolve(),
    async open(call) {
      stay(call.signal);
      const answer = byName.get(call.model.upstreamId);
      if (!answer) throw new ChatError('model_not_found', 'There is no local model of this name.', { param: 'model' });
      // Called here and not inside the generator: a model that only fails does so before anything is sent.
      return complete(answer(call), call);
    },
  };
}
