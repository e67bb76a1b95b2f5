import { readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readText } from './read-text.ts';

const Account = z.object({ token: z.string().min(1) });

export interface AccountFile {
  /** Below the folder. */
  readonly name: string;
  /** Null: the file holds none. */
  readonly token: string | null;
}

/** The tokens of a folder the Python server imported from: every `*.json` in it and below with an object that has a `token`. */
export function readAccountFiles(folder: string): AccountFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.toLowerCase().endsWith('.json'))
    .toSorted()
    .map((name) => ({ name, token: tokenOf(path.join(folder, name)) }));
}

function tokenOf(file: string): string | null {
  try {
    return Account.parse(JSON.parse(readText(file))).token.trim();
  } catch {
    return null;
  }
}
