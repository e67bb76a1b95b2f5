import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import type { PortOwner } from '../../../../shared/port.ts';
import { isMet } from './listings.ts';

const listening = '0A';

/** An address of `/proc/net/tcp` or `tcp6`: words of 32 bits, each with its bytes in reverse. */
function addressOf(hex: string): string {
  const words = hex.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) =>
    (word.match(/../g) ?? []).toReversed().map((byte) => Number.parseInt(byte, 16)),
  );
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.every((byte) => byte === 0)) return '::';
  if (bytes.slice(0, 15).every((byte) => byte === 0) && bytes[15] === 1) return '::1';
  return bytes
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .replaceAll(/(.{4})(?!$)/g, '$1:');
}

/** The sockets that are in the way, by their inode. */
async function socketsOn(host: string, port: number): Promise<Set<string>> {
  const found = new Set<string>();
  for (const file of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of (await readFile(file, 'utf8').catch(() => '')).split('\n').slice(1)) {
      const [, local = '', , state, ...rest] = line.trim().split(/\s+/);
      const [address = '', at = ''] = local.split(':');
      const inode = rest[5];
      if (state !== listening || Number.parseInt(at, 16) !== port || inode === undefined) continue;
      if (isMet(addressOf(address), host)) found.add(`socket:[${inode}]`);
    }
  }
  return found;
}

/** Of its program; some name their first thread otherwise, Node for one. */
async function nameOf(pid: string): Promise<string> {
  const program = await readlink(`/proc/${pid}/exe`).catch(() => null);
  if (program !== null) return path.basename(program).replace(/ \(deleted\)$/, '');
  return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim();
}

/** Asks `/proc`, because `ss` and `lsof` are missing in many containers. Processes of other users keep their sockets to themselves. */
export async function linuxOwner(host: string, port: number): Promise<PortOwner | null> {
  const sockets = await socketsOn(host, port);
  if (sockets.size === 0) return null;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (pid === String(process.pid)) continue;
    const handles = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const handle of handles) {
      if (!sockets.has(await readlink(`/proc/${pid}/fd/${handle}`).catch(() => ''))) continue;
      return { pid: Number(pid), name: await nameOf(pid) };
    }
  }
  return null;
}
