import type { ChildProcess } from 'node:child_process';

/** Longer than the ten seconds that running answers are given. */
const patience = 15_000;

/** SIGTERM, and only if that is not heard SIGKILL; the code is null for a process that had to be killed. */
export async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), patience);
  const code = await gone;
  clearTimeout(killer);
  return code;
}
