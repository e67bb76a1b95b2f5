import Conf from 'conf';
import type { SettingsStore } from '../shell.ts';
import { openSettingsFile, settingsFileOptions } from './settings-file.ts';

/** The headless settings file: conf is the base class of electron-store. Throws StartError. */
export function createConfStore(dataDir: string): SettingsStore {
  return openSettingsFile(
    dataDir,
    (cwd) => new Conf<Record<string, unknown>>({ cwd, configName: 'settings', ...settingsFileOptions }),
  );
}
