import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { StartError } from '../shell.ts';
import type { Environment } from './environment.ts';

/** A folder of that name is somebody's Python environment. */
const absent = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

/** The process's environment over the `.env` file of the working directory, as the Python server read it. Throws StartError. */
export function readEnvironment(cwd: string, environment: Environment): Environment {
  try {
    return { ...parseEnv(readFileSync(path.join(cwd, '.env'), 'utf8').replace(/^\uFEFF/, '')), ...environment };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'damaged';
    if (absent.has(code)) return { ...environment };
    throw new StartError('invalid_environment', `${path.join(cwd, '.env')} cannot be read (${code}).`, 78);
  }
}

const secretName = /(?:^|_)(?:KEYS?|TOKENS?|SECRETS?|PASSWORDS?|PASSPHRASE)$|^TRAYGATE_REDIS_URL$/i;

/**
 * Takes secrets out of the process's own environment once they have been read, so that no child, report or dump has them. What
 * the system keeps of the start (`/proc/<pid>/environ`, for this user only) stays.
 */
export function forgetSecrets(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(environment)) if (secretName.test(name)) delete environment[name];
}
