/**
 * The window in a browser (headless mode): the built page at `/ui/`, the contract over `POST /admin/api/call/<name>` and one
 * event stream. Every route below /admin/api except signing in needs the session cookie; every POST needs a header that a
 * foreign page cannot set, beside the guard's Origin check.
 */
import express, { type Request, type RequestHandler, type Router } from 'express';
import { z } from 'zod';
import { ChatError } from '../chat/errors.ts';
import type { Sessions } from '../control/sessions.ts';
import type { Dispatch, EventHub } from '../shell.ts';
import { readJson } from './json-body.ts';
import { peerIn } from './peer.ts';
import { staticFiles } from './static.ts';

export interface WindowOptions {
  readonly folder: string;
  readonly dispatch: Dispatch;
  readonly hub: EventHub;
  readonly sessions: Sessions;
  /** Names the cookie, so that gateways on several ports do not sign each other out. */
  readonly instance: string;
}

const csp =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const SignInBody = z.union([
  z.object({ code: z.string().min(1).max(200) }),
  z.object({ password: z.string().min(1).max(1000) }),
]);
const maxBacklogBytes = 4 * 1024 * 1024;
const pingMs = 20_000;
const megabyte = 1024 * 1024;
const signInLimit = megabyte;
const callLimit = 16 * megabyte;

/** Where the Python server had its pages; bookmarks last. */
const formerPages = {
  '/admin': '',
  '/admin/login': '',
  '/admin/tokens': '#/providers',
  '/admin/config': '#/settings',
  '/admin/logs': '#/logs',
} as const;

const fromWindow: RequestHandler = (request, _response, next) => {
  if (request.headers['x-traygate-window'] !== '1')
    throw new ChatError('forbidden_origin', 'This is only for the Traygate window.');
  next();
};

export function windowRouter(options: WindowOptions): Router {
  const router = express.Router();
  const cookie = `traygate_${options.instance}`;
  const sessionOf = (request: Request): string =>
    new RegExp(`(?:^|;\\s*)${cookie}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1] ?? '';
  const signedIn: RequestHandler = (request, response, next) => {
    if (options.sessions.isSignedIn(sessionOf(request))) next();
    else response.status(401).json({ ok: false, error: { code: 'signed_out', message: 'Sign in first.' } });
  };

  router.get('/ui', (request, response, next) => {
    if (request.path.endsWith('/')) next();
    else response.redirect(308, `${request.baseUrl}/ui/`);
  });
  router.use('/ui', staticFiles(options.folder, csp));
  for (const [page, now] of Object.entries(formerPages))
    router.get(page, (request, response) => response.redirect(302, `${request.baseUrl}/ui/${now}`));

  const api = express.Router();
  api.use((_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });
  api.post('/session', fromWindow, readJson(signInLimit), (request, response) => {
    const credential = SignInBody.safeParse(request.body);
    const { address, secure } = peerIn(response);
    const result = credential.success
      ? options.sessions.signIn(credential.data, address)
      : { ok: false as const, waitMs: 0 };
    if (result.ok) {
      response.cookie(cookie, result.session, { httpOnly: true, sameSite: 'strict', secure, path: request.baseUrl });
      response.json({ ok: true });
      return;
    }
    if (result.waitMs > 0) response.set('retry-after', String(Math.ceil(result.waitMs / 1000)));
    response
      .status(result.waitMs > 0 ? 429 : 401)
      .json({ ok: false, error: { code: 'signed_out', message: 'That did not work.' } });
  });
  api.use(signedIn);
  api.delete('/session', fromWindow, (request, response) => {
    options.sessions.signOut(sessionOf(request));
    response.clearCookie(cookie, { path: request.baseUrl });
    response.json({ ok: true });
  });
  api.post('/call/:name', fromWindow, readJson(callLimit), async (request, response) => {
    response.json(await options.dispatch(String(request.params['name']), request.body));
  });
  api.get('/events', (request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
    response.write(':\n\n');
    const stop = options.hub.subscribe((name, payload) => {
      // A window that does not keep up is cut off; it reconnects and reads a snapshot.
      if (response.writableLength > maxBacklogBytes) response.destroy();
      else response.write(`data: ${JSON.stringify([name, payload])}\n\n`);
    });
    const ping = setInterval(() => {
      if (options.sessions.isSignedIn(sessionOf(request))) response.write(':\n\n');
      else response.destroy();
    }, pingMs);
    const forget = options.sessions.whileSignedIn(sessionOf(request), () => response.destroy());
    response.on('close', () => {
      forget();
      clearInterval(ping);
      stop();
    });
  });
  router.use('/admin/api', api);
  return router;
}
