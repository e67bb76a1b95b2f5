import { chmodSync, closeSync, lstatSync, mkdirSync, openSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import { StartError } from '../shell.ts';

const tightened = new Set<string>();

/** What other users could read until now, since this was last asked: worth one warning. */
export function takeTightened(): string[] {
  const files = [...tightened];
  tightened.clear();
  return files;
}

/** Folders that others need as they are: the root, and those where everybody may write, such as /tmp. */
function isShared(folder: string): boolean {
  const place = path.resolve(folder);
  if (place === path.parse(place).root) return true;
  const mode = statSync(place, { throwIfNoEntry: false })?.mode ?? 0;
  return process.platform !== 'win32' && (mode & 0o1000) !== 0;
}

/** Root may use what belongs to others: a container often does, with a folder of the host. */
function isForeign({ uid }: Stats): boolean {
  const me = process.getuid?.() ?? 0;
  return me !== 0 && uid !== me;
}

function tighten(place: string, mode: number): void {
  if (process.platform === 'win32' || (statSync(place).mode & 0o077) === 0) return;
  chmodSync(place, mode);
  tightened.add(place);
}

const unusable = (what: string, why: string, remedy: string): StartError =>
  new StartError('data_folder_unusable', `${what} cannot be used: ${why}. ${remedy}`, 78);

/** Creates a folder for this user only, and tightens one that is too open. Throws StartError `data_folder_unusable`. */
export function privateFolder(folder: string): void {
  if (isShared(folder)) {
    throw new StartError(
      'data_folder_shared',
      `${folder} is not for Traygate alone. Choose a folder of its own with --data-dir.`,
      78,
    );
  }
  const elsewhere = 'Choose another folder with --data-dir.';
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (isForeign(statSync(folder))) throw unusable(folder, 'it belongs to another user', elsewhere);
    tighten(folder, 0o700);
  } catch (error) {
    if (error instanceof StartError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw unusable(folder, `it is no folder for data (${code})`, elsewhere);
  }
}

/**
 * Creates a file for this user only, and tightens one that is too open. SQLite gives its side files the same mode. Throws
 * StartError `data_folder_unusable` for one that leads elsewhere (a link) or is somebody else's: nothing is written through it.
 */
export function privateFile(file: string): void {
  const before = lstatSync(file, { throwIfNoEntry: false });
  if (before) {
    // Opening a pipe waits for its other end, which is somebody else's.
    if (!before.isFile() && !before.isSymbolicLink())
      throw unusable(file, 'it is no file', 'Move away what is in its place.');
    if (before.isSymbolicLink() || before.nlink > 1)
      throw unusable(file, 'it is a link', 'Put the file itself in its place.');
    if (isForeign(before)) throw unusable(file, 'it belongs to another user', 'Move it away, or correct its owner.');
  }
  closeSync(openSync(file, 'a', 0o600));
  tighten(file, 0o600);
}
