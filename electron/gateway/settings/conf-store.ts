import Conf from 'conf';
import type { SettingsStore } from '../shell.ts';

/** The headless settings file: conf, the base class of electron-store, so both shells read and write the same `settings.json`. */
export function createConfStore(dataDir: string): SettingsStore {
  const conf = new Conf<Record<string, unknown>>({
    cwd: dataDir,
    configName: 'settings',
    configFileMode: 0o600,
    clearInvalidConfig: false,
    accessPropertiesByDotNotation: true,
  });
  return {
    get: (key) => conf.get(key),
    set: (key, value) => {
      conf.set(key, value);
    },
    delete: (key) => {
      conf.delete(key);
    },
    path: conf.path,
  };
}
