import os from 'node:os';
import path from 'node:path';
import { switches } from './switches.ts';

/** app.getPath(): what was set, else where Linux keeps it. */
export class Paths {
  #set = new Map<string, string>();

  set(name: string, value: string) {
    if (!path.isAbsolute(value)) throw new Error('Path must be absolute');
    this.#set.set(name, value);
  }

  get(name: string, appName: string): string {
    const set = this.#set.get(name);
    if (set) return set;
    const home = os.homedir();
    switch (name) {
      case 'home':
        return home;
      case 'appData':
        return process.env.XDG_CONFIG_HOME || path.join(home, '.config');
      case 'userData':
        return switches.get('user-data-dir') || path.join(this.get('appData', appName), appName);
      case 'sessionData':
        return this.get('userData', appName);
      case 'logs':
        return path.join(this.get('userData', appName), 'logs');
      case 'crashDumps':
        return path.join(this.get('userData', appName), 'Crashpad');
      case 'temp':
        return os.tmpdir();
      case 'exe':
      case 'module':
        return process.execPath;
      case 'desktop':
      case 'documents':
      case 'downloads':
      case 'music':
      case 'pictures':
      case 'videos':
        return path.join(home, name[0]!.toUpperCase() + name.slice(1));
      default:
        throw new Error(`Failed to get '${name}' path`);
    }
  }
}
