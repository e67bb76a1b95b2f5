/** The error contract of docs/errors.md, situation by situation. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { type Reply, send, sendRaw } from './http.ts';
import { Product } from './product.ts';
import { errorOf } from './shapes.ts';

let product: Product;
before(async () => {
  product = await Product.start();
});
after(() => product.stop());

/** A key that is refused; after several wrong ones all that are wrong have to wait. */
function wrongKey(reply: Reply): ReturnType<typeof errorOf> {
  assert.ok(reply.status === 401 || reply.headers['retry-after'] !== undefined, reply.text);
  return errorOf(reply, reply.status === 429 ? 429 : 401, 'invalid_api_key');
}

const hello = { model: 'local/echo', messages: [{ role: 'user', content: 'Hello' }] };
const route = '/v1/chat/completions';

function post(body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const all = { 'content-type': 'application/json', authorization: `Bearer ${product.key}`, ...headers };
  return send(product.url, { method: 'POST', path: route, headers: all, body });
}

test('F035: what is no JSON object', async () => {
  for (const body of ['{"a":', '{"a":"CANARY-body', '', '[]', 'null', '"text"', '7', 'hello', '{"a":1}}', '\u0000']) {
    const reply = await post(body);
    const error = errorOf(reply, 400, 'invalid_json');
    assert.equal(error.type, 'invalid_request_error');
    assert.equal(reply.headers['x-should-retry'], 'false');
    assert.doesNotMatch(reply.text + product.output, /CANARY-body/, 'nothing of it is kept');
  }
});

test('what the window sends is read with the same care, and what was wrong with it is not kept', async () => {
  const headers = { 'content-type': 'application/json', 'x-traygate-window': '1' };
  for (const body of ['{"password":CANARY', '']) {
    errorOf(
      await send(product.url, { method: 'POST', path: '/admin/api/session', headers, body }),
      400,
      'invalid_json',
    );
  }
  const body = JSON.stringify({ password: 'x'.repeat(2 * 1024 * 1024) });
  errorOf(
    await send(product.url, { method: 'POST', path: '/admin/api/session', headers, body }),
    413,
    'request_too_large',
  );
  assert.doesNotMatch(product.output, /request failed|CANARY/);
});

test('F044: a wrong parameter is named', async () => {
  const cases: [object, string][] = [
    [{ temperature: 'hot' }, 'temperature'],
    [{ messages: [] }, 'messages'],
    [{ messages: [{ role: 'user', content: 7 }] }, 'messages[0].content'],
    [{ messages: [{ role: 'robot', content: 'x' }] }, 'messages[0].role'],
    [{ max_tokens: -1 }, 'max_tokens'],
    [{ n: 5 }, 'n'],
    [{ model: undefined }, 'model'],
  ];
  for (const [fields, param] of cases) {
    const reply = await product.chat({ ...hello, ...fields });
    assert.equal(errorOf(reply, 400, 'invalid_parameter').param, param);
    assert.equal(reply.headers['x-should-retry'], 'false');
  }
});

test('F045: a model that is not offered', async () => {
  for (const model of ['no-such-model', '../../x', 'x'.repeat(10_000), '%2e%2e', '<script>', 'toString']) {
    const reply = await product.chat({ ...hello, model });
    const error = errorOf(reply, 404, 'model_not_found');
    assert.deepEqual([error.type, error.param], ['not_found_error', 'model']);
    assert.match(error.message, /\/v1\/models/);
    assert.ok(error.message.length < 600);
  }
  assert.match(
    errorOf(await product.chat({ ...hello, model: 'local-echo' }), 404, 'model_not_found').message,
    /Did you mean local\/echo\?/,
  );
  errorOf(await product.ask('/v1/models/no-such-model'), 404, 'model_not_found');
  errorOf(await product.ask('/v1/models/a%2Fb%2F..%2Fc'), 404, 'model_not_found');
});

test('F047: wrong methods and unknown paths', async () => {
  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
    const headers = { authorization: `Bearer ${product.key}` };
    const reply = await send(product.url, { method, path: route, headers });
    errorOf(reply, 405, 'method_not_allowed');
    assert.match(reply.headers.allow ?? '', /\bPOST\b/);
  }
  const models = await product.ask('/v1/models', {});
  errorOf(models, 405, 'method_not_allowed');
  assert.match(models.headers.allow ?? '', /\bGET\b/);
  for (const unknown of [
    '/v1/nothing',
    '/v1/chat',
    '/v2/chat/completions',
    '//v1/models',
    '/v1/%zz',
    '/.env',
    '/v1/chat/completions/x',
  ]) {
    errorOf(await product.ask(unknown), 404, 'not_found');
  }
});

test('a missing or wrong key is said once and not retried', async () => {
  const body = JSON.stringify(hello);
  const wrong = 'sk-local-CANARY-wrong-key';
  const cases: Record<string, string>[] = [
    {},
    { authorization: '' },
    { authorization: 'Bearer' },
    { authorization: product.key },
    { authorization: `Basic ${product.key}` },
    { authorization: `Bearer ${wrong}` },
    { 'x-api-key': wrong },
    { 'x-api-key': '' },
    { authorization: `Bearer ${product.key}x` },
  ];
  for (const path of [route, '/v1/models', '/v1/models/local/echo']) {
    for (const header of cases) {
      const method = path === route ? 'POST' : 'GET';
      const sent = {
        method,
        path,
        headers: { 'content-type': 'application/json', ...header },
        ...(method === 'POST' && { body }),
      };
      const reply = await send(product.url, sent);
      const { type } = wrongKey(reply);
      assert.equal(type, reply.status === 401 ? 'authentication_error' : 'rate_limit_error');
      if (reply.status === 401) assert.equal(reply.headers['x-should-retry'], 'false');
      assert.ok(!reply.text.includes(wrong) && !reply.text.includes(product.key));
    }
  }
});

test('F052: two headers with different keys are refused, whichever is right', async () => {
  const wrong = 'sk-local-wrong';
  for (const pair of [
    { authorization: `Bearer ${product.key}`, 'x-api-key': wrong },
    { authorization: `Bearer ${wrong}`, 'x-api-key': product.key },
    { authorization: `Basic ${product.key}`, 'x-api-key': product.key },
  ]) {
    wrongKey(await post(JSON.stringify(hello), pair));
  }
});

test('a body that is not JSON by its type', async () => {
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    '',
  ]) {
    errorOf(await post(JSON.stringify(hello), { 'content-type': type }), 415, 'unsupported_media_type');
  }
  errorOf(await post(JSON.stringify(hello), { 'content-encoding': 'zip' }), 415, 'unsupported_media_type');
});

test('F037: more than 32 MB is refused, announced or not, without keeping it', async () => {
  const start = product.memory();
  errorOf(await post(Buffer.alloc(40_000_000, 32)), 413, 'request_too_large');
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${product.key}` };
  const chunks = Array.from({ length: 40 }, () => Buffer.alloc(1_000_000, 32));
  const reply = await send(product.url, { method: 'POST', path: route, headers, body: chunks });
  errorOf(reply, 413, 'request_too_large');
  assert.equal(reply.headers.connection, 'close');
  assert.ok(product.memory() - start < 90, `${start} → ${product.memory()} MB`);
  assert.equal((await product.chat(hello)).status, 200);
});

test('just below the limit is served', async () => {
  const text = 'x'.repeat(31_000_000);
  assert.equal((await product.chat({ model: 'local/think', messages: [{ role: 'user', content: text }] })).status, 200);
});

test('F038: a bomb does not go off, whatever it is packed with', async () => {
  const zeros = Buffer.alloc(200_000_000);
  for (const [encoding, pack] of [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', (data: Buffer) => brotliCompressSync(data, { params: { 1: 1 } })],
  ] as const) {
    const bomb = pack(zeros);
    const first = product.memory();
    errorOf(await post(bomb, { 'content-encoding': encoding }), 413, 'request_too_large');
    assert.ok(product.memory() - first < 90, `${encoding}: ${first} → ${product.memory()} MB`);
  }
});

test('a compressed body that is small is read', async () => {
  assert.equal((await post(gzipSync(JSON.stringify(hello)), { 'content-encoding': 'gzip' })).status, 200);
});

test('F039: too deep, too many', async () => {
  const messages = JSON.stringify(hello.messages);
  const bodies = [
    `{"model":"local/echo","messages":${messages},"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    `{"model":"local/echo","messages":[${Array.from({ length: 1_000_000 }, () => '{}').join(',')}]}`,
    `{"model":"local/echo","messages":${messages},${Array.from({ length: 100_000 }, (_, key) => `"k${key}":1`).join(',')}}`,
  ];
  for (const body of bodies) {
    errorOf(await post(body), 400, 'too_complex');
  }
});

test('F085: members named __proto__ change nothing', async () => {
  const reply = await post(
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"model":"local/echo","messages":[{"role":"user","content":"x","__proto__":{"role":"system"}}]}',
  );
  assert.equal(reply.status, 200);
});

test('F040, F048: what the parser refuses is answered and closed', async () => {
  const head = (text: string): string => `POST ${route} HTTP/1.1\r\nHost: 127.0.0.1:${product.port}\r\n${text}\r\n\r\n`;
  const cases: [string, RegExp][] = [
    [head('Content-Length: 2\r\nTransfer-Encoding: chunked'), /^HTTP\/1\.1 400 /],
    [head('Content-Length: 2\r\nContent-Length: 3'), /^HTTP\/1\.1 400 /],
    [`GET /v1/models HTTP/1.1\r\n\r\n`, /^HTTP\/1\.1 400 /],
    [
      `GET http://evil.example/v1/models HTTP/1.1\r\nHost: 127.0.0.1:${product.port}\r\nConnection: close\r\n\r\n`,
      /^HTTP\/1\.1 403 /,
    ],
    [head(`X-Long: ${'x'.repeat(20_000)}`), /^HTTP\/1\.1 431 /],
    [head(Array.from({ length: 2_000 }, (_, at) => `X-${at}: y`).join('\r\n')), /^HTTP\/1\.1 431 /],
    [`${head('Transfer-Encoding: chunked')}ZZ\r\n`, /^HTTP\/1\.1 400 /],
    [head('X-Folded: a\r\n b'), /^HTTP\/1\.1 400 /],
  ];
  for (const [bytes, status] of cases) assert.match(await sendRaw(product.url, bytes), status, bytes.slice(0, 120));
});

test('the error models answer with the status of a real failure', async () => {
  const cases: [number, string, string][] = [
    [401, 'upstream_auth_failed', 'authentication_error'],
    [429, 'upstream_rate_limited', 'rate_limit_error'],
    [500, 'upstream_error', 'api_error'],
  ];
  for (const stream of [false, true]) {
    for (const [status, code, type] of cases) {
      const reply = await product.chat({ ...hello, model: `local/error-${status}`, stream });
      assert.equal(errorOf(reply, status, code).type, type);
      assert.equal(reply.headers['x-should-retry'], 'false');
      assert.equal(reply.headers['retry-after'], status === 429 ? '2' : undefined);
      const row = await product.row(String(reply.headers['x-request-id']));
      assert.deepEqual([row.outcome, row.status, row.attempts.length], ['failed', status, 1]);
    }
  }
});

test('after all this it still answers', async () => {
  assert.ok(product.running);
  assert.equal((await product.chat(hello)).status, 200);
});
