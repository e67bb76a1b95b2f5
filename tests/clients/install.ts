/** Clients are installed once, at exact versions, into a folder of this user's cache. Their install scripts do not run. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Bundle } from './client.ts';

export const cacheDir = path.join(
  process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'),
  'traygate',
  'clients',
);

/** Package → the folder whose node_modules has it. */
export type Places = Readonly<Record<string, string>>;
export type Installed = { readonly places: Places } | { readonly why: string };

/** Installs what is missing. Says why when npm cannot. */
export function install(bundles: readonly Bundle[]): Installed {
  const places: Record<string, string> = {};
  for (const bundle of bundles) {
    const folder = path.join(cacheDir, nameOf(bundle));
    const why = existsSync(path.join(folder, done)) ? null : fetch(bundle, folder);
    if (why !== null) return { why };
    for (const name of Object.keys(bundle)) places[name] = folder;
  }
  return { places };
}

const done = '.complete';

/** `@openai/codex@0.169.0` → `openai-codex-0.169.0`; of several packages the first. */
function nameOf(bundle: Bundle): string {
  const text = JSON.stringify(bundle);
  const [name = '', version = ''] = Object.entries(bundle)[0] ?? [];
  const rest = Object.keys(bundle).length > 1 ? `-${createHash('sha256').update(text).digest('hex').slice(0, 8)}` : '';
  return `${name.replace(/^@/, '').replace('/', '-')}-${version}${rest}`;
}

function fetch(bundle: Bundle, folder: string): string | null {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: bundle }));
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const { status, error, stderr } = spawnSync('npm', ['install', ...quiet], {
    cwd: folder,
    encoding: 'utf8',
    // Windows knows npm as npm.cmd.
    shell: process.platform === 'win32',
  });
  if (status !== 0) return `npm install failed: ${error?.message ?? stderr.trim().split('\n').slice(0, 3).join(' ')}`;
  writeFileSync(path.join(folder, done), '');
  return null;
}
