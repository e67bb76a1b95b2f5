import os from 'node:os';
import path from 'node:path';
import type { Environment } from './environment.ts';

/**
 * Where headless mode keeps its files by default. Not the desktop's folder: what the desktop seals with its keychain could
 * not be read here.
 */
export function defaultDataDir(platform: NodeJS.Platform, environment: Environment, home = os.homedir()): string {
  switch (platform) {
    case 'win32':
      return path.join(environment['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), 'Traygate Headless');
    case 'darwin':
      return path.join(home, 'Library', 'Application Support', 'Traygate Headless');
    default:
      return path.join(environment['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), 'traygate');
  }
}
