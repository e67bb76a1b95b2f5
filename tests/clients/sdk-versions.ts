/** `--import`ed: packages come from where the pinned versions are installed, not from this repository's node_modules. */
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

const places = z.record(z.string(), z.string()).parse(JSON.parse(process.env['TRAYGATE_CLIENT_PLACES'] ?? '{}'));

registerHooks({
  resolve(specifier, context, next) {
    const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
    const folder = places[name];
    if (folder === undefined) return next(specifier, context);
    return next(specifier, { ...context, parentURL: pathToFileURL(path.join(folder, 'package.json')).href });
  },
});
