import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { readTokenLines } from '../settings/tokens-file.ts';
import { StartError } from '../shell.ts';
import { readEnvText } from './env-file.ts';
import { readPythonDatabase } from './python-database.ts';
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
  for (const [variable, provider] of singles) {
    const secret = env.get(variable)?.trim();
    if (secret) tokens.push({ place: variable, provider, secret, enabled: true, priority: 0, guest: false });
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
    return readEnvText(readFileSync(file, 'utf8'));
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
  const ways = named
    ? [named, named.replace(/^\/app\//, ''), path.basename(named), `data/${path.basename(named)}`]
    : [];
  const first = ways.map((way) => path.resolve(dir, way)).find((file) => isThere(file, 'file'));
  const found = [...(first ? [first] : []), ...usual.map((name) => path.join(dir, name))].filter((file) =>
    isThere(file, 'file'),
  );
  if (named && !first)
    files.push({ subject: variable, outcome: 'not read', text: `it names ${named}, which is not there` });
  return [...new Map(found.map((file) => [realpathSync(file), file])).values()];
}

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
  if (problem === null) files.push({ subject, outcome: 'taken over', text: `${rows.length} tokens; ${notCarried}` });
  else files.push({ subject, outcome: 'not read', text: problem });
  if (strange > 0) files.push({ subject, outcome: 'not read', text: `${strange} rows hold no token` });
}

const notCarried = 'its counters and request logs stay there, Traygate counts for itself';

function readList(dir: string, file: string, provider: string, tokens: FoundToken[], files: Line[]): void {
  const subject = path.relative(dir, file);
  try {
    const found = readTokenLines(readFileSync(file, 'utf8'));
    for (const { line, token } of found)
      tokens.push({ place: `${subject}:${line}`, provider, secret: token, enabled: true, priority: 0, guest: false });
    files.push({ subject, outcome: 'taken over', text: `${found.length} tokens` });
  } catch (error) {
    files.push({ subject, outcome: 'not read', text: `it cannot be read (${codeOf(error)})` });
  }
}

function isThere(file: string, kind: 'file' | 'folder'): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return (kind === 'file' ? found?.isFile() : found?.isDirectory()) ?? false;
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'damaged');
