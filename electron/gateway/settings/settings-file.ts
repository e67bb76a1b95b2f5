import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type SettingsStore, StartError } from '../shell.ts';
import { privateFile } from '../storage/database.ts';

/** What conf and electron-store have in common: any value under any dotted key. */
interface KeyValueFile {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  delete(key: string): void;
  readonly path: string;
}

/** Either of them as the gateway's settings; what the values mean and whether they are valid is checked where they are used. */
export function asSettingsStore(file: KeyValueFile): SettingsStore {
  return {
    get: (key) => file.get(key),
    set: (key, value) => file.set(key, value),
    delete: (key) => file.delete(key),
    path: file.path,
  };
}

/**
 * Opens `settings.json` of a data folder. A damaged file is an error for the user to hear of, not a reason to start over, so
 * it is never cleared. Throws StartError `settings_damaged`.
 */
export function openSettingsFile(dataDir: string, open: (cwd: string) => KeyValueFile): SettingsStore {
  const file = path.join(dataDir, 'settings.json');
  try {
    // conf takes a list or a number for an empty object, and the next change would overwrite it.
    if (existsSync(file)) {
      privateFile(file);
      z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')));
    }
    return asSettingsStore(open(dataDir));
  } catch (error) {
    const reason = error instanceof z.ZodError ? 'it holds no settings' : error instanceof Error ? error.message : '';
    throw new StartError(
      'settings_damaged',
      `${file} cannot be read (${reason}). Repair it, or move it away to start with the defaults.`,
      78,
    );
  }
}

/** Options both shells open it with, so that they read and write the same file. */
export const settingsFileOptions = {
  configFileMode: 0o600,
  clearInvalidConfig: false,
  accessPropertiesByDotNotation: true,
} as const;
