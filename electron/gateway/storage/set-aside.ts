import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Where what is to replace a damaged file is made ready. */
export const replacementOf = (file: string): string => `${file}.restored`;

/** A time as part of a file name. */
export const stamp = (at: number): string => new Date(at).toISOString().replaceAll(':', '-');

/**
 * Moves a damaged file away under a name that tells when, and puts its replacement in its place. Nothing of it is deleted.
 * `finishSettingAside` completes what a crash has cut in two. Returns the name it is kept under.
 */
export function setAside(file: string, at: number): string {
  const { dir, name, ext } = path.parse(file);
  const keptAs = `${name}.damaged-${stamp(at)}${ext}`;
  // The write-ahead log goes first: beside another database it would be taken for a part of that one.
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, path.join(dir, `${keptAs}-wal`));
  rmSync(`${file}-shm`, { force: true });
  if (existsSync(file)) renameSync(file, path.join(dir, keptAs));
  renameSync(replacementOf(file), file);
  return keptAs;
}

export function finishSettingAside(file: string): void {
  if (!existsSync(file) && existsSync(replacementOf(file))) renameSync(replacementOf(file), file);
}
