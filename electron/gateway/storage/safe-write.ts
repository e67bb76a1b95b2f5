import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

const mark = '.traygate-new';

/**
 * Replaces a file as a whole or not at all, for this user only unless another mode is given. Throws what the system says, e.g. ENOSPC, with the file as it
 * was. What is written is read back before it takes the old one's place: a full disk can cut a file short without an error.
 */
export function writeSafely(file: string, text: string, mode = 0o600): void {
  const temporary = `${file}${mark}`;
  rmSync(temporary, { force: true });
  try {
    const handle = openSync(temporary, 'wx', 0o600);
    try {
      writeFileSync(handle, text);
      if (mode !== 0o600 && process.platform !== 'win32') fchmodSync(handle, mode);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    if (readFileSync(temporary, 'utf8') !== text)
      throw Object.assign(new Error('not all was written'), { code: 'EIO' });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(path.dirname(file));
}

/** Makes a new name in a folder survive a power cut, where the system lets folders be opened. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Removes what a process that was killed in the middle of a save has left. Only for who holds the folder's lock. */
export function sweep(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (name.endsWith(mark)) rmSync(path.join(folder, name), { force: true });
}
