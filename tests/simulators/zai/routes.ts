import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { catalogue } from './catalogue.ts';
import { completion } from './completion.ts';
import type { Identity } from './identities.ts';
import { bearer, html, isRecord, json, unauthorised, whoAsks, type Call, type Site } from './request.ts';
import { firewallPage } from './settings.ts';

type Route = (site: Site, call: Call) => Promise<void> | void;

const profileOf = (identity: Identity) => ({
  id: identity.id,
  email: identity.email,
  name: identity.name,
  role: identity.role,
  profile_image_url: '/user.png',
  token: identity.token,
  token_type: 'Bearer',
  expires_at: null,
  permissions: {},
});

/** Two versions whose order as text is the wrong one. */
const landing: Route = ({ settings }, { response }) => {
  if (settings.landing === 'hang') return;
  if (settings.landing === 'error') return html(response, 503, '<html>maintenance</html>');
  const scripts = settings.frontendVersions.map(
    (version) => `<script src="https://cdn.example/frontend/prod-fe-${version}/start.js"></script>`,
  );
  html(response, 200, `<!doctype html><html><head>${scripts.join('')}</head><body></body></html>`);
};

/**
 * Without a token, a new guest; with a live one, its owner; with a stale one, a new guest instead of an error. The cookie is another trap: sent back, it returns the same guest.
 */
const auths: Route = async (site, call) => {
  const { response, request } = call;
  if (site.settings.auths === 'hang') return;
  if (site.settings.authsDelay > 0) await wait(site.settings.authsDelay);
  if (site.settings.auths === 'failing') return json(response, 500, { detail: 'Internal Server Error' });
  if (site.settings.auths === 'blocked') return html(response, 405, firewallPage);
  const token = bearer(request) ?? /(?:^|; )token=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  const known = token === undefined ? undefined : site.identities.find(token);
  if (token !== undefined && !known) return unauthorised(response);
  const identity = !known || known.stale ? site.identities.addGuest(site.now()) : known;
  call.seen.identity = identity.name;
  response.setHeader('set-cookie', `token=${identity.token}; Path=/; HttpOnly`);
  json(response, 200, profileOf(identity));
};

const newChat: Route = (site, call) => {
  const identity = whoAsks(site, call);
  if (!identity) return unauthorised(call.response);
  if (!isRecord(call.seen.body) || !isRecord(call.seen.body['chat']))
    return json(call.response, 422, { detail: 'chat is required' });
  const id = randomUUID();
  site.chats.set(id, identity.token);
  const at = Math.floor(site.now() / 1000);
  const { chat } = call.seen.body;
  json(call.response, 200, {
    id,
    user_id: identity.id,
    title: chat['title'],
    chat,
    created_at: at,
    updated_at: at,
    share_id: null,
    archived: false,
  });
};

/** All chats of the identity, or the one named in the path. */
const deleteChats: Route = (site, call) => {
  const identity = whoAsks(site, call);
  if (!identity) return unauthorised(call.response);
  const wanted = call.seen.path.slice('/api/v1/chats/'.length);
  const mine = [...site.chats].filter(([id, token]) => token === identity.token && (!wanted || id === wanted));
  if (wanted && mine.length === 0) return json(call.response, 404, { detail: 'Chat not found' });
  for (const [id] of mine) {
    site.chats.delete(id);
    site.seen.deletedChats.push(id);
  }
  json(call.response, 200, true);
};

const upload: Route = (site, call) => {
  const identity = whoAsks(site, call);
  if (!identity) return unauthorised(call.response);
  if (identity.role === 'guest') return json(call.response, 403, { detail: 'Guests may not upload files' });
  if (site.settings.uploads === 'failing') return json(call.response, 500, { detail: 'Upload failed' });
  const head = Buffer.isBuffer(call.seen.body) ? call.seen.body.toString('latin1', 0, 1000) : '';
  const name = /name="file"; filename="([^"]+)"/.exec(head)?.[1];
  if (!name) return json(call.response, 422, { detail: 'file is required' });
  const id = randomUUID();
  json(call.response, 200, { id, user_id: identity.id, filename: `${id}_${name}`, meta: { name } });
};

const models: Route = ({ settings }, { response }) => json(response, 200, settings.models ?? catalogue);

const config: Route = ({ settings }, { response }) =>
  json(response, 200, {
    enable_captcha: settings.captcha !== 'off',
    completion_version: '2',
    default_models: 'glm-5',
    enable_upload_image: true,
  });

const routes: Readonly<Record<string, Route>> = {
  'GET /': landing,
  'GET /api/v1/auths/': auths,
  'GET /api/models': models,
  'GET /api/config': config,
  'POST /api/v1/chats/new': newChat,
  'POST /api/v1/files/': upload,
  'POST /api/v2/chat/completions': completion,
};

export function routeFor(method: string, path: string): Route {
  if (method === 'DELETE' && path.startsWith('/api/v1/chats/')) return deleteChats;
  return routes[`${method} ${path}`] ?? ((_, { response }) => json(response, 404, { detail: 'Not Found' }));
}
