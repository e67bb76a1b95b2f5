import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

const bus = ['--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus'];
const ask = ['--method', 'org.freedesktop.DBus.NameHasOwner', 'org.kde.StatusNotifierWatcher'];

/**
 * Whether something will show a tray icon. Electron creates one on Linux either way, and GNOME without an extension
 * shows none. Old X11 trays do not answer on D-Bus, so a "no" counts only where such a tray cannot be.
 */
export async function hasTrayHost(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): Promise<boolean> {
  const { XDG_SESSION_TYPE: session, XDG_CURRENT_DESKTOP: desktop = '' } = environment;
  if (platform !== 'linux' || (session !== 'wayland' && !desktop.includes('GNOME'))) return true;
  try {
    const { stdout } = await run('gdbus', ['call', '--session', ...bus, ...ask], { timeout: 2000 });
    return !stdout.includes('false');
  } catch {
    return true;
  }
}
