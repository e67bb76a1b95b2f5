import { app } from 'electron';
import type { Gateway } from '../../gateway/shell.ts';
import { canUpdate } from './can-update.ts';
import { type Updater, Updates, type UpdateState } from './updates.ts';

/** The start has better things to do. */
const firstAfterMs = 60_000;
const everyMs = 24 * 3_600_000;

/** Loaded only where it is of use: it looks for its configuration as soon as it is touched. */
async function openUpdater(): Promise<Updater> {
  const { default: electronUpdater } = await import('electron-updater');
  const { autoUpdater } = electronUpdater;
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.logger = null;
  return {
    async check() {
      const result = await autoUpdater.checkForUpdates();
      return result?.isUpdateAvailable ? { version: result.updateInfo.version } : null;
    },
    load: () => autoUpdater.downloadUpdate(),
    install: () => autoUpdater.quitAndInstall(false, true),
  };
}

export interface OpenUpdateParts {
  readonly gateway: Pick<Gateway, 'hub' | 'state'>;
  readonly wanted: () => boolean;
  readonly changed: (state: UpdateState) => void;
  readonly found: (version: string) => void;
  readonly failed: (error: unknown, asked: boolean) => void;
}

/** Null where there is nothing to update from. */
export async function openUpdates({ gateway, ...rest }: OpenUpdateParts): Promise<Updates | null> {
  if (!canUpdate(process.resourcesPath, process.env, app.isPackaged)) return null;
  const idle = (): boolean => gateway.state().inFlight === 0;
  const updates = new Updates({ ...rest, updater: await openUpdater(), idle });
  gateway.hub.subscribe((name) => {
    if (name === 'state') updates.settle();
  });
  setTimeout(() => void updates.check(), firstAfterMs).unref();
  setInterval(() => void updates.check(), everyMs).unref();
  return updates;
}
