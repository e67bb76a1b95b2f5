import { app } from 'electron';
import type { Arguments } from '../arguments.ts';
import { type Autostart, launchOf } from './autostart.ts';
import { loginItem } from './login-item.ts';
import { xdgAutostart } from './xdg-entry.ts';

/** Null where nothing of ours could be started: from a checkout, macOS would start Electron itself. */
export function openAutostart({ dataDir }: Arguments): Autostart | null {
  const { platform, execPath, env } = process;
  const launch = launchOf({
    execPath,
    environment: env,
    checkout: app.isPackaged ? null : app.getAppPath(),
    dataDir,
  });
  if (platform === 'linux') return xdgAutostart(app.getPath('appData'), launch);
  if (platform === 'win32') return loginItem(app, launch, platform);
  return platform === 'darwin' && app.isPackaged ? loginItem(app, launch, platform) : null;
}

/** macOS passes no arguments to what it starts at login. */
export const startedAtLogin = (): boolean =>
  process.platform === 'darwin' && app.isPackaged && app.getLoginItemSettings().wasOpenedAtLogin;
