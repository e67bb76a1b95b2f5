/**
 * The HTTP border. Posture: loopback by default; Host and Origin are checked before anything else; every API route needs a
 * client key; CORS for listed pages only; bodies are JSON of a bounded size; every error is JSON; nothing here logs a body, a key or a token.
 */
import { randomUUID } from 'node:crypto';
import express, { type Express, type Router } from 'express';
import type { Logger } from 'pino';
import { ChatError } from '../chat/errors.ts';
import type { Dialect, Listing } from '../dialects/dialect.ts';
import { modelBody, modelListBody } from '../dialects/shared/models.ts';
import { type ChatOptions, chatHandler } from './chat.ts';
import type { ClientKeys } from '../keys/client-keys.ts';
import { mayUse } from '../keys/allowed-models.ts';
import { clientAuth, holderOf } from './client-auth.ts';
import { dialectOf } from './dialect-of.ts';
import { docsRouter } from './docs.ts';
import { errorHandler } from './errors.ts';
import type { Border } from '../border.ts';
import { createGuard } from './guard.ts';

export interface AppOptions {
  readonly border: Pick<Border, 'body' | 'enter' | 'guard' | 'leave' | 'onlyHere' | 'slot'>;
  readonly keys: ClientKeys;
  /** Hears of every request of a client, let in or not. */
  readonly visits?: Parameters<typeof clientAuth>[2];
  /** The dialects spoken here; the first one shapes what belongs to none. */
  readonly dialects: readonly [Dialect, ...Dialect[]];
  readonly chat: ChatOptions;
  /** What only the administrator may ask, with its own check of that. */
  readonly administration?: Router;
  readonly models: { list(): readonly Listing[]; entry(name: string): Listing };
  /** ROOT_PATH: everything is served below it. */
  readonly rootPath: string;
  readonly docsDir: string;
  /** The window and its API, in headless mode; null on the desktop, where nobody administers over HTTP without ADMIN_PASSWORD. */
  readonly window: Router | null;
  readonly stopping: () => boolean;
  readonly log: Logger;
}

const bare = /^(?:\/anthropic)?(?:\/v1)*\/models/i;

export function createApp(options: AppOptions): Express {
  const speaks = dialectOf(options.dialects, options.rootPath);
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use((request, response, next) => {
    // Node keeps a store of random UUIDs; asking the system for a few bytes each time costs ten times as much.
    const id = `req_${randomUUID().replaceAll('-', '').slice(0, 24)}`;
    const { requestIdHeader } = speaks(request);
    response.set({
      'x-request-id': id,
      ...(requestIdHeader !== undefined && { [requestIdHeader]: id }),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
    next();
  });
  app.use(createGuard(options.border.guard));
  app.use(options.border.enter);
  app.use((_request, _response, next) => {
    if (options.stopping()) throw new ChatError('shutting_down', 'Traygate is stopping.');
    next();
  });
  app.use(options.rootPath || '/', routes(options, speaks));
  app.use((request) => {
    throw new ChatError('not_found', `There is nothing at ${request.method} ${request.path.slice(0, 100)}.`);
  });
  app.use(options.border.leave);
  app.use(errorHandler(speaks, options.log));
  return app;
}

function routes(options: AppOptions, speaks: (request: express.Request) => Dialect): Router {
  const router = express.Router();
  router.get('/', (request, response) => {
    if (options.window && request.accepts(['json', 'html']) === 'html')
      response.redirect(302, `${options.rootPath}/ui/`);
    else response.json({ message: 'OpenAI Compatible API Server' });
  });
  router.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.use(docsRouter(options.docsDir));
  router.use(['/ui', '/admin', '/metrics', '/v1/token-pool'], options.border.onlyHere);
  if (options.window) router.use(options.window);

  if (options.administration) router.use(options.administration);

  const { needKey, admit } = clientAuth(options.keys, speaks, options.visits);
  for (const dialect of options.dialects) {
    const paths = [...dialect.paths];
    router.post(paths, needKey, options.border.slot, admit, options.border.body, chatHandler(dialect, options.chat));
    router.all(paths, notAllowed('POST'));
    for (const question of dialect.questions ?? []) {
      router.post([...question.paths], needKey, options.border.body, (request, response) => {
        response.json(question.answer(request.body));
      });
      router.all([...question.paths], notAllowed('POST'));
    }
  }
  // A model id may hold slashes, encoded or not, so the rest of the path is the id.
  const lists = ['/v1/models', '/models', '/v1/v1/models', '/anthropic/v1/models'];
  router.get(lists, needKey, (_request, response) => {
    const usable = options.models.list().filter(({ name, model }) => mayUse(holderOf(response), [name, model.id]));
    response.json(modelListBody(usable));
  });
  router.get(
    lists.map((path) => `${path}/*id`),
    needKey,
    (request, response) => {
      const id = request.path.replace(bare, '').slice(1);
      response.json(modelBody(options.models.entry(decodeURIComponent(id))));
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
