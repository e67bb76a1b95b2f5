import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RequestHandler } from 'express';
import { ChatError } from '../chat/errors.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/**
 * Serves a built folder from memory: what was not there at the start cannot be reached by any path. Paths below `/assets/`
 * carry a hash in their name and may be cached for good.
 */
export function staticFiles(folder: string, csp: string): RequestHandler {
  const files = new Map<string, { body: Buffer; type: string }>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const type = types[path.extname(entry.name)];
    if (entry.isFile() && type)
      files.set(`/${path.relative(folder, file).split(path.sep).join('/')}`, { body: readFileSync(file), type });
  }
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      next();
      return;
    }
    const name = request.path === '/' ? '/index.html' : request.path;
    const found = files.get(name);
    if (!found) throw new ChatError('not_found', 'There is no such page.');
    response.set({
      'content-type': found.type,
      'content-security-policy': csp,
      'cache-control': name.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    response.send(found.body);
  };
}
