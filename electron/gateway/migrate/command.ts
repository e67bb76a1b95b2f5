import path from 'node:path';
import { parseArgs } from 'node:util';
import { defaultDataDir } from '../settings/data-dir.ts';
import type { Environment } from '../settings/environment.ts';
import { StartError } from '../shell.ts';
import { withDataFolder } from './data-folder.ts';
import { readPythonServer } from './python-server.ts';
import { type Part, reportText } from './report.ts';
import { takeKeys } from './take-keys.ts';
import { takeSettings } from './take-settings.ts';
import { takeTokens } from './take-tokens.ts';

const usage = `Usage: npx traygate import --from FOLDER [--data-dir FOLDER] [--dry-run]

  --from      folder of the Python server: .env, tokens.txt, longcat_tokens.txt, tokens.db; nothing in it is changed
  --data-dir  folder of Traygate's settings and tokens; Traygate must not be running on it
  --dry-run   only say what would be done
`;

/** Some of the old server could not be read; the rest has been taken over. */
const incomplete = 65;
const keyVariables = new Set(['AUTH_TOKEN', 'AUTH_TOKENS', 'ANTHROPIC_API_KEY']);

/**
 * `import`: what a Python server's folder holds, into a data folder of Traygate.
 * @returns the exit code
 */
export async function importCommand(
  args: readonly string[],
  environment: Environment,
  write: (text: string) => void,
): Promise<number> {
  const values = readArguments(args);
  if (values.help) {
    write(usage);
    return 0;
  }
  if (values.from === undefined) throw new StartError('usage', `--from is missing.\n${usage}`, 64);
  const dryRun = values['dry-run'] ?? false;
  const dataDir = path.resolve(values['data-dir'] ?? defaultDataDir(process.platform, environment));
  const server = readPythonServer(path.resolve(values.from));
  const parts: Part[] = [];
  const passphrase = environment['TRAYGATE_SECRET_KEY']?.trim() || undefined;
  await withDataFolder(dataDir, { passphrase, dryRun, now: Date.now() }, (folder) => {
    const tokens = takeTokens(server.tokens, folder.store, folder.now);
    const keys = takeKeys(server.env, folder);
    const others = new Map([...server.env].filter(([name]) => !keyVariables.has(name)));
    const settings = takeSettings(others, folder.settings);
    parts.push(
      { title: 'Keys of clients', lines: keys },
      { title: 'Variables', lines: settings },
      { title: 'Files', lines: server.files },
      { title: 'Tokens', lines: tokens },
    );
  });
  write(`From ${server.dir}\nTo   ${dataDir}${dryRun ? ' (dry run: nothing is changed)' : ''}\n\n${reportText(parts)}`);
  const usual = dataDir === path.resolve(defaultDataDir(process.platform, environment));
  if (!dryRun) write(next(usual ? '' : ` --data-dir ${JSON.stringify(dataDir)}`));
  return parts.some(({ lines }) => lines.some(({ outcome }) => outcome === 'not read')) ? incomplete : 0;
}

const next = (place: string): string => `
Next: stop the Python server, then run  npx traygate --headless${place}
Traygate listens on this computer only; --host 0.0.0.0 opens it to others (docs/security.md). A .env file in the folder
where it is started counts, too: start it elsewhere than in the folder of the Python server.
`;

function readArguments(args: readonly string[]) {
  try {
    const options = {
      from: { type: 'string' },
      'data-dir': { type: 'string' },
      'dry-run': { type: 'boolean' },
      help: { type: 'boolean' },
    } as const;
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw new StartError('usage', `${error instanceof Error ? error.message : String(error)}\n${usage}`, 64);
  }
}
