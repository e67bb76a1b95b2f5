/** What curl sees: exact bodies of the built-in models, streamed and whole. */
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { Product } from './product.ts';
import { send, sendRaw } from './http.ts';
import { Completion, framesOf } from './shapes.ts';

let product: Product;
before(async () => {
  product = await Product.start();
});
after(() => product.stop());

const says = (content: unknown): object[] => [{ role: 'user', content }];
const hello = { model: 'local/echo', messages: says('Hello, Traygate! 你好 👋') };
const Frame = z.object({ id: z.string(), created: z.number() });

test('a whole answer', async () => {
  const reply = await product.chat(hello);
  assert.equal(reply.status, 200);
  assert.match(reply.headers['content-type'] ?? '', /^application\/json/);
  const body = Completion.parse(reply.json());
  assert.ok(Math.abs(body.created - Date.now() / 1000) < 60);
  assert.deepEqual(body, {
    id: body.id,
    created: body.created,
    object: 'chat.completion',
    model: 'local/echo',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: 'Hello, Traygate! 你好 👋', refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: { prompt_tokens: 6, completion_tokens: 6, total_tokens: 12 },
  });
});

test('a stream, chunk for chunk', async () => {
  const frames = framesOf(await product.chat({ ...hello, stream: true }));
  const { id, created } = Frame.parse(frames[0]);
  const chunk = (delta: object, reason: string | null, usage?: object): object => ({
    id,
    object: 'chat.completion.chunk',
    created,
    model: 'local/echo',
    choices: [{ index: 0, delta, finish_reason: reason }],
    ...usage,
  });
  const counts = {
    prompt_tokens: 6,
    completion_tokens: 6,
    total_tokens: 12,
    completion_tokens_details: { reasoning_tokens: 0 },
  };
  assert.deepEqual(frames, [
    chunk({ role: 'assistant', content: 'Hello, Traygate! ' }, null),
    chunk({ content: '你好 👋' }, null),
    chunk({}, 'stop', { usage: counts }),
  ]);
});

test('usage has its own last chunk when include_usage is set', async () => {
  const frames = framesOf(await product.chat({ ...hello, stream: true, stream_options: { include_usage: true } }));
  const Chunk = z.object({ choices: z.array(z.unknown()), usage: z.unknown().optional() });
  const chunks = z.array(Chunk).parse(frames);
  assert.deepEqual(
    chunks.map(({ choices, usage }) => [choices.length, usage !== undefined]),
    [
      [1, false],
      [1, false],
      [1, false],
      [0, true],
    ],
  );
});

test('every path and query a client builds from the base URL', async () => {
  for (const route of [
    '/v1/chat/completions',
    '/chat/completions',
    '/v1/v1/chat/completions',
    '/v1/chat/completions?beta=true',
  ]) {
    assert.equal((await product.ask(route, hello)).status, 200, route);
  }
});

test('a long prompt comes back to the last character', async () => {
  const text = 'Zeile 行 🚀\n'.repeat(150_000);
  const reply = await product.chat({ ...hello, messages: says(text) });
  assert.equal(Completion.parse(reply.json()).choices[0]?.message.content, text);
});

test('thinking is a field of its own, streamed and whole', async () => {
  const body = { model: 'local/think', messages: says('x') };
  const message = Completion.parse((await product.chat(body)).json()).choices[0]?.message;
  assert.ok(message?.reasoning_content && message.content);
  const Delta = z.object({
    choices: z.array(
      z.object({ delta: z.object({ reasoning_content: z.string().optional(), content: z.string().optional() }) }),
    ),
  });
  const deltas = z.array(Delta).parse(framesOf(await product.chat({ ...body, stream: true })));
  const join = (pick: 'reasoning_content' | 'content'): string =>
    deltas.map(({ choices }) => choices[0]?.delta[pick] ?? '').join('');
  assert.deepEqual([join('reasoning_content'), join('content')], [message.reasoning_content, message.content]);
});

test('models: the list, one of them, the same each time', async () => {
  const List = z.looseObject({
    object: z.literal('list'),
    data: z.array(
      z.looseObject({ id: z.string(), object: z.literal('model'), created: z.number().int(), owned_by: z.string() }),
    ),
  });
  const list = List.parse((await product.ask('/v1/models')).json());
  const echo = list.data.find(({ id }) => id === 'local/echo');
  assert.equal(echo?.owned_by, 'local');
  assert.deepEqual((await product.ask('/v1/models')).json(), list);
  for (const route of ['/v1/models/local%2Fecho', '/v1/models/local/echo', '/v1/v1/models/local/echo']) {
    assert.deepEqual((await product.ask(route)).json(), echo, route);
  }
  assert.deepEqual((await product.ask('/v1/models/?limit=1000')).json(), list);
});

test('a request is one row of Logs with its timings and usage', async () => {
  const reply = await product.chat({ ...hello, logprobs: true });
  const row = await product.row(String(reply.headers['x-request-id']));
  assert.deepEqual(
    [row.outcome, row.status, row.model, row.resolvedModel, row.stream, row.finishReason, row.attempts.length],
    ['ok', 200, 'local/echo', 'local/echo', false, 'stop', 1],
  );
  assert.equal(row.usage?.totalTokens, 12);
  assert.deepEqual(row.warnings, [{ code: 'field_ignored', field: 'logprobs' }]);
  assert.ok(row.closed !== null && row.firstToken !== null && row.firstToken <= row.closed);
});

test('F031: a client that leaves is a cancelled row, streamed or not', async () => {
  for (const stream of [true, false]) {
    const body = JSON.stringify({ model: 'local/slow', stream, messages: says('x') });
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${product.key}` };
    const outgoing = request(`${product.url}/v1/chat/completions`, { method: 'POST', headers, agent: false });
    outgoing.on('error', () => undefined);
    outgoing.end(body);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const [active] = await product.rows();
    assert.equal(active?.outcome, 'active');
    outgoing.destroy();
    const row = await product.row(active.id);
    assert.deepEqual([row.outcome, row.status, row.failure?.code], ['cancelled', 499, 'client_closed']);
  }
});

test('PC7: forty streams at once, each with its own text', async () => {
  const texts = Array.from({ length: 40 }, (_, place) => `Text ${place}: ${'abc '.repeat(place)}end`);
  const replies = await Promise.all(
    texts.map((text) => product.chat({ ...hello, stream: true, messages: says(text) })),
  );
  const Delta = z.object({ choices: z.array(z.object({ delta: z.object({ content: z.string().optional() }) })) });
  for (const [place, reply] of replies.entries()) {
    const deltas = z.array(Delta).parse(framesOf(reply));
    assert.equal(deltas.map(({ choices }) => choices[0]?.delta.content ?? '').join(''), texts[place]);
  }
  assert.equal(new Set(replies.map((reply) => reply.headers['x-request-id'])).size, texts.length);
});

test('F050: HEAD, OPTIONS and HTTP/1.0 are answered', async () => {
  const authorization = `Bearer ${product.key}`;
  const head = await send(product.url, { method: 'HEAD', path: '/v1/models', headers: { authorization } });
  assert.deepEqual([head.status, head.text], [200, '']);
  for (const path of ['/v1/api/hello', '/api/hello'])
    assert.equal((await send(product.url, { method: 'HEAD', path })).status, 404);
  const options = await send(product.url, { method: 'OPTIONS', path: '/v1/chat/completions' });
  assert.deepEqual([options.status, options.headers.allow], [204, 'POST, OPTIONS']);
  const old = `GET /v1/models HTTP/1.0\r\nHost: 127.0.0.1:${product.port}\r\nAuthorization: ${authorization}\r\n\r\n`;
  assert.match(await sendRaw(product.url, old), /^HTTP\/1\.1 200 [\s\S]*"object":"list"/);
});

test('a broken answer ends as an error, never as a clean end', async () => {
  const body = { model: 'local/cut', messages: says('x') };
  const streamed = await product.chat({ ...body, stream: true });
  assert.equal(streamed.status, 200);
  assert.ok(!streamed.text.includes('[DONE]') && !/"finish_reason":"/.test(streamed.text));
  const last = streamed.text.trimEnd().split('\n\n').at(-1) ?? '';
  const { error } = z
    .object({ error: z.object({ code: z.string(), type: z.string(), message: z.string() }) })
    .parse(JSON.parse(last.slice(6)));
  assert.deepEqual([error.code, error.type], ['upstream_disconnect', 'api_error']);
  const row = await product.row(String(streamed.headers['x-request-id']));
  assert.deepEqual([row.outcome, row.failure?.code], ['failed', 'upstream_disconnect']);
  assert.ok(row.characters > 0);
  assert.equal((await product.chat(body)).status, 502);
});
