// Plain Chromium knows no app:// scheme, so app://bundle/x travels as https://bundle.app.electron-host/x and is answered here.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { strict } from './unsupported.ts';

type Answer = (request: Request) => Response | Promise<Response>;
const schemes = new Map<string, Answer>();
const suffix = '.electron-host';

export const schemePattern = `https://*${suffix}/*`;
export const isSchemeRequest = (url: string) => new URL(url).hostname.endsWith(suffix);

export function toWire(url: string): string {
  if (!schemes.has(url.slice(0, url.indexOf(':')))) return url;
  return url.replace(/^([^:]+):\/\/([^/?#]*)/, (_all, scheme, place) => `https://${place || '_'}.${scheme}${suffix}`);
}

export function fromWire(url: string): string {
  return url.replace(
    /^https:\/\/([^/?#]*)\.([^./?#]+)\.electron-host/,
    (_all, place, scheme) => `${scheme}://${place === '_' ? '' : place}`,
  );
}

type Asked = { method: string; headers: Record<string, string>; body?: string };

/** What the app answers, in the words of Fetch.fulfillRequest; undefined for a scheme nobody handles. */
export async function answerScheme(url: string, { method, headers, body }: Asked) {
  const asked = fromWire(url);
  const answer = schemes.get(asked.slice(0, asked.indexOf(':')));
  if (!answer) return undefined;
  const bodyless = method === 'GET' || method === 'HEAD' || body === undefined;
  const response = await answer(new Request(asked, bodyless ? { method, headers } : { method, headers, body }));
  return {
    responseCode: response.status,
    responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
    body: Buffer.from(await response.arrayBuffer()).toString('base64'),
  };
}

export const protocol = strict('protocol', {
  handle(scheme: string, answer: Answer) {
    if (schemes.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    schemes.set(scheme, answer);
  },
  unhandle: (scheme: string) => {
    schemes.delete(scheme);
  },
  isProtocolHandled: (scheme: string) => schemes.has(scheme),
  registerSchemesAsPrivileged: () => {},
});

const types: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
  json: 'application/json',
  png: 'image/png',
};

export const net = strict('net', {
  async fetch(input: any, init?: any): Promise<Response> {
    const url = new URL(input.url ?? input);
    if (url.protocol !== 'file:') return fetch(input, init);
    const type = types[url.pathname.split('.').at(-1)!] ?? 'application/octet-stream';
    try {
      return new Response(await readFile(fileURLToPath(url)), { headers: { 'content-type': type } });
    } catch {
      throw new Error('net::ERR_FILE_NOT_FOUND');
    }
  },
  isOnline: () => true,
  online: true,
});
