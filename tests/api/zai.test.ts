/** The main job from end to end: a client, the real gateway as a process of its own, and the simulator of chat.z.ai. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import OpenAI from 'openai';
import { z } from 'zod';
import { Token } from '../../shared/token.ts';
import { scripts, startZaiSimulator, type ZaiSimulator } from '../simulators/zai/simulator.ts';
import { Product } from './product.ts';

let zai: ZaiSimulator;
let product: Product;
let client: OpenAI;

before(async () => {
  zai = await startZaiSimulator();
  product = await Product.start({ ZAI_BASE_URL: zai.url, ANONYMOUS_MODE: 'true' });
  client = new OpenAI({ baseURL: `${product.url}/v1`, apiKey: product.key, maxRetries: 0 });
});
after(async () => {
  await product.stop();
  await zai.close();
});
beforeEach(async () => {
  const ids = (await tokens()).map(({ id }) => id);
  if (ids.length > 0) await product.call('tokens.remove', { ids });
  zai.answer(scripts.answer());
  Object.assign(zai.settings, { captcha: 'off', outdated: '405', minimumVersion: '1.0.100' });
  zai.seen.clear();
});

const tokens = async (): Promise<Token[]> =>
  z.array(Token).parse(await product.call('tokens.list', { provider: 'zai' }));

/** Saves tokens in this order without asking the provider about them. */
async function save(...secrets: string[]): Promise<void> {
  for (const text of secrets) await product.call('tokens.add', { provider: 'zai', text, check: false });
}

const ask = (model = 'GLM-5', extra: object = {}) =>
  product.chat({ model, messages: [{ role: 'user', content: 'Hello' }], ...extra });

interface Body {
  choices: {
    message: { content: string; reasoning_content?: string; annotations?: { url_citation: { url: string } }[] };
  }[];
  error: { code: string; message: string };
}
const body = (reply: { json(): unknown }) => reply.json() as Body;
const idOf = (reply: { headers: Record<string, string | string[] | undefined> }) =>
  String(reply.headers['x-request-id']);

test('without any token a guest answers, and the row says so', async () => {
  const reply = await ask();
  assert.equal(body(reply).choices[0]?.message.content, 'You said: Hello');
  const row = await product.row(idOf(reply));
  assert.deepEqual([row.outcome, row.attempts.length, row.attempts[0]?.credentialKind], ['ok', 1, 'guest']);
});

test('a saved token answers before any guest', async () => {
  const user = zai.users.add({ name: 'ann' });
  await save(user.token);
  const row = await product.row(idOf(await ask()));
  assert.deepEqual([row.attempts[0]?.credential, row.attempts[0]?.credentialKind], ['Z1', 'user']);
  assert.equal(zai.seen.attempts[0]?.headers.authorization, `Bearer ${user.token}`);
});

test('thinking comes as reasoning_content, before the text, through the official client', async () => {
  const order: string[] = [];
  let reasoning = '';
  for await (const chunk of await client.chat.completions.create({
    model: 'GLM-5',
    stream: true,
    messages: [{ role: 'user', content: 'Hi' }],
  })) {
    const delta = chunk.choices[0]?.delta as { content?: string; reasoning_content?: string } | undefined;
    if (delta?.reasoning_content) order.push('reasoning');
    if (delta?.content) order.push('text');
    reasoning += delta?.reasoning_content ?? '';
  }
  assert.equal(reasoning, 'The user wrote something. I repeat it.');
  assert.ok(order.lastIndexOf('reasoning') < order.indexOf('text'));
});

test('every model of the table and of the live catalogue answers', async () => {
  await save(zai.users.add().token);
  await product.call('provider.refreshModels', { provider: 'zai' });
  const models = z.array(z.object({ id: z.string() })).parse(await product.call('models.list', { provider: 'zai' }));
  const live = models.filter(({ id }) => id.startsWith('GLM-5.3'));
  assert.ok(live.length > 1 && models.length > 15, `${models.length} models`);
  for (const { id } of models) {
    const reply = await ask(`zai/${id}`);
    assert.deepEqual(
      [reply.status, body(reply).choices[0]?.message.content?.startsWith('You said: Hello')],
      [200, true],
      id,
    );
  }
});

test('a search answers with citations', async () => {
  const message = body(await ask('GLM-4.7-Search')).choices[0]?.message;
  assert.match(message?.content ?? '', /\[1\]\(https:\/\/example\.com\/source\)/);
  assert.equal(message?.annotations?.[0]?.url_citation.url, 'https://example.com/source');
});

test('a stored chat is made for the models that need one, and deleted again', async () => {
  assert.equal((await ask('GLM-4.7')).status, 200);
  for (const deadline = Date.now() + 3_000; zai.chats.length > 0 && Date.now() < deadline;) await sleep(20);
  assert.deepEqual(zai.chats, []);
});

test('a failed first token fails over to the second with one clean answer', async () => {
  const [bad, good] = [zai.users.add({ name: 'bad' }), zai.users.add({ name: 'good' })];
  await save(bad.token, good.token);
  zai.answer(scripts.status(401, { detail: 'Not authenticated' }), bad.token);
  const reply = await ask();
  assert.equal(body(reply).choices[0]?.message.content, 'You said: Hello');
  const row = await product.row(idOf(reply));
  assert.deepEqual(
    row.attempts.map(({ credential, failure }) => [credential, failure?.code ?? null]),
    [
      ['Z1', 'upstream_auth_failed'],
      ['Z2', null],
    ],
  );
  assert.deepEqual(
    (await tokens()).map(({ state }) => state),
    ['invalid', 'ready'],
  );
});

test('a captcha is explained, tried once, and costs no token', async () => {
  const user = zai.users.add();
  await save(user.token, zai.users.add().token);
  zai.settings.captcha = 'all';
  const reply = await ask();
  assert.deepEqual([reply.status, body(reply).error.code], [403, 'captcha_required']);
  assert.match(body(reply).error.message, /official API key/);
  assert.equal(zai.seen.attempts.length, 1);
  assert.deepEqual(
    (await tokens()).map(({ state, failures }) => [state, failures]),
    [
      ['unverified', 0],
      ['unverified', 0],
    ],
  );
});

for (const [name, script, code] of [
  ['reset', scripts.cut(3), 'upstream_disconnect'],
  ['ended without its end mark', scripts.fin(3), 'upstream_truncated'],
] as const) {
  test(`a stream that is ${name} ends in an error, never cleanly, and nothing is repeated`, async () => {
    await save(zai.users.add().token, zai.users.add().token);
    zai.answer(script);
    const reply = await ask('GLM-4.5', { stream: true });
    assert.ok(!reply.text.includes('[DONE]') && !reply.text.includes('"finish_reason":"stop"'));
    assert.ok(reply.text.includes(`"code":"${code}"`), reply.text);
    assert.equal(zai.seen.attempts.length, 1);
    await assert.rejects(async () => {
      for await (const chunk of await client.chat.completions.create({
        model: 'GLM-4.5',
        stream: true,
        messages: [{ role: 'user', content: 'Hi' }],
      }))
        assert.ok(chunk);
    });
    const whole = await ask('GLM-4.5');
    assert.deepEqual([whole.status, body(whole).error.code], [502, code]);
  });
}

test('a new front-end version at the site costs one silent repair', async () => {
  Object.assign(zai.settings, { minimumVersion: '1.1.0', frontendVersions: ['1.0.107', '1.1.2'], outdated: '426' });
  const reply = await ask();
  assert.equal(reply.status, 200);
  assert.equal((await product.row(idOf(reply))).attempts.length, 1);
});

test('images need a token: a guest is told so, and nothing is leaked', async () => {
  const messages = [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'What is this?' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
      ],
    },
  ];
  const refused = await product.chat({ model: 'GLM-4.6V', messages });
  assert.deepEqual([refused.status, body(refused).error.code], [400, 'images_not_supported']);
  assert.equal(zai.seen.attempts.length, 0);
  await save(zai.users.add().token);
  assert.equal((await product.chat({ model: 'GLM-4.6V', messages })).status, 200);
  assert.equal(zai.seen.to('/api/v1/files/').length, 1);
});

test('a client that goes away closes the upstream within a second', async () => {
  zai.answer(scripts.slow(200));
  const controller = new AbortController();
  const stream = await client.chat.completions.create(
    { model: 'GLM-4.5', stream: true, messages: [{ role: 'user', content: 'Tell me a long story about a gate' }] },
    { signal: controller.signal },
  );
  for await (const chunk of stream) {
    assert.ok(chunk);
    break;
  }
  controller.abort();
  const left = performance.now();
  while (zai.seen.completions.active > 0 && performance.now() - left < 5_000) await sleep(10);
  assert.ok(performance.now() - left < 1_000, `${performance.now() - left} ms`);
  const [row] = await product.rows();
  assert.ok(row);
  assert.deepEqual([(await product.row(row.id)).outcome, (await product.row(row.id)).status], ['cancelled', 499]);
});

test(
  'a client that never reads does not grow memory on a 200 MB answer',
  { skip: process.platform === 'linux' ? false : 'resident memory is read from /proc' },
  async () => {
    for (let warm = 0; warm < 20; warm++) await ask('GLM-4.5', { stream: true });
    const calm = product.memory();
    zai.answer(scripts.big(200 * 1024 * 1024));
    const text = JSON.stringify({
      model: 'GLM-4.5',
      stream: true,
      messages: [{ role: 'user', content: 'everything' }],
    });
    const socket = connect(product.port, '127.0.0.1');
    socket.pause();
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:${product.port}\r\nAuthorization: Bearer ${product.key}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
    );
    let most = 0;
    for (const deadline = Date.now() + 4_000; Date.now() < deadline; await sleep(50))
      most = Math.max(most, product.memory());
    socket.destroy();
    assert.ok(most - calm < 32, `grew by ${Math.round(most - calm)} MB`);
  },
);

test('tokens are nowhere to be read: data folder, logs and terminal', async () => {
  const user = zai.users.add();
  await product.call('tokens.add', { provider: 'zai', text: user.token, check: true });
  zai.answer(scripts.status(500, { detail: `token=${user.token} is bad, Bearer ${user.token}` }));
  const reply = await ask();
  assert.ok(!reply.text.includes(user.token));
  const row = await product.row(idOf(reply));
  assert.ok(!JSON.stringify(row).includes(user.token));
  const files = ['traygate.db', 'traygate.db-wal', 'settings.json', 'logs/traygate.log'];
  for (const file of files) {
    const content = read(path.join(product.dataDir, file));
    assert.ok(!content.includes(user.token) && !content.includes('Hello'), file);
  }
  assert.ok(!product.output.includes(user.token) && !product.output.includes(product.key));
});

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
