import path from 'node:path';
import ElectronStore from 'electron-store';
import { type SettingsStore, StartError } from '../gateway/shell.ts';

/**
 * `settings.json` in the data folder. A damaged file is an error for the user to hear of, not a reason to start
 * over, so it is never cleared here.
 */
export function openSettings(dataDir: string): SettingsStore {
  try {
    return adapt(
      new ElectronStore({ name: 'settings', cwd: dataDir, configFileMode: 0o600, clearInvalidConfig: false }),
    );
  } catch (error) {
    const file = path.join(dataDir, 'settings.json');
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartError(
      'settings_damaged',
      `${file} cannot be read (${reason}). Repair it, or move it away to start with the defaults.`,
      78,
    );
  }
}

/** Where the window was: nobody misses it, so a damaged file is simply begun anew. */
export function openWindowStore(dataDir: string): SettingsStore {
  return adapt(new ElectronStore({ name: 'window', cwd: dataDir, configFileMode: 0o600, clearInvalidConfig: true }));
}

/** Any value under any dotted key; what they mean and whether they are valid is checked where they are used. */
function adapt(store: ElectronStore): SettingsStore {
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
