import assert from 'node:assert/strict';
import { createHmac, randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { scripts, startZaiSimulator, type ZaiSimulator } from './simulator.ts';
import { defaultSettings } from './settings.ts';

/** The gates of the simulator, tested with a client that shares no code with the provider. */

let site: ZaiSimulator;
before(async () => {
  site = await startZaiSimulator();
});
after(() => site.close());
beforeEach(() => {
  Object.assign(site.settings, defaultSettings());
  site.seen.clear();
  site.answer(scripts.answer());
});

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');

interface Ask {
  readonly token: string;
  readonly userId: string;
  readonly prompt?: string;
  readonly model?: string;
  readonly chatId?: string;
  readonly version?: string;
  readonly at?: number;
  readonly features?: object;
}

function ask(question: Ask): Promise<Response> {
  const { prompt = 'Hello', at = Date.now() } = question;
  const requestId = randomUUID();
  const who = `requestId,${requestId},timestamp,${at},user_id,${question.userId}`;
  const key = hmac('key-@@@@)))()((9))-xxxx&&&%%%%%', String(Math.floor(at / 300_000)));
  const query = new URLSearchParams({
    requestId,
    timestamp: String(at),
    user_id: question.userId,
    token: question.token,
    signature_timestamp: String(at),
  });
  return fetch(`${site.url}/api/v2/chat/completions?${query}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${question.token}`,
      'x-fe-version': `prod-fe-${question.version ?? '1.0.107'}`,
      'x-signature': hmac(key, `${who}|${Buffer.from(prompt).toString('base64')}|${at}`),
    },
    body: JSON.stringify({
      model: question.model ?? 'glm-5',
      signature_prompt: prompt,
      chat_id: question.chatId ?? randomUUID(),
      features: question.features ?? {},
    }),
  });
}

async function guest(): Promise<Ask> {
  const response = await fetch(`${site.url}/api/v1/auths/`);
  const body = (await response.json()) as { id: string; token: string; role: string };
  assert.equal(body.role, 'guest');
  return { token: body.token, userId: body.id };
}

describe('identities', () => {
  it('answers a guest and an account', async () => {
    const user = site.users.add({ name: 'Ada' });
    for (const who of [await guest(), { token: user.token, userId: user.id }]) {
      const response = await ask(who);
      assert.equal(response.status, 200);
      const text = await response.text();
      assert.match(text, /You said/);
      assert.match(text, /"done":true/);
    }
    assert.deepEqual(
      site.seen.attempts.map((request) => request.outcome),
      ['finished', 'finished'],
    );
  });

  it('hands out a new guest for a stale token, and refuses to serve it', async () => {
    const stale = site.users.addStale();
    const response = await fetch(`${site.url}/api/v1/auths/`, { headers: { authorization: `Bearer ${stale.token}` } });
    const body = (await response.json()) as { id: string; role: string };
    assert.equal(body.role, 'guest');
    assert.notEqual(body.id, stale.id);
    assert.equal((await ask({ token: stale.token, userId: stale.id })).status, 401);
    assert.equal((await ask({ token: 'a.b.c', userId: 'x' })).status, 401);
  });
});

describe('gates', () => {
  it('verifies signature, user and clock', async () => {
    const who = await guest();
    assert.equal((await ask({ ...who, userId: 'somebody' })).status, 400);
    assert.equal((await ask({ ...who, at: Date.now() - 301_000 })).status, 400);
    site.settings.clockOffset = -2_400_000;
    assert.equal((await ask(who)).status, 400);
    assert.equal((await ask({ ...who, at: Date.now() - 2_400_000 })).status, 200);
  });

  it('refuses old clients in three ways', async () => {
    const who = { ...(await guest()), version: '1.0.99' };
    assert.equal((await ask(who)).status, 405);
    site.settings.outdated = '426';
    assert.equal((await ask(who)).status, 426);
    site.settings.outdated = 'inband';
    const response = await ask(who);
    assert.equal(response.status, 200);
    assert.match(await response.text(), /"code":426/);
    site.settings.outdated = 'off';
    assert.equal((await ask(who)).status, 200);
  });

  it('wants a chat of the same identity for stored-chat models', async () => {
    const who = await guest();
    assert.equal((await ask({ ...who, model: 'glm-4.7' })).status, 404);
    const created = await fetch(`${site.url}/api/v1/chats/new`, {
      method: 'POST',
      headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/json' },
      body: '{"chat":{}}',
    });
    const { id } = (await created.json()) as { id: string };
    assert.equal((await ask({ ...who, model: 'glm-4.7', chatId: id })).status, 200);
    assert.equal((await ask({ ...(await guest()), model: 'glm-4.7', chatId: id })).status, 404);
  });

  it('limits parallel completions of one identity', async () => {
    site.settings.concurrency = 1;
    site.answer(scripts.hang('body'));
    const who = await guest();
    const first = await ask(who);
    assert.equal((await ask(who)).status, 429);
    await first.body?.cancel();
  });

  it('asks guests for a captcha in band', async () => {
    site.settings.captcha = 'guests';
    assert.match(await (await ask(await guest())).text(), /FRONTEND_CAPTCHA_REQUIRED/);
    const user = site.users.add();
    assert.match(await (await ask({ token: user.token, userId: user.id })).text(), /You said/);
  });
});

describe('scripts', () => {
  it('breaks off, ends early, refuses and takes turns', async () => {
    const who = await guest();
    const { seq, cut, fin, status, answer } = scripts;
    site.answer(
      seq([cut(2), fin(2), status(500, { detail: 'no' }), answer({ text: 'yes', thinking: 'hm', brotli: true })]),
    );
    await assert.rejects(async () => (await ask(who)).text());
    assert.doesNotMatch(await (await ask(who)).text(), /"done":true/);
    assert.equal((await ask(who)).status, 500);
    assert.match(await (await ask(who)).text(), /"delta_content":"hm"/);
  });

  it('sends transcripts in any slices', async () => {
    const who = await guest();
    site.answer(scripts.transcript('19-unicode-and-big-frame', { chunking: [1, 2, 97], crlf: true, doneMarker: true }));
    const text = await (await ask(who)).text();
    assert.match(text, /👩‍💻 done/);
    assert.match(text, /\[DONE\]\r\n/);
  });
});
