import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Backup } from '../../../shared/backup.ts';
import type { aboutCalls, Reached } from '../../../shared/about.ts';
import type { GatewayState } from '../../../shared/state.ts';
import { type Handlers, Refusal } from '../control/dispatch.ts';
import type { TokenKeeper } from '../control/tokens.ts';
import type { Network } from '../network/network.ts';
import type { Renewable } from '../network/undici-network.ts';
import { addressOf } from '../settings/addresses.ts';
import { masked } from '../settings/desk.ts';
import type { Settings } from '../settings/settings.ts';
import type { Shell } from '../shell.ts';
import type { Sources } from '../sources.ts';
import { reach } from './reach.ts';
import { selfTest } from './self-test.ts';

export interface AboutControls {
  readonly shell: Pick<Shell, 'dataDir' | 'docsDir' | 'settings' | 'showFile'>;
  readonly settings: Settings;
  readonly sources: Pick<Sources, 'list' | 'keeping'>;
  readonly tokens: Pick<TokenKeeper, 'list'>;
  readonly network: Network & Renewable;
  readonly state: () => GatewayState;
  readonly clientKey: () => string | null;
  readonly upkeep: { readonly backups: { readonly list: () => readonly Backup[] } };
}

/** What Settings › About and diagnostics asks. */
export function aboutHandlers(controls: AboutControls): Pick<Handlers, keyof typeof aboutCalls> {
  const { shell, settings, sources, tokens, network, state, clientKey, upkeep } = controls;
  const places = {
    data: shell.dataDir,
    settings: shell.settings.path,
    logs: path.join(shell.dataDir, 'logs', 'traygate.log'),
  };
  const reachAll = (): Promise<Reached[]> => {
    const targets = sources.list().flatMap(({ provider: { id, name } }) => {
      const address = state().providers.some((one) => one.id === id && one.enabled) ? addressOf(settings, id) : null;
      return address === null ? [] : [{ provider: id, name, address }];
    });
    return Promise.all(targets.map((target) => reach(network, target)));
  };
  return {
    'about.get': () => {
      const { node, electron, chrome } = process.versions;
      return {
        runs: { ...(electron && { Electron: electron }), ...(chrome && { Chromium: chrome }), 'Node.js': node },
        system: `${os.type()} ${os.release()} ${os.arch()}`,
        places,
        canShow: shell.showFile !== undefined,
      };
    },
    'about.show': async ({ place }) => {
      if (!shell.showFile) throw new Refusal('There is no desktop to show it on.');
      await shell.showFile(places[place]);
      return null;
    },
    'about.licences': async () => ({ text: await licences(shell.docsDir) }),
    'about.reach': async () => {
      // On a connection that was made before, a proxy that refuses by now would not be noticed.
      network.renew();
      return { proxy: masked('network.proxy', settings.get('network.proxy')), reached: await reachAll() };
    },
    'about.test': () =>
      selfTest({
        state,
        clientKey,
        dataDir: shell.dataDir,
        lockedTokens: () =>
          [...sources.keeping().keys()].flatMap((id) => tokens.list(id)).filter((token) => token.state === 'locked')
            .length,
        backups: () => upkeep.backups.list(),
        reach: reachAll,
      }),
  };
}

/** Beside what was built; where that is an archive, beside the archive. */
async function licences(docsDir: string): Promise<string | null> {
  for (const up of ['..', '../../..']) {
    const text = await readFile(path.join(docsDir, up, 'THIRD-PARTY.txt'), 'utf8').catch(() => null);
    if (text !== null) return text;
  }
  return null;
}
