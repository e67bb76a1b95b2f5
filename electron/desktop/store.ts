import ElectronStore from 'electron-store';
import { asSettingsStore, openSettingsFile, settingsFileOptions } from '../gateway/settings/settings-file.ts';
import type { SettingsStore } from '../gateway/shell.ts';

/** `settings.json` in the data folder. Throws StartError. */
export function openSettings(dataDir: string): SettingsStore {
  return openSettingsFile(dataDir, (cwd) => new ElectronStore({ name: 'settings', cwd, ...settingsFileOptions }));
}

/** Where the window was: nobody misses it, so a damaged file is simply begun anew. */
export function openWindowStore(dataDir: string): SettingsStore {
  return asSettingsStore(
    new ElectronStore({ name: 'window', cwd: dataDir, ...settingsFileOptions, clearInvalidConfig: true }),
  );
}
