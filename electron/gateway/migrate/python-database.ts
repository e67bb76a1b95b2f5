import { closeSync, copyFileSync, existsSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { isDamage } from '../storage/database.ts';

const Row = z.object({
  id: z.union([z.number(), z.bigint(), z.string()]).transform(String),
  provider: z.string().default('zai'),
  token: z.string(),
  token_type: z.string().nullable().default('user'),
  is_enabled: z.number().nullable().default(1),
  priority: z.number().nullable().default(0),
});
export type PythonRow = z.infer<typeof Row>;

export interface PythonRows {
  readonly rows: readonly PythonRow[];
  /** Rows that are none. */
  readonly strange: number;
  /** Why not all was read; null: it was. */
  readonly problem: string | null;
}

const SQLITE_BUSY = 5;
const WAL = 2;
/** Where the header of a database says in which way it is written. */
const writeVersionAt = 18;

/** The tokens of the Python server's database. Nothing in its folder is written, not even the side files of SQLite. */
export function readPythonDatabase(file: string): PythonRows {
  const rows: PythonRow[] = [];
  let strange = 0;
  try {
    withDatabase(file, (database) => {
      for (const raw of database.prepare('SELECT * FROM tokens').iterate()) {
        const row = Row.safeParse(raw);
        if (row.success) rows.push(row.data);
        else strange++;
      }
    });
    return { rows, strange, problem: null };
  } catch (error) {
    return { rows, strange, problem: whyNot(error, rows.length) };
  }
}

/** A database in WAL mode, or one whose server was killed while writing, cannot be read without writing: a copy is then read. */
function withDatabase(file: string, work: (database: DatabaseSync) => void): void {
  if (header(file)[writeVersionAt] === WAL) return withCopy(file, work);
  try {
    reading(file, work);
  } catch (error) {
    if (existsSync(`${file}-journal`) && !isBusy(error)) return withCopy(file, work);
    throw error;
  }
}

function reading(file: string, work: (database: DatabaseSync) => void, readOnly = true): void {
  const database = new DatabaseSync(file, { readOnly, timeout: 1_000 });
  try {
    work(database);
  } finally {
    database.close();
  }
}

function withCopy(file: string, work: (database: DatabaseSync) => void): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'traygate-import-'));
  try {
    const copy = path.join(folder, 'tokens.db');
    for (const side of ['', '-wal', '-journal'])
      if (existsSync(`${file}${side}`)) copyFileSync(`${file}${side}`, `${copy}${side}`);
    reading(copy, work, false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function header(file: string): Buffer {
  const bytes = Buffer.alloc(20);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, bytes, 0, bytes.length, 0);
  } finally {
    closeSync(handle);
  }
  return bytes;
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === SQLITE_BUSY;

function whyNot(error: unknown, read: number): string {
  if (isBusy(error)) return 'it is locked by a running program: stop the Python server and run this again';
  if (isDamage(error))
    return read === 0
      ? 'it is damaged: paste its tokens in the window'
      : `it is damaged after its first ${read} tokens, which were read: paste the others in the window`;
  const message = error instanceof Error ? error.message : '';
  if (/no such table/.test(message)) return 'it has no table of tokens';
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return `it cannot be read (${code === 'ERR_SQLITE_ERROR' ? message : code})`;
}
