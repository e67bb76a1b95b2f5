import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type BackupKind, backupKinds } from '../../../shared/backup.ts';
import { stamp } from '../storage/set-aside.ts';

/** How many of each kind stay. */
const kept: Readonly<Record<BackupKind, number>> = { automatic: 7, manual: 7, safety: 3 };

export const backupFolder = (dataDir: string): string => path.join(dataDir, 'backups');

const name = new RegExp(`^(\\d{4}-\\d\\d-\\d\\d(?:T[\\d-]+\\.\\d{3}Z)?)-(${backupKinds.join('|')})\\.db$`);

export interface BackupFile {
  /** Its file name. */
  readonly id: string;
  readonly kind: BackupKind;
  readonly file: string;
}

/** One automatic backup per day: the next one of that day replaces it. */
export function nameFor(kind: BackupKind, at: number): string {
  return `${kind === 'automatic' ? stamp(at).slice(0, 10) : stamp(at)}-${kind}.db`;
}

/** Newest first. Anything else in the folder is left out. */
export function listFiles(dataDir: string): BackupFile[] {
  const folder = backupFolder(dataDir);
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).flatMap((id) => {
    const kind = backupKinds.find((known) => known === name.exec(id)?.[2]);
    return kind ? [{ id, kind, file: path.join(folder, id) }] : [];
  });
  return found.toSorted((a, b) => (a.id < b.id ? 1 : -1));
}

/** Removes those that are too many, the oldest of their kind first. */
export function prune(dataDir: string): void {
  for (const kind of backupKinds) {
    const files = listFiles(dataDir).filter((file) => file.kind === kind);
    for (const { file } of files.slice(kept[kind])) rmSync(file, { force: true });
  }
}
