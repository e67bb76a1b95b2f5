import { recoverSettings, settingsCopy, settingsFile } from '../backup/recover-settings.ts';
import type { SettingsStore } from '../shell.ts';
import { writeSafely } from '../storage/safe-write.ts';
import { settingsVersion } from './saved-values.ts';

/** What conf and electron-store have in common: any value under any dotted key. */
interface KeyValueFile {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  set(values: Record<string, unknown>): void;
  delete(key: string): void;
  readonly path: string;
}

/** Either of them as the gateway's settings; what the values mean and whether they are valid is checked where they are used. */
export function asSettingsStore(file: KeyValueFile): SettingsStore {
  return {
    get: (key) => file.get(key),
    set: (key, value) => file.set(key, value),
    setAll: (values) => file.set({ ...values }),
    delete: (key) => file.delete(key),
    path: file.path,
  };
}

/**
 * Opens `settings.json` of a data folder, repaired if it has to be (`recovered` says so). Throws StartError `settings_newer`,
 * `settings_damaged`, `already_running`.
 */
export function openSettingsFile(dataDir: string, open: (cwd: string) => KeyValueFile): SettingsStore {
  const recovered = recoverSettings(dataDir, Date.now());
  const file = open(dataDir);
  replaceWriter(file, dataDir);
  return { ...asSettingsStore(file), recovered };
}

/**
 * conf hands each save to this method. Its own (atomically) takes a short write for a whole one, so that a disk that fills up
 * leaves half a file in the place of the old one; `tests/api/storage-disk.test.ts` would notice if it came back.
 */
function replaceWriter(file: KeyValueFile, dataDir: string): void {
  Object.assign(file, {
    _write(values: object) {
      const text = JSON.stringify({ version: settingsVersion, ...values }, null, '\t');
      writeSafely(settingsFile(dataDir), text);
      try {
        writeSafely(settingsCopy(dataDir), text);
      } catch {
        // The file itself is saved; an old copy is still a copy.
      }
    },
  });
}

/** Options both shells open it with, so that they read and write the same file. */
export const settingsFileOptions = {
  configFileMode: 0o600,
  clearInvalidConfig: false,
  accessPropertiesByDotNotation: true,
} as const;
