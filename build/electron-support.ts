/**
 * `node build/electron-support.ts`: whether the Electron of this version is one that its makers still mend. Asks the npm
 * registry for what is current and for what is known of the one in use, so it runs where a release is made and not in `npm test`.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** Electron mends its three latest major versions. */
const mended = 3;

export interface Findings {
  /** The Electron of package.json. */
  readonly used: string;
  /** The current stable one. */
  readonly latest: string;
  /** The gravest of what is known about the one in use: `high`, `critical`, …; null: nothing is. */
  readonly known: string | null;
}

const major = (version: string): number => Number(version.split('.')[0]);

/** Why a release must not be made with it. */
export function problemsOf({ used, latest, known }: Findings): string[] {
  const problems: string[] = [];
  if (!/^\d+\.\d+\.\d+$/.test(used)) problems.push(`Electron must be pinned to one version, not ${used}.`);
  else if (major(used) <= major(latest) - mended)
    problems.push(`Electron ${used} is no longer mended: ${major(latest) - mended + 1} is the oldest that is.`);
  if (known === 'high' || known === 'critical') problems.push(`Electron ${used} has known faults (${known}).`);
  return problems;
}

const Audit = z.union([
  z.object({ vulnerabilities: z.record(z.string(), z.object({ severity: z.string() })) }),
  z.object({ message: z.string() }),
]);

/** npm's answer as JSON. `audit` ends with 1 when it has found something. */
function npm(...args: readonly string[]): unknown {
  const { stdout, stderr, error } = spawnSync('npm', [...args, '--json'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (error || stdout.trim() === '') throw error ?? new Error(stderr);
  return JSON.parse(stdout);
}

function look(): Findings {
  const file = path.join(import.meta.dirname, '../package.json');
  const { devDependencies } = z
    .object({ devDependencies: z.object({ electron: z.string() }) })
    .parse(JSON.parse(readFileSync(file, 'utf8')));
  const audit = Audit.parse(npm('audit'));
  if ('message' in audit) throw new Error(`npm audit: ${audit.message}`);
  return {
    used: devDependencies.electron,
    latest: z.string().parse(npm('view', 'electron', 'version')),
    known: audit.vulnerabilities['electron']?.severity ?? null,
  };
}

if (import.meta.main) {
  const findings = look();
  const problems = problemsOf(findings);
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) console.log(`Electron ${findings.used} is mended; the current one is ${findings.latest}.`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
