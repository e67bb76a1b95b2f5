import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { readTokenLines } from '../settings/tokens-file.ts';
import { StartError } from '../shell.ts';
import { readAccountFiles } from './account-files.ts';
import { readEnvText } from './env-file.ts';
import { readPythonDatabase } from './python-database.ts';
import { readText } from './read-text.ts';
import type { Line } from './report.ts';

/** A token as it stood there. */
export interface FoundToken {
  /** File, and row or line; or the variable. */
  readonly place: string;
  readonly provider: string;
  readonly secret: string;
  readonly enabled: boolean;
  /** The higher the earlier; files have 0. */
  readonly priority: number;
  readonly guest: boolean;
}

export interface PythonServer {
  readonly dir: string;
  /** Variables of `.env`; empty where there is no such file. */
  readonly env: ReadonlyMap<string, string>;
  readonly tokens: readonly FoundToken[];
  /** What could not be read, and files that were looked for. */
  readonly files: readonly Line[];
}

/** Files and databases, by the variables that name them and by their usual names. */
const tokenFiles = [
  ['AUTH_TOKENS_FILE', 'zai', ['tokens.txt']],
  ['LONGCAT_TOKENS_FILE', 'longcat', ['longcat_tokens.txt']],
] as const;
const singles = [
  ['LONGCAT_PASSPORT_TOKEN', 'longcat'],
  ['LONGCAT_TOKEN', 'longcat'],
  ['BACKUP_TOKEN', 'zai'],
] as const;
const databases = ['tokens.db', 'data/tokens.db'];

/** Reads the folder of a Python server, and writes nothing there. Throws StartError `usage` when it is none. */
export function readPythonServer(dir: string): PythonServer {
  if (!isThere(dir, 'folder')) throw new StartError('usage', `There is no folder ${dir}.`, 64);
  const files: Line[] = [];
  const env = readEnv(path.join(dir, '.env'), files);
  const tokens: FoundToken[] = [];
  for (const file of located(dir, 'DB_PATH', env, databases, files)) readDatabase(dir, file, tokens, files);
  for (const [variable, provider, usual] of tokenFiles)
    for (const file of located(dir, variable, env, usual, files)) readList(dir, file, provider, tokens, files);
  readAccounts(dir, env.get('TOKEN_AUTO_IMPORT_SOURCE_DIR')?.trim(), tokens, files);
  for (const [variable, provider] of singles) {
    const secret = env.get(variable)?.trim();
    if (secret) tokens.push({ ...plain, place: variable, provider, secret });
  }
  if (env.size === 0 && files.length === 0)
    throw new StartError(
      'usage',
      `${dir} holds no .env, tokens.txt, longcat_tokens.txt or tokens.db: --from must name the folder of the Python server.`,
      64,
    );
  return { dir, env, tokens, files };
}

function readEnv(file: string, files: Line[]): Map<string, string> {
  if (!isThere(file, 'file')) return new Map();
  try {
    const { values, strange } = readEnvText(readText(file));
    for (const line of strange)
      files.push({
        subject: `.env:${line}`,
        outcome: 'refused',
        text: 'it is not NAME=value, or a quote is not closed',
      });
    return new Map(values);
  } catch (error) {
    files.push({ subject: '.env', outcome: 'not read', text: `it cannot be read (${codeOf(error)})` });
    return new Map();
  }
}

/** Those that exist, each once. A path of a container (`/app/tokens.txt`) is looked for below the folder as well. */
function located(
  dir: string,
  variable: string,
  env: ReadonlyMap<string, string>,
  usual: readonly string[],
  files: Line[],
): string[] {
  const named = env.get(variable)?.trim();
  const first = named ? whereIs(dir, named, 'file') : undefined;
  const all = [...(first ? [first] : []), ...usual.map((name) => path.join(dir, name))].filter((file) =>
    isThere(file, 'file'),
  );
  if (named && !first)
    files.push({ subject: variable, outcome: 'not read', text: `it names ${named}, which is not there` });
  return [...new Map(all.map((file) => [realpathSync(file), file])).values()];
}

/** Where a path of the old server leads; one of its container, below the folder. */
const whereIs = (dir: string, named: string, kind: 'file' | 'folder'): string | undefined =>
  [named, named.replace(/^\/app\//, ''), path.basename(named), `data/${path.basename(named)}`]
    .map((way) => path.resolve(dir, way))
    .find((file) => isThere(file, kind));

function readDatabase(dir: string, file: string, tokens: FoundToken[], files: Line[]): void {
  const subject = path.relative(dir, file);
  const { rows, strange, problem } = readPythonDatabase(file);
  for (const row of rows)
    tokens.push({
      place: `${subject} ${row.id}`,
      provider: row.provider.trim().toLowerCase(),
      secret: row.token.trim(),
      enabled: row.is_enabled !== 0,
      priority: row.priority ?? 0,
      guest: row.token_type === 'guest',
    });
  if (problem === null) files.push({ subject, outcome: 'taken over', text: `${many(rows.length)}; ${notCarried}` });
  else files.push({ subject, outcome: 'not read', text: problem });
  if (strange > 0) files.push({ subject, outcome: 'not read', text: `rows that hold no token: ${strange}` });
}

/** What a list says of a token. */
const plain = { enabled: true, priority: 0, guest: false } as const;
const many = (tokens: number): string => (tokens === 1 ? '1 token' : `${tokens} tokens`);
const notCarried = 'its counters and request logs stay there, Traygate counts for itself';

function readList(dir: string, file: string, provider: string, tokens: FoundToken[], files: Line[]): void {
  const subject = path.relative(dir, file);
  try {
    const lines = readTokenLines(readText(file));
    for (const { line, token } of lines)
      tokens.push({ ...plain, place: `${subject}:${line}`, provider, secret: unquoted(token) });
    files.push({ subject, outcome: 'taken over', text: many(lines.length) });
  } catch (error) {
    files.push({ subject, outcome: 'not read', text: `it cannot be read (${codeOf(error)})` });
  }
}

/** No token has quotes; in a list they are a slip that made the old server's requests fail. */
const unquoted = (token: string): string => /^(["'])(.+)\1$/.exec(token)?.[2] ?? token;

/** What stands in the folder of the old server's automatic import, imported before or not. */
function readAccounts(dir: string, named: string | undefined, tokens: FoundToken[], files: Line[]): void {
  if (!named) return;
  const folder = whereIs(dir, named, 'folder');
  if (folder === undefined)
    return void files.push({ subject: named, outcome: 'not read', text: 'there is no such folder' });
  const subject = path.relative(dir, folder) || '.';
  const accounts = readAccountFiles(folder);
  for (const { name, token } of accounts) {
    const place = path.join(subject, name);
    if (token === null) files.push({ subject: place, outcome: 'refused', text: 'it is no JSON object with a token' });
    else tokens.push({ ...plain, place, provider: 'zai', secret: token });
  }
  files.push({ subject, outcome: 'taken over', text: many(accounts.filter(({ token }) => token !== null).length) });
}

function isThere(file: string, kind: 'file' | 'folder'): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return (kind === 'file' ? found?.isFile() : found?.isDirectory()) ?? false;
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'damaged');
