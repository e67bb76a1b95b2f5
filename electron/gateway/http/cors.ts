import type { Request, Response } from 'express';

/**
 * Web pages that may call the API, by their exact origin. Nothing is allowed unless the user has listed it; then only the
 * routes for clients answer, never the window or what is for the administrator, and never with cookies.
 */

/** Why an entry cannot be in the list; null when it can. */
export function whyNoOrigin(text: string): string | null {
  if (text.includes('*'))
    return 'The origin * would let every web page spend your tokens. List each page by its exact origin, such as https://app.example.com.';
  if (text === 'null')
    return 'The origin null is that of files and sandboxed frames of anybody. List a page by its exact origin, such as https://app.example.com.';
  const exact = 'An origin is a scheme, a name and perhaps a port, and nothing else, such as https://app.example.com.';
  if (!URL.canParse(text)) return exact;
  const url = new URL(text);
  if (/^(?:chrome|moz|safari-web)-extension:$/.test(url.protocol))
    return /^[a-z-]+:\/\/[\w-]+$/.test(text) ? null : exact;
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.origin === text ? null : exact;
}

const methods = 'GET, POST';
/** What browsers may ask for permission to send: the headers that clients of these APIs use. */
const headerName =
  /^(?:authorization|content-type|accept|user-agent|x-api-key|x-request-source|x-client-source|x-traygate-[a-z-]{1,40}|anthropic-[a-z-]{1,60}|openai-[a-z-]{1,60}|x-stainless-[a-z-]{1,60})$/;
const exposed = 'x-request-id, request-id, retry-after, x-should-retry';

const isForClients = (path: string, rootPath: string): boolean =>
  path.startsWith(rootPath) &&
  /^(?:\/(?:anthropic|v1|models|chat|messages|responses)(?:\/|$))/.test(path.slice(rootPath.length)) &&
  !/^\/v1\/token-pool(?:\/|$)/.test(path.slice(rootPath.length));

export interface CorsOptions {
  readonly allowed: () => readonly string[];
  /** ROOT_PATH. */
  readonly rootPath: string;
}

/** Whether the request comes from a page that is listed, to a route that is for clients. */
export function isListed({ headers, path }: Pick<Request, 'headers' | 'path'>, options: CorsOptions): boolean {
  const { origin } = headers;
  return origin !== undefined && options.allowed().includes(origin) && isForClients(path, options.rootPath);
}

/** Tells the browser of a listed page that it may read the answer. True: it only wanted to know, and the answer is complete. */
export function permit(request: Pick<Request, 'headers' | 'method'>, response: Response): boolean {
  const { headers, method } = request;
  response.set({
    'access-control-allow-origin': headers.origin ?? '',
    vary: 'Origin',
    'access-control-expose-headers': exposed,
  });
  if (method !== 'OPTIONS' || headers['access-control-request-method'] === undefined) return false;
  const wanted = (headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => headerName.test(name));
  response.set({
    'access-control-allow-methods': methods,
    ...(wanted.length > 0 && { 'access-control-allow-headers': wanted.join(', ') }),
    'access-control-max-age': '600',
  });
  response.status(204).end();
  return true;
}
