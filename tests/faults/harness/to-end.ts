import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nowhere } from '../../nowhere.ts';

const entry = path.join(import.meta.dirname, '../../../electron/headless.ts');

/** Starts the product where it must not start, and waits for its end. */
export async function runToEnd(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; said: string }> {
  const home = mkdtempSync(path.join(tmpdir(), 'traygate-end-'));
  const child = spawn(process.execPath, [entry, '--headless', '--data-dir', path.join(home, 'data'), ...args], {
    cwd: home,
    env: { PATH: process.env['PATH'], HOME: home, ...nowhere, ANONYMOUS_MODE: 'false', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 30_000,
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => said.push(text));
  await once(child, 'close');
  rmSync(home, { recursive: true, force: true });
  return { code: child.exitCode, said: said.join('') };
}
