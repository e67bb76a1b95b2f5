import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { Refusal } from '../control/dispatch.ts';
import { writeSafely } from '../storage/safe-write.ts';

const mostBytes = 5_000_000;
const bom = '\uFEFF';

/** A client's settings file as it was read. */
export interface ReadFile {
  /** The file itself, behind any link. */
  readonly target: string;
  readonly exists: boolean;
  /** Without a byte order mark. */
  readonly text: string;
  readonly mark: string;
  readonly mode: number | null;
}

export const versionOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const refuse = {
  link: () =>
    new Refusal('The file is a link that leads nowhere, or has several names; change it by hand.', 'client_file_link'),
  locked: () => new Refusal('The file cannot be read or written by this user.', 'client_file_locked'),
  text: () => new Refusal('The file is no text that can be changed safely.', 'client_file_unparsable'),
};

function targetOf(file: string): string {
  const link = lstatSync(file, { throwIfNoEntry: false });
  if (!link?.isSymbolicLink()) return file;
  try {
    return realpathSync(file);
  } catch {
    throw refuse.link();
  }
}

/** Reads a file for changing it. Throws Refusal. */
export function readClientFile(file: string): ReadFile {
  const target = targetOf(file);
  const found = statSync(target, { throwIfNoEntry: false });
  if (!found) return { target, exists: false, text: '', mark: '', mode: null };
  if (!found.isFile() || found.size > mostBytes) throw refuse.text();
  const bytes = readBytes(target);
  const whole = bytes.toString('utf8');
  if (!Buffer.from(whole, 'utf8').equals(bytes)) throw refuse.text();
  const mark = whole.startsWith(bom) ? bom : '';
  return { target, exists: true, text: whole.slice(mark.length), mark, mode: found.mode & 0o7777 };
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw refuse.locked();
  }
}

function checkWritable(file: ReadFile, found: Stats): void {
  // A new file would take the place of one of its names only.
  if (found.nlink > 1) throw refuse.link();
  try {
    accessSync(file.target, constants.W_OK);
  } catch {
    throw refuse.locked();
  }
}

/** Replaces a file as a whole or not at all; its mode stays. A new one is for this user only, for it holds a key. */
export function writeClientFile(file: ReadFile, text: string): void {
  const found = statSync(file.target, { throwIfNoEntry: false });
  if (found) checkWritable(file, found);
  try {
    mkdirSync(path.dirname(file.target), { recursive: true });
    writeSafely(file.target, file.mark + text, file.mode ?? 0o600);
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['EACCES', 'EPERM', 'EROFS'].includes(String(error.code)))
      throw refuse.locked();
    throw error;
  }
}

export const removeClientFile = (file: ReadFile): void => rmSync(file.target, { force: true });
