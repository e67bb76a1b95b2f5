import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startK2ThinkSimulator, type K2ThinkSimulator } from './simulator.ts';

/** What the site refuses and the provider never does, so that a test of the provider cannot pass by doing it. */
let site: K2ThinkSimulator;
before(async () => {
  site = await startK2ThinkSimulator();
});
after(() => site.close());

const model = 'MBZUAI-IFM/K2-Think-v2';
const messages = [{ role: 'user', content: 'Hi' }];

function post(path: string, body: object, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${site.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function guest(): Promise<{ cookie: string; conversation: string }> {
  const page = await fetch(`${site.url}/guest`);
  const [id = ''] = page.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  const chat = await post('/api/v1/chats/guest/new', { chat: { messages } }, { cookie: id });
  const { id: conversation } = (await chat.json()) as { id: string };
  const [signature = ''] = chat.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  return { cookie: `${id}; ${signature}; guest_conversation_count=1`, conversation };
}

const complete = (cookie: string, conversation: string, more: object = {}) =>
  post('/api/guest/chat/completions', { stream: true, model, messages, params: {}, conversation_id: conversation, ...more }, { cookie }); // prettier-ignore

test('a guest needs its cookies, its own conversation, and the right body', async () => {
  const [one, other] = [await guest(), await guest()];
  assert.equal((await complete(one.cookie, one.conversation)).status, 200);
  assert.equal((await complete('', one.conversation)).status, 401);
  assert.equal((await complete(one.cookie, other.conversation)).status, 404);
  for (const missing of [/; chat_sig=[^;]+/, /; guest_conversation_count=1/])
    assert.equal((await complete(one.cookie.replace(missing, ''), one.conversation)).status, 403);
  assert.equal((await complete(one.cookie, one.conversation, { params: undefined })).status, 422);
  for (const wrong of [
    { model: 'K2-Think' },
    { messages: [{ role: 'system', content: 'x' }] },
    { messages: [{ role: 'user', content: [] }] },
  ])
    // prettier-ignore
    assert.equal((await complete(one.cookie, one.conversation, wrong)).status, 400);
  site.forgetGuests();
  assert.equal((await complete(one.cookie, one.conversation)).status, 401);
});

test('an account needs its token, its page, and the right password', async () => {
  const { token, email, password } = site.users.add();
  const body = { stream: true, model, messages, params: {}, chat_id: 'c', model_item: { id: model } };
  const signed = { authorization: `Bearer ${token}`, referer: `${site.url}/c/c` };
  assert.equal((await post('/api/chat/completions', body, signed)).status, 200);
  assert.equal((await post('/api/chat/completions', body, { ...signed, authorization: 'Bearer x' })).status, 401);
  assert.equal((await post('/api/chat/completions', body, { ...signed, referer: `${site.url}/` })).status, 422);
  assert.equal((await fetch(`${site.url}/api/models`)).status, 401);
  assert.equal((await post('/api/v1/auths/signin', { email, password })).status, 200);
  assert.equal((await post('/api/v1/auths/signin', { email, password: 'x' })).status, 400);
});
