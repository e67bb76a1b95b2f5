import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { StartError } from '../shell.ts';
import { isDamage } from './database.ts';
import { privateFile } from './private-files.ts';

const SQLITE_BUSY = 5;
const Owner = z.object({ pid: z.number(), url: z.string().optional() });

export interface FolderLock {
  /** The last holder ended without letting go: it crashed, was killed, or the power went. */
  readonly unclean: boolean;
  /** Lets a second start say where the first one answers. */
  announce(url: string): void;
  release(): void;
}

/**
 * One gateway per data folder. The lock is SQLite's own exclusive file lock: the system frees it when the process dies,
 * so no stale lock can remain, whatever happens to pids. Throws StartError `already_running` naming the first.
 */
export function lockFolder(dataDir: string): FolderLock {
  const file = path.join(dataDir, 'traygate.lock');
  const owner = path.join(dataDir, 'traygate.pid');
  privateFile(file);
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('PRAGMA journal_mode = OFF; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;');
  } catch (error) {
    database.close();
    if (isDamage(error)) {
      throw new StartError('lock_damaged', `${file} is damaged; it holds nothing and can be deleted.`, 78);
    }
    if (!(error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY)) throw error;
    throw new StartError(
      'already_running',
      `Traygate already runs on ${dataDir}${nameOf(owner)}. Stop it, or start this one with another --data-dir.`,
      69,
    );
  }
  const unclean = existsSync(owner);
  const write = (content: object) => {
    try {
      writeFileSync(owner, JSON.stringify(content), { mode: 0o600 });
    } catch {
      // A full disk: a second start is then not told who the first is, and no more.
    }
  };
  write({ pid: process.pid });
  return {
    unclean,
    announce: (url) => write({ pid: process.pid, url }),
    release() {
      rmSync(owner, { force: true });
      database.close();
    },
  };
}

function nameOf(owner: string): string {
  try {
    const { pid, url } = Owner.parse(JSON.parse(readFileSync(owner, 'utf8')));
    return ` (pid ${pid}${url ? `, ${url}` : ''})`;
  } catch {
    return '';
  }
}
