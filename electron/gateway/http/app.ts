/**
 * The HTTP border. Posture: loopback by default; Host and Origin are checked before anything else; every API route needs a
 * client key; no CORS; bodies are JSON of at most 32 MB; every error is JSON; nothing here logs a body, a key or a token.
 */
import { randomBytes } from 'node:crypto';
import express, { type Express, type Router } from 'express';
import type { Logger } from 'pino';
import type { ModelInfo } from '../../../shared/model.ts';
import { ChatError } from '../chat/errors.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { type ChatOptions, chatHandler } from './chat.ts';
import type { ClientKeys } from './client-keys.ts';
import { docsRouter } from './docs.ts';
import { errorHandler } from './errors.ts';
import { createGuard, type GuardOptions } from './guard.ts';
import { jsonBody } from './json-body.ts';

export interface AppOptions {
  readonly guard: GuardOptions;
  readonly keys: () => ClientKeys;
  /** The dialects spoken here; the first one shapes errors of routes that belong to none. */
  readonly dialects: readonly [Dialect, ...Dialect[]];
  readonly chat: ChatOptions;
  readonly models: () => readonly ModelInfo[];
  /** ROOT_PATH: everything is served below it. */
  readonly rootPath: string;
  readonly docsDir: string;
  /** The window and its API, in headless mode; null on the desktop, which has no HTTP administration at all. */
  readonly window: Router | null;
  readonly stopping: () => boolean;
  readonly log: Logger;
}

const bare = /^(?:\/v1)*\/models/;

export function createApp(options: AppOptions): Express {
  const [openai] = options.dialects;
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use((_request, response, next) => {
    response.set({
      'x-request-id': `req_${randomBytes(12).toString('hex')}`,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
    next();
  });
  app.use(createGuard(options.guard));
  app.use((_request, _response, next) => {
    if (options.stopping()) throw new ChatError('shutting_down', 'Traygate is stopping.');
    next();
  });
  app.use(options.rootPath || '/', routes(options));
  app.use((request) => {
    throw new ChatError('not_found', `There is nothing at ${request.method} ${request.path.slice(0, 100)}.`);
  });
  app.use(errorHandler(openai, options.log));
  return app;
}

function routes(options: AppOptions): Router {
  const router = express.Router();
  const [openai] = options.dialects;
  router.get('/', (request, response) => {
    if (options.window && request.accepts(['json', 'html']) === 'html')
      response.redirect(302, `${options.rootPath}/ui/`);
    else response.json({ message: 'OpenAI Compatible API Server' });
  });
  router.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.use(docsRouter(options.docsDir));
  if (options.window) router.use(options.window);

  const needKey =
    (route: 'openai' | 'anthropic'): express.RequestHandler =>
    (request, response, next) => {
      response.locals['clientKey'] = options.keys().check(request.headers, route);
      next();
    };
  for (const dialect of options.dialects) {
    const route = dialect.id === 'anthropic-messages' ? 'anthropic' : 'openai';
    const paths = [...dialect.paths];
    router.post(paths, needKey(route), jsonBody, chatHandler(dialect, options.chat));
    router.all(paths, notAllowed('POST'));
  }
  // A model id may hold slashes, encoded or not, so the rest of the path is the id.
  const lists = ['/v1/models', '/models', '/v1/v1/models'];
  router.get(lists, needKey('openai'), (_request, response) => {
    response.json(openai.modelList(options.models()));
  });
  router.get(
    lists.map((path) => `${path}/*id`),
    needKey('openai'),
    (request, response) => {
      const id = request.path.replace(bare, '').slice(1);
      response.json(openai.model(options.chat.resolve(decodeURIComponent(id)).model));
    },
  );
  router.all([...lists, ...lists.map((path) => `${path}/*id`)], notAllowed('GET, HEAD'));
  return router;
}

function notAllowed(allow: string): express.RequestHandler {
  return (request, response) => {
    response.setHeader('allow', `${allow}, OPTIONS`);
    if (request.method === 'OPTIONS') response.status(204).end();
    else throw new ChatError('method_not_allowed', `${request.method} is not possible here.`);
  };
}
