import { readFileSync } from 'node:fs';

/** How many files and connections this process may have open (`ulimit -n`); null where the system has another way to say it. */
export function openFilesLimit(read = (file: string) => readFileSync(file, 'utf8')): number | null {
  try {
    const soft = /^Max open files\s+(\d+)/m.exec(read('/proc/self/limits'))?.[1];
    return soft === undefined ? null : Number(soft);
  } catch {
    return null;
  }
}

/** The database, its side files, the log, and what Node needs for itself. */
const own = 48;

/** Connections of clients that leave room for one to a provider each. At least a few, whatever the limit. */
export function connectionsWithin(files: number | null, wanted: number): number {
  return files === null ? wanted : Math.max(8, Math.min(wanted, Math.floor((files - own) / 2)));
}
