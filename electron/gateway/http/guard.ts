import type { RequestHandler } from 'express';
import { ChatError } from '../chat/errors.ts';
import { isListed, permit } from './cors.ts';

/**
 * The first thing every request meets, before keys and before its body is read. It keeps web pages out, also those that
 * reach this computer by DNS rebinding (foreign Host) or by a plain cross-site request (foreign Origin, Referer, Sec-Fetch-Site).
 * Only a page whose exact origin the user has listed may call what is for clients (cors.ts).
 */
export interface GuardOptions {
  /** The port clients use. */
  readonly port: () => number;
  /** Further host names, with or without port, that may stand in Host (reverse proxy, container, LAN name). */
  readonly allowedHosts: () => readonly string[];
  /** Bound beyond loopback, e.g. in a container, where the published port may be another. */
  readonly anyPort: () => boolean;
  /** Web pages that may call the API. */
  readonly allowedOrigins: () => readonly string[];
  /** ROOT_PATH. */
  readonly rootPath: string;
}

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether a Host header (or the host of an Origin) names this gateway. */
export function isOurHost(host: string, options: GuardOptions): boolean {
  const lower = host.toLowerCase();
  const match = /^(\[[0-9a-f:]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/.exec(lower);
  if (!match) return false;
  const [, name = '', port] = match;
  const listed = options.allowedHosts();
  if (listed.includes(lower) || listed.includes(name)) return true;
  if (!loopbackNames.has(name)) return false;
  return options.anyPort() || Number(port ?? 80) === options.port();
}

/** The names by which an address beyond loopback may be called; "every address" is no name. */
export function hostNames(address: string): string[] {
  if (loopbackNames.has(address) || address === '::1' || address === '0.0.0.0' || address === '::') return [];
  return [address.includes(':') ? `[${address.toLowerCase()}]` : address.toLowerCase()];
}

function isOurOrigin(origin: string, options: GuardOptions): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host } = new URL(origin);
  return (protocol === 'http:' || protocol === 'https:') && isOurHost(host, options);
}

export function createGuard(options: GuardOptions): RequestHandler {
  const cors = { allowed: options.allowedOrigins, rootPath: options.rootPath };
  return (request, response, next) => {
    const { host, origin, referer } = request.headers;
    const hosts = request.rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length;
    // An absolute-form target overrides Host for some servers; both must be ours.
    const target = /^https?:\/\/([^/?#]*)/i.exec(request.url)?.[1];
    if (hosts !== 1 || !host || !isOurHost(host, options) || (target !== undefined && !isOurHost(target, options))) {
      throw new ChatError('forbidden_host', 'This address is not one that Traygate answers to.');
    }
    if (isListed(request, cors)) {
      if (!permit(request, response)) next();
      return;
    }
    const site = request.headers['sec-fetch-site'];
    // A person may follow a link to the window or the docs; that reads nothing back to the other page and changes nothing.
    const visit =
      request.method === 'GET' &&
      request.headers['sec-fetch-mode'] === 'navigate' &&
      request.headers['sec-fetch-dest'] === 'document';
    const foreign =
      (origin !== undefined && !isOurOrigin(origin, options)) ||
      (!visit && (site === 'cross-site' || site === 'same-site')) ||
      (!visit && origin === undefined && referer !== undefined && !isOurOrigin(referer, options));
    if (foreign) throw new ChatError('forbidden_origin', 'This request comes from a web page.');
    next();
  };
}
