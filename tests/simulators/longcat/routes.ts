import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { answer, guarded, type Turn } from './scripts.ts';
import { gatePage, notFoundPage } from './settings.ts';
import { coded, good, html, isRecord, json, type Account, type Call, type Site } from './site.ts';

type Route = (site: Site, call: Call) => Promise<void> | void;

/** Whose cookie came with a request; a stale one is nobody's. */
function whoAsks(site: Site, { seen }: Call): Account | undefined {
  const token = /(?:^|;\s*)passport_token_key=([^;]+)/.exec(seen.headers.cookie ?? '')?.[1];
  const account = site.accounts.get(token ?? '');
  seen.account = account?.name;
  return account?.stale ? undefined : account;
}

const signedOut = ({ settings }: Site, { response }: Call): void =>
  coded(response, 401, '用户未登录', settings.signedOutStatus);

const createSession: Route = async (site, call) => {
  const { settings, sessions } = site;
  const { response, seen } = call;
  if (settings.create === 'hang') return;
  if (settings.create === 'html') return html(response, 200, gatePage);
  if (settings.create === 'failing') return json(response, 502, { message: 'Bad Gateway' });
  const account = whoAsks(site, call);
  if (!account) return signedOut(site, call);
  if (!isRecord(seen.body) || seen.body['model'] !== '' || typeof seen.body['agentId'] !== 'string')
    return coded(response, 400, '参数错误');
  const now = performance.now();
  const early = now - account.lastSessionAt < settings.createGap;
  account.lastSessionAt = now;
  if (early || settings.throttledCreates > 0) {
    settings.throttledCreates = Math.max(0, settings.throttledCreates - 1);
    return coded(response, 429, '操作太快，请稍后再试');
  }
  if (settings.create === 'coded') return coded(response, 1001, '服务异常');
  if (settings.create === 'nameless') return good(response, {});
  if (settings.createDelay > 0) await wait(settings.createDelay);
  const conversationId = randomUUID();
  sessions.set(conversationId, account.token);
  good(response, { conversationId, agent: seen.body['agentId'] });
};

const deleteSession: Route = (site, call) => {
  const { settings, sessions, deleted } = site;
  const { response, seen } = call;
  if (settings.delete === 'hang') return;
  if (settings.delete === 'failing') return coded(response, 500, '系统错误', 500);
  const account = whoAsks(site, call);
  if (!account) return signedOut(site, call);
  const id = seen.query['conversationId'] ?? '';
  if (sessions.get(id) !== account.token) return coded(response, 404, '会话不存在');
  sessions.delete(id);
  deleted.push(id);
  good(response, true);
};

const current: Route = (site, call) => {
  const { response } = call;
  const mode = site.settings.current;
  if (mode === 'hang') return;
  if (mode === 'failing') return coded(response, 500, '系统错误', 500);
  if (mode === 'html') return html(response, 403, gatePage);
  if (mode === 'vague') return good(response, {});
  good(response, { loginStatus: whoAsks(site, call) ? 1 : 0 });
};

const isSwitch = (value: unknown): boolean => value === 0 || value === 1;

/** What the site finds wrong with a completion; undefined: nothing. */
function complaint(body: unknown, generation: Turn['generation']): string | undefined {
  if (!isRecord(body)) return '参数错误';
  if (typeof body['content'] !== 'string' || body['content'].trim() === '') return '内容不能为空';
  if (!isSwitch(body['reasonEnabled']) || !isSwitch(body['searchEnabled']) || body['parentMessageId'] !== 0)
    return '参数错误';
  if (generation === 'v1') return undefined;
  const whole = body['agentId'] === '1' && body['regenerate'] === 0 && Array.isArray(body['files']);
  return whole ? undefined : '参数错误';
}

/** The last message of a conversation in turns, or the whole text. */
function promptOf(content: string): string {
  const turns = [...content.matchAll(/<turn role="user">\n([\s\S]*?)\n<\/turn>/g)];
  return turns.at(-1)?.[1] ?? content;
}

const completion =
  (generation: Turn['generation']): Route =>
  async (site, call) => {
    const { settings, sessions, completions } = site;
    const { response, seen } = call;
    if (!settings.generations.includes(generation)) return html(response, 404, notFoundPage);
    const turn = turnOf(seen.body, generation, response);
    if (settings.guard === 'all' && seen.headers['mtgsig'] === undefined) return guarded()(turn);
    const account = whoAsks(site, call);
    if (!account) return signedOut(site, call);
    const wrong = complaint(seen.body, generation);
    if (wrong !== undefined) return coded(response, 400, wrong);
    if (sessions.get(String(turn.body['conversationId'])) !== account.token) return coded(response, 404, '会话不存在');
    if (account.active >= settings.concurrency) return coded(response, 429, '请求过于频繁，请稍后再试', 429);
    account.active += 1;
    completions.active += 1;
    const closed = once(response, 'close');
    try {
      await (account.script ?? site.script)(turn);
      await closed;
    } finally {
      account.active -= 1;
      completions.active -= 1;
    }
  };

function turnOf(body: unknown, generation: Turn['generation'], response: Call['response']): Turn {
  const data = isRecord(body) ? body : {};
  return {
    generation,
    prompt: promptOf(typeof data['content'] === 'string' ? data['content'] : ''),
    thinking: data['reasonEnabled'] === 1,
    search: data['searchEnabled'] === 1,
    body: data,
    response,
  };
}

/** For guests; the page signs these. */
const guestCompletion: Route = async ({ settings }, { seen, response }) => {
  const turn = turnOf(seen.body, 'v2', response);
  const signed = seen.headers['mtgsig'] !== undefined && seen.query['csecplatform'] !== undefined;
  await (settings.guard === 'off' || signed ? answer() : guarded())(turn);
};

const routes: Readonly<Record<string, Route>> = {
  'POST /api/v1/session-create': createSession,
  'GET /api/v1/session-delete': deleteSession,
  'GET /api/v1/user-current': current,
  'POST /api/v1/chat-completion': completion('v1'),
  'POST /api/v1/chat-completion-V2': completion('v2'),
  'POST /api/v1/chat-completion-oversea-V2': guestCompletion,
};

export const routeFor = (method: string, path: string): Route =>
  routes[`${method} ${path}`] ?? ((_, { response }) => html(response, 404, notFoundPage));
