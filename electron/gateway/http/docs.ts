import { existsSync } from 'node:fs';
import express, { type Router } from 'express';
import { ChatError } from '../chat/errors.ts';
import { openApi } from './openapi.ts';
import { staticFiles } from './static.ts';

// Swagger UI writes style attributes; everything else it needs is its own files.
const csp =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** `/docs` and `/openapi.json`, from local files only. */
export function docsRouter(folder: string): Router {
  const router = express.Router();
  router.get('/openapi.json', (request, response) => {
    response.json(openApi(`${request.baseUrl}/`));
  });
  if (existsSync(folder)) {
    router.get('/docs', (request, response, next) => {
      if (request.path.endsWith('/')) next();
      else response.redirect(308, `${request.baseUrl}/docs/`);
    });
    router.use('/docs', staticFiles(folder, csp));
    // The Python server had a second page of the same.
    router.get('/redoc', (request, response) => response.redirect(308, `${request.baseUrl}/docs/`));
  } else {
    router.get('/docs', () => {
      throw new ChatError('not_found', 'The documentation page has not been built.', {
        hint: 'Run npm run build, or read /openapi.json.',
      });
    });
  }
  return router;
}
