import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import type { Environment } from './environment.ts';

/** The process's environment over the `.env` file of the working directory, as the Python server read it. */
export function readEnvironment(cwd: string, environment: Environment): Environment {
  try {
    return { ...parseEnv(readFileSync(path.join(cwd, '.env'), 'utf8').replace(/^\uFEFF/, '')), ...environment };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return environment;
    throw error;
  }
}
