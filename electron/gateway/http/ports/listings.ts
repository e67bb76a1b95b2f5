import type { PortOwner } from '../../../../shared/port.ts';

/** What systems print about listening sockets. Pure. */
export interface Listening {
  /** `*`, `127.0.0.1`, `::1`, … */
  readonly address: string;
  readonly pid: number;
}

const everywhere = new Set(['*', '0.0.0.0', '::']);

/** Whether a program that listens on `address` is in the way of one that wants `host`. */
export function isMet(address: string, host: string): boolean {
  const wanted = host === 'localhost' ? '127.0.0.1' : host;
  return everywhere.has(address) || everywhere.has(wanted) || address === wanted;
}

/** `127.0.0.1:8080`, `[::1]:8080` or `*:8080` as address and port. */
function split(local: string): readonly [string, number] {
  const at = local.lastIndexOf(':');
  return [local.slice(0, at).replaceAll(/[[\]]/g, ''), Number(local.slice(at + 1))];
}

/** `lsof -Fpcn`: a line of each kind, `p` beginning a process. */
export function fromLsof(said: string, host: string, port: number): PortOwner | null {
  let owner: PortOwner | null = null;
  for (const line of said.split('\n')) {
    const [kind, rest] = [line[0], line.slice(1)];
    if (kind === 'p') owner = { pid: Number(rest), name: '' };
    if (kind === 'c' && owner) owner = { ...owner, name: rest };
    if (kind !== 'n' || !owner) continue;
    const [address, found] = split(rest);
    if (found === port && isMet(address, host)) return owner;
  }
  return null;
}

/** `netstat -ano`. The word for "listening" is translated; that nobody is at the other end is not. */
export function fromNetstat(said: string, port: number): Listening[] {
  return said.split('\n').flatMap((line) => {
    const [protocol = '', local = '', foreign = '', ...rest] = line.trim().split(/\s+/);
    if (!protocol.startsWith('TCP') || !['0.0.0.0:0', '[::]:0'].includes(foreign)) return [];
    const [address, found] = split(local);
    const pid = Number(rest.at(-1));
    return found === port && Number.isInteger(pid) ? [{ address, pid }] : [];
  });
}

/** `tasklist /FO CSV /NH` for one process. */
export function fromTasklist(said: string, pid: number): PortOwner | null {
  const name = new RegExp(`^"([^"]+)","${pid}"`, 'm').exec(said)?.[1];
  return name === undefined ? null : { pid, name };
}
