import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { scripts, startLongCatSimulator, type LongCatSimulator } from './simulator.ts';

/** The gates of the simulator, tested with a client that shares no code with the provider. */

let site: LongCatSimulator;
before(async () => {
  site = await startLongCatSimulator();
});
after(() => site.close());
beforeEach(() => site.reset());

interface Coded {
  readonly code: number;
  readonly data: { readonly conversationId: string; readonly loginStatus: number };
}

async function call(path: string, token: string, body?: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${site.url}/api/v1/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { cookie: `a=b; passport_token_key=${token}`, 'content-type': 'application/json', ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, json: () => JSON.parse(text) as Coded };
}

const create = async (token: string) => (await call('session-create', token, { model: '', agentId: '1' })).json();
const asked = (conversationId: string, more: object = {}) => ({
  content: 'Hello',
  conversationId,
  agentId: '1',
  reasonEnabled: 0,
  searchEnabled: 0,
  regenerate: 0,
  parentMessageId: 0,
  files: [],
  ...more,
});

describe('sessions', () => {
  it('are made, answered in and deleted, by their owner only', async () => {
    const [ada, bob] = [site.users.add(), site.users.add({ name: 'Bob' })];
    const { conversationId: id } = (await create(ada.token)).data;
    assert.match((await call('chat-completion-V2', ada.token, asked(id))).text, /"type":"finish"/);
    assert.match((await call('chat-completion', ada.token, asked(id))).text, /"lastOne":true[\s\S]*\[DONE\]/);
    assert.equal((await call('chat-completion-V2', bob.token, asked(id))).json().code, 404);
    assert.equal((await call(`session-delete?conversationId=${id}`, bob.token)).json().code, 404);
    assert.equal((await call(`session-delete?conversationId=${id}`, ada.token)).json().code, 0);
    assert.equal((await call('chat-completion-V2', ada.token, asked(id))).json().code, 404);
    assert.deepEqual([site.sessions, site.deleted], [[], [id]]);
  });

  it('are refused when asked for too fast', async () => {
    site.settings.createGap = 60_000;
    const { token } = site.users.add();
    assert.deepEqual([(await create(token)).code, (await create(token)).code], [0, 429]);
    assert.equal((await create(site.users.add().token)).code, 0);
  });
});

it('nobody is nobody, with HTTP 200', async () => {
  for (const token of ['unknown', site.users.add({ stale: true }).token]) {
    const { status, json } = await call('session-create', token, { model: '', agentId: '' });
    assert.deepEqual([status, json().code], [200, 401]);
    assert.equal((await call('user-current?t=1', token)).json().data.loginStatus, 0);
  }
});

it('a completion needs text and switches', async () => {
  const { token } = site.users.add();
  const { conversationId: id } = (await create(token)).data;
  for (const wrong of [{ content: ' ' }, { reasonEnabled: true }, { parentMessageId: 1 }, { files: null }])
    assert.equal((await call('chat-completion-V2', token, asked(id, wrong))).json().code, 400);
});

it('guests need what only the page can sign; everybody may', async () => {
  const guest = () => call('chat-completion-oversea-V2', '', asked(''));
  assert.equal((await guest()).status, 403);
  site.settings.guard = 'off';
  assert.equal((await guest()).status, 200);
  site.settings.guard = 'all';
  assert.equal((await call('chat-completion-V2', site.users.add().token, asked('x'))).status, 403);
});

it('transcripts come in the slices that were asked for', async () => {
  const { token } = site.users.add();
  site.answer(scripts.transcript('06-v2-events-thinking', [1, 2, 3]));
  const { conversationId: id } = (await create(token)).data;
  assert.match((await call('chat-completion-V2', token, asked(id))).text, /"finalContent":"Hi there\."/);
});
