import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { PortOwner } from '../../../../shared/port.ts';
import { fromLsof, fromNetstat, fromTasklist, isMet, type Listening } from './listings.ts';
import { linuxOwner } from './linux.ts';

const run = promisify(execFile);
const patienceMs = 3_000;

/** By full path and without our environment: what is called must be the system's own program. */
async function ask(program: string, args: readonly string[]): Promise<string> {
  const { SystemRoot } = process.env;
  const env = { ...(SystemRoot !== undefined && { SystemRoot }), LC_ALL: 'C' };
  const { stdout } = await run(program, args, { env, timeout: patienceMs, windowsHide: true });
  return stdout;
}

async function macOwner(host: string, port: number): Promise<PortOwner | null> {
  const said = await ask('/usr/sbin/lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpcn']);
  return fromLsof(said, host, port);
}

async function windowsOwner(host: string, port: number): Promise<PortOwner | null> {
  const system = path.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32');
  const netstat = async (family: string) =>
    fromNetstat(await ask(path.join(system, 'netstat.exe'), ['-ano', '-p', family]), port);
  const found: Listening[] = [...(await netstat('TCP')), ...(await netstat('TCPv6'))];
  const pid = found.find(({ address }) => isMet(address, host))?.pid;
  if (pid === undefined) return null;
  const said = await ask(path.join(system, 'tasklist.exe'), ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']);
  return fromTasklist(said, pid);
}

const owners: Readonly<Record<string, (host: string, port: number) => Promise<PortOwner | null>>> = {
  linux: linuxOwner,
  darwin: macOwner,
  win32: windowsOwner,
};

/** A name is shown to people: no control characters, and not long. */
const shown = (name: string): string => name.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '').slice(0, 64);

/** Who listens on a port, so that binding `host` fails; null where the system does not tell this user. Never throws. */
export async function ownerOf(host: string, port: number): Promise<PortOwner | null> {
  try {
    const owner = await owners[process.platform]?.(host, port);
    return owner && owner.pid !== process.pid ? { pid: owner.pid, name: shown(owner.name) } : null;
  } catch {
    return null;
  }
}
