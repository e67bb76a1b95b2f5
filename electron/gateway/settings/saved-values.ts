import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { StartError } from '../shell.ts';
import { isSettingPath, type SettingPath, settingSchemas } from './schema.ts';

/** Of `settings.json`; goes up when an older version would misread what a newer one writes. */
export const settingsVersion = 1;

/** No settings come near this; what is larger is not read. */
const maxBytes = 5_000_000;

export interface SavedValues {
  /** As in the file, what this version does not know included. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** Settings with a value that is allowed. */
  readonly values: ReadonlyMap<SettingPath, unknown>;
  /** Settings with one that is not. */
  readonly wrong: readonly SettingPath[];
}

/** The settings of a file. Throws StartError `settings_newer`; for a damaged one, another Error. */
export function readSavedFile(file: string): SavedValues {
  if (statSync(file).size > maxBytes) throw new Error('it is too large');
  return readSaved(readFileSync(file, 'utf8'), file);
}

/** @param file its name, for the message */
export function readSaved(text: string, file: string): SavedValues {
  const parsed = z.record(z.string(), z.unknown()).safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error('it holds no settings');
  const version = z.number().catch(settingsVersion).parse(parsed.data['version']);
  if (version > settingsVersion) {
    throw new StartError(
      'settings_newer',
      `${file} was written by a newer version of Traygate. Install that version, or use another data folder.`,
      78,
    );
  }
  const values = new Map<SettingPath, unknown>();
  const wrong: SettingPath[] = [];
  for (const path of Object.keys(settingSchemas).filter(isSettingPath)) {
    const value = valueAt(parsed.data, path);
    if (value === undefined) continue;
    const checked = settingSchemas[path].safeParse(value);
    if (checked.success) values.set(path, checked.data);
    else wrong.push(path);
  }
  return { raw: parsed.data, values, wrong };
}

/** What stands at a dotted path; only what the file itself says, never what every object has. */
function valueAt(from: unknown, path: string): unknown {
  let value = from;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = z.record(z.string(), z.unknown()).parse(value)[name];
  }
  return value;
}
