import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { contentType, securityHeaders } from './page-headers.ts';

const scheme = 'app';
const host = 'bundle';
export const windowOrigin = `${scheme}://${host}`;

/** `new URL().origin` is "null" for schemes of our own, so the two parts are compared. */
export function isOurs(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol: given, host: place } = new URL(url);
  return given === `${scheme}:` && place === host;
}

/** Before ready. A standard, secure scheme gives the page an origin of its own, which file:// would not. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, codeCache: true } }]);
}

/**
 * Serves the built window. Everything is read once and looked up by its exact name: a path that leaves the folder
 * is simply not in the map, however it is spelled.
 */
export async function servePages(folder: string): Promise<void> {
  const pages = await readPages(folder);
  protocol.handle(scheme, (request) => {
    const { host: place, pathname } = new URL(request.url);
    const body = place === host ? pages.get(pathname) : undefined;
    if (request.method !== 'GET' || body === undefined)
      return new Response('Not found', { status: 404, headers: securityHeaders });
    return new Response(body, { headers: { ...securityHeaders, 'content-type': contentType(pathname) } });
  });
}

async function readPages(folder: string): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const named = (await filesIn(folder)).map(async (file) => {
    const name = path.relative(folder, file).split(path.sep).map(encodeURIComponent).join('/');
    return [`/${name}`, new Uint8Array(await readFile(file))] as const;
  });
  return new Map(await Promise.all(named));
}

/** Not by readdir's own recursion: inside Electron's archive its entries have not always known their folder. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = entries.map(async (entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesIn(file) : [file];
  });
  return (await Promise.all(found)).flat();
}
