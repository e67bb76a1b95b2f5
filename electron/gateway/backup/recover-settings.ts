import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Recovered } from '../../../shared/state.ts';
import type { SettingPath } from '../settings/schema.ts';
import { readSaved, readSavedFile, type SavedValues } from '../settings/saved-values.ts';
import { StartError } from '../shell.ts';
import { lockFolder } from '../storage/lock.ts';
import { privateFile } from '../storage/private-files.ts';
import { writeSafely } from '../storage/safe-write.ts';
import { finishSettingAside, replacementOf, setAside } from '../storage/set-aside.ts';
import { listFiles } from './folder.ts';
import { readSnapshot } from './snapshot.ts';

export const settingsFile = (dataDir: string): string => path.join(dataDir, 'settings.json');
/** The same content once more, written after each save: a damaged file costs nothing. */
export const settingsCopy = (dataDir: string): string => path.join(dataDir, 'settings.copy.json');

type Good = { readonly saved: SavedValues; readonly madeAt: number | null };

/**
 * Makes `settings.json` fit to be read: a damaged file is put aside and its copy, the newest good backup or nothing takes its
 * place; of a file with values that are not allowed only those are replaced. Null when nothing had to be done. Throws StartError
 * `settings_newer` or `already_running` with nothing changed, `settings_damaged` when there is no room to do it.
 */
export function recoverSettings(dataDir: string, now: number): Recovered | null {
  const file = settingsFile(dataDir);
  finishSettingAside(file);
  if (!existsSync(file)) return null;
  privateFile(file);
  const found = attempt(
    () => readSavedFile(file),
    (error) => error instanceof StartError,
  );
  if (found && found.wrong.length === 0) return null;
  const lock = lockFolder(dataDir);
  try {
    const good = newestGood(dataDir);
    const next = found ? repaired(found, good) : (good?.saved.raw ?? {});
    writeSafely(replacementOf(file), JSON.stringify(next, null, '\t'));
    const keptAs = setAside(file, now);
    return {
      what: 'settings',
      at: now,
      keptAs,
      from: good ? (good.madeAt === null ? 'copy' : 'backup') : 'nothing',
      backup: good?.madeAt ?? null,
      tokens: null,
      settings: [...(found?.wrong ?? [])],
    };
  } catch (error) {
    throw new StartError(
      'settings_damaged',
      `${file} is damaged and could not be replaced (${error instanceof Error ? error.message : ''}). Make room, or repair it.`,
      78,
    );
  } finally {
    lock.release();
  }
}

function newestGood(dataDir: string): Good | null {
  const copy = attempt(() => readSavedFile(settingsCopy(dataDir)));
  if (copy) return { saved: copy, madeAt: null };
  const snapshots = listFiles(dataDir)
    .map((backup) => readSnapshot(backup))
    .filter(({ facts }) => facts.problem === null)
    .toSorted((a, b) => b.facts.madeAt - a.facts.madeAt);
  for (const { facts, settings } of snapshots) {
    const saved = attempt(() => readSaved(settings, facts.id));
    if (saved) return { saved, madeAt: facts.madeAt };
  }
  return null;
}

/** Null when it throws. @param unless what has to be heard of all the same */
function attempt<T>(read: () => T, unless: (error: unknown) => boolean = () => false): T | null {
  try {
    return read();
  } catch (error) {
    if (unless(error)) throw error;
    return null;
  }
}

/** The file's own values; in the place of those that are not allowed the good ones, or none, which means the default. */
function repaired({ raw, wrong }: SavedValues, good: Good | null): Record<string, unknown> {
  const next = structuredClone(raw);
  for (const setting of wrong) putAt(next, setting, good?.saved.values.get(setting));
  return next;
}

const Branch = z.record(z.string(), z.unknown());

function putAt(values: Record<string, unknown>, setting: SettingPath, value: unknown): void {
  const names = setting.split('.');
  const last = names.pop() ?? '';
  let branch = values;
  for (const name of names) {
    const next = Branch.safeParse(branch[name]).data ?? {};
    branch[name] = next;
    branch = next;
  }
  if (value === undefined) delete branch[last];
  else branch[last] = value;
}
