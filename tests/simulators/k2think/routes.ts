import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Data } from './frames.ts';
import type { Turn } from './scripts.ts';
import type { SeenRequest, Site, User } from './site.ts';

interface Call {
  readonly site: Site;
  readonly request: SeenRequest;
  readonly response: ServerResponse;
  readonly cookies: Readonly<Partial<Record<string, string>>>;
}

type Route = (call: Call) => Promise<void> | void;

export function json(response: ServerResponse, code: number, body: unknown): void {
  response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function html(response: ServerResponse, code: number, text: string): void {
  response.writeHead(code, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html><html>${text}</html>`);
}

const isRecord = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Shaped like a token of the site; the third segment says that it is none. */
export function newToken(user: User): string {
  const claims = { id: `id-${user.email}`, email: user.email, jti: randomUUID() };
  const token = `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(claims)}.simulated`;
  user.tokens.add(token);
  return token;
}

/** Two cookies in two headers, with attributes. */
const guestPage: Route = ({ site, request, response }) => {
  const { guestPage: mode } = site.settings;
  if (mode === 'failing') return json(response, 500, { detail: 'Internal Server Error' });
  if (mode === 'guarded') {
    response.setHeader('cf-mitigated', 'challenge');
    return html(response, 403, '<title>Just a moment...</title>');
  }
  if (mode === 'elsewhere') return void response.writeHead(302, { location: 'https://login.example/guest' }).end();
  if (mode === 'moved' && request.path === '/guest')
    return void response.writeHead(307, { location: '/guest/start', 'set-cookie': 'visited=1; Path=/' }).end();
  const id = randomUUID();
  site.guests.set(id, undefined);
  response.setHeader('set-cookie', [`guest_id=${id}; Path=/; HttpOnly; Secure`, 'theme=dark; Path=/; Max-Age=3600']);
  html(response, 200, '<title>K2 Think</title>');
};

/** Whether the guest is answered; says so itself when it is not. */
function isServed({ site, response, cookies }: Call): boolean {
  const { guests, staleReply } = site.settings;
  if (guests === 'refused') json(response, 401, { detail: 'Guest access is closed' });
  else if (site.guests.has(cookies['guest_id'] ?? '')) return true;
  else if (staleReply === 'page') html(response, 200, '<div id="app"></div>');
  else json(response, 401, { detail: 'Not authenticated' });
  return false;
}

const newChat: Route = (call) => {
  const { site, request, response, cookies } = call;
  if (!isServed(call)) return;
  const { chat } = request.body;
  const { messages = [] } = isRecord(chat) ? chat : {};
  if (!Array.isArray(messages) || messages.length === 0) return json(response, 422, { detail: 'chat is required' });
  const [id, signature] = [randomUUID(), randomUUID().slice(0, 8)];
  site.guests.set(cookies['guest_id'] ?? '', signature);
  site.conversations.set(id, cookies['guest_id'] ?? '');
  response.setHeader('set-cookie', `chat_sig=${signature}; Path=/`);
  json(response, 200, { id, title: 'Guest Chat', chat });
};

/** The last words of the user; system text stands in front of the first ones. */
function turnOf({ request, response }: Call, guest: boolean): Turn {
  const { messages } = request.body;
  const last = Array.isArray(messages)
    ? (messages as unknown[]).findLast((one) => isRecord(one) && one['role'] === 'user')
    : {};
  const prompt = isRecord(last) ? textOf(last['content']) : '';
  return { prompt, model: textOf(request.body['model']), guest, body: request.body, response };
}

/** What the site finds wrong with a completion; undefined when it is answered. */
function wrong({ site, request }: Call): readonly [number, string] | undefined {
  const { model, messages, params } = request.body;
  if (!Array.isArray(messages) || messages.length === 0 || !isRecord(params)) return [422, 'Field required'];
  const odd = (messages as unknown[]).some(
    (one) => !isRecord(one) || !/^(?:user|assistant)$/.test(textOf(one['role'])) || typeof one['content'] !== 'string',
  );
  if (odd) return [400, 'Invalid message'];
  return site.settings.models.includes(textOf(model)) ? undefined : [400, 'Model not found'];
}

const guestCompletion: Route = (call) => {
  const { site, request, response, cookies } = call;
  if (!isServed(call)) return undefined;
  const { guest_id: guest = '', chat_sig: signature, guest_conversation_count: count } = cookies;
  const conversation = textOf(request.body['conversation_id']);
  if (site.conversations.get(conversation) !== guest) return json(response, 404, { detail: 'Conversation not found' });
  if (count !== '1' || signature !== site.guests.get(guest)) return json(response, 403, { detail: 'Forbidden' });
  const [code, detail] = wrong(call) ?? [];
  return code === undefined ? site.script(turnOf(call, true)) : json(response, code, { detail });
};

function userOf({ site, request }: Call): User | undefined {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  return [...site.users.values()].find(({ tokens }) => tokens.has(token));
}

const completion: Route = (call) => {
  const { site, request, response } = call;
  const user = userOf(call);
  if (!user) return json(response, 401, { detail: 'Not authenticated' });
  const { chat_id: chat, model_item: item } = request.body;
  const from = textOf(request.headers.referer);
  if (!chat || !from.endsWith(`/c/${textOf(chat)}`) || !isRecord(item))
    return json(response, 422, { detail: 'Field required' });
  const [code, detail] = wrong(call) ?? [];
  return code === undefined ? (user.script ?? site.script)(turnOf(call, false)) : json(response, code, { detail });
};

const signIn: Route = ({ site, request, response }) => {
  const { signIn: mode, expiresIn } = site.settings;
  if (mode === 'captcha') return json(response, 403, { detail: 'Captcha verification required' });
  const { email, password } = request.body;
  const user = site.users.get(textOf(email));
  if (!user || user.password !== password)
    return json(response, 400, { detail: 'The email or password provided is incorrect.' });
  const token = newToken(user);
  if (mode === 'cookie') response.setHeader('set-cookie', `token=${token}; Path=/; HttpOnly`);
  const body = { email, role: 'user', ...(expiresIn !== null && { expires_in: expiresIn }) };
  json(response, 200, mode === 'body' ? { ...body, token, token_type: 'Bearer' } : body);
};

const models: Route = (call) => {
  if (!userOf(call)) return json(call.response, 401, { detail: 'Not authenticated' });
  const data = call.site.settings.models.map((id) => ({ id, name: id, object: 'model', owned_by: 'MBZUAI' }));
  json(call.response, 200, { data });
};

const routes: Readonly<Partial<Record<string, Route>>> = {
  'GET /guest': guestPage,
  'GET /guest/start': guestPage,
  'POST /api/v1/chats/guest/new': newChat,
  'POST /api/guest/chat/completions': guestCompletion,
  'POST /api/v1/auths/signin': signIn,
  'POST /api/chat/completions': completion,
  'GET /api/models': models,
};

/** Answers one request as the site would. */
export function serve(site: Site, request: SeenRequest, response: ServerResponse): Promise<void> | void {
  const pairs = (request.headers.cookie ?? '').split('; ').map((cookie) => cookie.split(/=(.*)/s, 2));
  const cookies = Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]));
  const route = routes[`${request.method} ${request.path}`];
  return route ? route({ site, request, response, cookies }) : json(response, 404, { detail: 'Not Found' });
}
