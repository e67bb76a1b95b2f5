import ElectronStore from 'electron-store';
import type { SettingsStore } from '../gateway/shell.ts';

/**
 * `settings.json` in the data folder. A damaged file is an error for the user to hear of, not a reason to start
 * over, so it is never cleared here.
 */
export function openSettings(dataDir: string): SettingsStore {
  return openStore('settings', dataDir);
}

/** Any value under any dotted key; what they mean and whether they are valid is checked where they are used. */
export function openStore(name: string, dataDir: string): SettingsStore {
  const store = new ElectronStore({ name, cwd: dataDir, configFileMode: 0o600, clearInvalidConfig: false });
  return {
    get: (key) => store.get(key),
    set: (key, value) => {
      store.set(key, value);
    },
    delete: (key) => {
      store.delete(key);
    },
    path: store.path,
  };
}
