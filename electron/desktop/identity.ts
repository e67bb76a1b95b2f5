import path from 'node:path';
import { app } from 'electron';
import { privateFolder } from '../gateway/storage/private-files.ts';
import type { Arguments } from './arguments.ts';

export const appId = 'dev.traygate.app';

/** Who we are to the operating system and where our files lie; must be settled before the single-instance lock is asked for. */
export function setupIdentity({ dataDir }: Arguments): void {
  // Windows shows notifications and groups taskbar buttons by this id; Linux matches windows to the .desktop file by the name.
  if (process.platform === 'win32') app.setAppUserModelId(appId);
  if (process.platform === 'linux') app.setDesktopName('traygate.desktop');

  const folder = dataDir === undefined ? app.getPath('userData') : path.resolve(dataDir);
  // Chromium's own files would otherwise lie among the settings and the database.
  const chromium = path.join(folder, 'chromium');
  privateFolder(folder);
  privateFolder(chromium);
  app.setPath('userData', folder);
  app.setPath('sessionData', chromium);
}
