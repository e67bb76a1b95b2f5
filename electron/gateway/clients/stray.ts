import { connect } from 'node:net';
import type { StrayPointer } from '../../../shared/clients.ts';
import type { Client, Pointer } from './catalog/client.ts';
import type { Edit } from './edit/change.ts';
import { read, showPath } from './edit/path.ts';

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);
const probeMs = 500;

/** What is known of this gateway, to tell its own address and keys from others. */
export interface Own {
  readonly port: number;
  readonly isKey: (value: string) => boolean;
  readonly keyRequired: boolean;
}

export interface Stray extends StrayPointer {
  readonly pointer: Pointer;
}

/** Whether somebody listens on a port of this computer. */
function answers(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: host === '[::1]' ? '::1' : host, timeout: probeMs });
    const end = (there: boolean) => {
      socket.destroy();
      resolve(there);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}

function localAddress(text: unknown): URL | null {
  const url = typeof text === 'string' ? URL.parse(text) : null;
  return url?.protocol === 'http:' && loopback.has(url.hostname) ? url : null;
}

/** `$NAME`, `{env:NAME}`: the key itself is elsewhere. */
const isReference = (key: string): boolean => /^\$|^\{|^env:/i.test(key);

/** Addresses in a client's file that lead nowhere, or to this gateway with a key that it does not know. */
export async function strays({ id, file }: Client, at: string, document: unknown, own: Own): Promise<Stray[]> {
  const found: Stray[] = [];
  for (const pointer of file?.pointers(document) ?? []) {
    const url = localAddress(read(document, pointer.url));
    if (!url) continue;
    const port = Number(url.port || 80);
    const key = pointer.key && read(document, pointer.key);
    const isOld = own.keyRequired && typeof key === 'string' && key !== '' && !isReference(key) && !own.isKey(key);
    const why = port === own.port ? (isOld ? 'old-key' : null) : (await answers(port, url.hostname)) ? null : 'nobody';
    if (why) found.push({ client: id, file: at, place: showPath(pointer.url), address: url.href, why, pointer });
  }
  return found;
}

/** What puts a stray address right: the same form of address, at the gateway, with its key. */
export function mend(document: unknown, { url, key }: Pointer, root: string, value: string): Edit[] {
  const old = localAddress(read(document, url));
  const mine = new URL(root);
  const base = mine.pathname.replace(/\/$/, '');
  const rest = (old?.pathname ?? '').replace(/\/$/, '');
  const path = rest.startsWith(base) ? rest : base + rest;
  const edits: Edit[] = [{ path: url, value: `${mine.origin}${path}` }];
  const held = key && read(document, key);
  if (key && !(typeof held === 'string' && isReference(held))) edits.push({ path: key, value, secret: true });
  return edits;
}
