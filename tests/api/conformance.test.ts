/** What all dialects owe their clients on the wire, on the running product (docs/conformance.md names each line's test). */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { after, before, describe, test } from 'node:test';
import { dialects, type Speech } from './dialects.ts';
import { type Reply, send } from './http.ts';
import { Product } from './product.ts';

let product: Product;
before(async () => {
  product = await Product.start();
});
after(() => product.stop());

const greeting = 'Hello, Traygate! 你好 👋';
const json = 'application/json';
const key = (): Record<string, string> => ({ authorization: `Bearer ${product.key}`, 'content-type': json });
const bodyOf = (speech: Speech, text: string, fields: object = {}): string =>
  JSON.stringify({ model: 'local/echo', ...speech.body(text), ...fields });
const post = (
  speech: Speech,
  body: string | Uint8Array | readonly Uint8Array[],
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> => send(product.url, { method: 'POST', path: speech.path, headers: { ...key(), ...headers }, body });

for (const speech of dialects) {
  describe(speech.name, () => {
    test('stream true is answered with an event stream, false and absent with JSON', async () => {
      for (const fields of [{}, { stream: false }, { stream: null }])
        assert.equal(speech.said(await post(speech, bodyOf(speech, greeting, fields))), greeting);
      const reply = await post(speech, bodyOf(speech, greeting, { stream: true }));
      assert.match(reply.headers['content-type'] ?? '', /^text\/event-stream/);
      assert.equal(speech.heard(reply.text), greeting);
      assert.match(reply.text, speech.end);
    });

    test('a stream has no length, is not cached and not compressed, whatever the client accepts', async () => {
      const headers = { 'accept-encoding': 'gzip, deflate, br, zstd' };
      const reply = await post(speech, bodyOf(speech, greeting, { stream: true }), headers);
      assert.equal(speech.heard(reply.text), greeting);
      assert.equal(reply.headers['content-length'], undefined);
      assert.equal(reply.headers['content-encoding'], undefined);
      assert.equal(reply.headers['cache-control'], 'no-cache');
    });

    test('a body in single bytes, split inside its characters, with a charset', async () => {
      const bytes = [...Buffer.from(bodyOf(speech, greeting))].map((byte) => Buffer.from([byte]));
      assert.equal(speech.said(await post(speech, bytes, { 'content-type': `${json}; charset=utf-8` })), greeting);
    });

    test('Expect: 100-continue is answered before the body is sent', async () => {
      const body = bodyOf(speech, greeting);
      const headers = { ...key(), expect: '100-continue', 'content-length': String(Buffer.byteLength(body)) };
      const outgoing = request(`${product.url}${speech.path}`, { method: 'POST', headers, agent: false });
      outgoing.flushHeaders();
      await once(outgoing, 'continue');
      outgoing.end(body);
      const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
      assert.equal(incoming.statusCode, 200);
      incoming.resume();
    });

    test('bodies of 1.5 MB and of 30 MB are served', async () => {
      for (const size of [1_500_000, 30_000_000]) {
        const body = bodyOf(speech, 'x'.repeat(size), { model: 'local/think' });
        assert.match(speech.said(await post(speech, body)), /\w/, String(size));
      }
    });

    test('a connection serves further requests after a stream has ended', async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const ports = new Set<number | undefined>();
      for (const stream of [true, true, false, true]) {
        const outgoing = request(`${product.url}${speech.path}`, { method: 'POST', headers: key(), agent });
        outgoing.end(bodyOf(speech, greeting, { stream }));
        const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
        ports.add(incoming.socket.localPort);
        await once(incoming.resume(), 'end');
        await new Promise(setImmediate);
      }
      assert.equal(ports.size, 1);
      agent.destroy();
    });

    test('headers nobody knows, any beta and any query are let pass', async () => {
      const headers = {
        'anthropic-version': '2023-06-01',
        'anthropic-beta': 'claude-code-20250219,interleaved-thinking-2025-05-14,of-tomorrow-2031-01-01',
        'anthropic-dangerous-direct-browser-access': 'true',
        'x-stainless-lang': 'js',
        'x-stainless-retry-count': '1',
        'x-app': 'cli',
        'x-claude-code-session-id': 's',
        originator: 'codex_exec',
        'session-id': 's',
        'thread-id': 't',
        conversation_id: 'c',
        'x-codex-turn-metadata': '{"request_kind":"turn"}',
        'x-session-affinity': 's',
        'http-referer': 'https://cherry-ai.com',
        'x-title': 'Cherry Studio',
      };
      for (const query of ['', '?beta=true', '?limit=1000&beta=true']) {
        const sent = { method: 'POST', headers: { ...key(), ...headers }, body: bodyOf(speech, greeting) };
        assert.equal(speech.said(await send(product.url, { ...sent, path: speech.path + query })), greeting);
      }
    });

    test('either header carries the key, or both', async () => {
      const { authorization, ...rest } = key();
      assert.ok(authorization);
      for (const headers of [
        { authorization },
        { 'x-api-key': product.key },
        { authorization, 'x-api-key': product.key },
      ]) {
        const sent = { method: 'POST', path: speech.path, body: bodyOf(speech, greeting) };
        assert.equal((await send(product.url, { ...sent, headers: { ...rest, ...headers } })).status, 200);
      }
    });

    test('a client that leaves at the last event has had its answer', async () => {
      const body = bodyOf(speech, greeting, { stream: true });
      for (let round = 0; round < 10; round += 1) {
        const socket = connect(product.port, '127.0.0.1');
        const head = Object.entries({
          ...key(),
          host: `127.0.0.1:${product.port}`,
          'content-length': Buffer.byteLength(body),
        });
        socket.write(
          `POST ${speech.path} HTTP/1.1\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
        );
        const last = /data: \[DONE\]|event: message_stop|event: response\.completed/;
        let text = '';
        await new Promise((resolve) => {
          socket.on('close', resolve).on('data', (chunk: Buffer) => {
            text += chunk.toString();
            if (last.test(text)) socket.destroy();
          });
        });
        const id = /^x-request-id: (\w+)/im.exec(text)?.[1] ?? assert.fail(text);
        assert.equal((await product.row(id)).outcome, 'ok');
      }
    });

    test('a stream that breaks ends in its error and is closed', async () => {
      const reply = await post(speech, bodyOf(speech, 'x', { model: 'local/cut', stream: true }));
      assert.equal(reply.status, 200);
      assert.match(speech.broke(reply.text) ?? '', /^(upstream_disconnect|api_error)$/);
      assert.doesNotMatch(reply.text, speech.end);
    });

    test('what fails before the first word has its status, streamed or not', async () => {
      for (const stream of [false, true]) {
        for (const [status, code, type] of [
          [401, 'upstream_auth_failed', 'authentication_error'],
          [429, 'upstream_rate_limited', 'rate_limit_error'],
          [500, 'upstream_error', 'api_error'],
        ] as const) {
          const reply = await post(speech, bodyOf(speech, 'x', { model: `local/error-${status}`, stream }));
          speech.refused(reply, status, code, type);
          assert.equal(reply.headers['x-should-retry'], 'false');
          assert.equal(reply.headers['retry-after'], status === 429 ? '2' : undefined);
        }
        const reply = await post(speech, bodyOf(speech, 'ERROR 503', { model: 'local/script', stream }));
        assert.equal(reply.status, 503);
        assert.equal(reply.headers['retry-after'], '2');
      }
    });

    test('every refusal has the shape of the dialect and is not to be repeated', async () => {
      const invalid = 'invalid_request_error';
      const check = (reply: Reply, status: number, code: string, type: string): void => {
        speech.refused(reply, status, code, type);
        assert.equal(reply.headers['x-should-retry'], 'false');
      };
      for (const body of ['{"a":', '', '[]', 'null', '{"a":1}}'])
        check(await post(speech, body), 400, 'invalid_json', invalid);
      check(await post(speech, '{}'), 400, 'invalid_parameter', invalid);
      check(await post(speech, bodyOf(speech, 'x', { temperature: 'hot' })), 400, 'invalid_parameter', invalid);
      check(await post(speech, bodyOf(speech, 'x', { model: 'nope' })), 404, 'model_not_found', 'not_found_error');
      check(await post(speech, 'x', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type', invalid);
      check(await post(speech, bodyOf(speech, 'x'), { authorization: 'Bearer wrong' }), 401, 'invalid_api_key', 'authentication_error'); // prettier-ignore
      check(await post(speech, bodyOf(speech, 'x'), { origin: 'https://evil.example' }), 403, 'forbidden_origin', 'permission_error'); // prettier-ignore
      check(await post(speech, Buffer.alloc(33 * 1024 * 1024, 32)), 413, 'request_too_large', 'request_too_large');
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
        const reply = await send(product.url, { method, path: speech.path, headers: key() });
        check(reply, 405, 'method_not_allowed', invalid);
        assert.match(reply.headers.allow ?? '', /\bPOST\b/);
      }
      const below = await send(product.url, {
        method: 'POST',
        path: `${speech.path}/nothing`,
        headers: key(),
        body: '{}',
      });
      check(below, 404, 'not_found', 'not_found_error');
    });

    test('OPTIONS needs no key and grants nothing', async () => {
      const reply = await send(product.url, { method: 'OPTIONS', path: speech.path });
      assert.deepEqual([reply.status, reply.headers.allow, reply.text], [204, 'POST, OPTIONS', '']);
      assert.ok(!Object.keys(reply.headers).some((name) => name.startsWith('access-control')));
    });
  });
}

test('thirty tools of 60 kB with the longest names are taken', async () => {
  const properties = Object.fromEntries(
    Array.from({ length: 25 }, (_, place) => [
      `p${place}`,
      { anyOf: [{ type: 'string' }, { type: 'null' }], description: 'x'.repeat(20) },
    ]),
  );
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties,
    additionalProperties: false,
  };
  const names = Array.from({ length: 30 }, (_, place) => `mcp__server-${place}.`.padEnd(64, 'x'));
  const tools = {
    'openai-chat': names.map((name) => ({ type: 'function', function: { name, parameters: schema } })),
    'anthropic-messages': names.map((name) => ({ name, input_schema: schema })),
    'openai-responses': names.map((name) => ({ type: 'function', name, parameters: schema })),
  };
  assert.ok(JSON.stringify(tools['openai-chat']).length > 60_000);
  const [name = ''] = names;
  for (const speech of dialects) {
    const body = bodyOf(speech, `CALL_TOOL ${name} {"p0":null}`, { model: 'local/script', tools: tools[speech.name] });
    const reply = await post(speech, body);
    assert.equal(reply.status, 200, reply.text);
    assert.ok(reply.text.includes(`"name":"${name}"`));
  }
});

test('the probes of Claude Code and of old clients are answered at once', async () => {
  for (const path of ['/api/hello', '/v1/api/hello', '/anthropic/api/hello'])
    for (const headers of [{}, { 'user-agent': 'Bun/1.3' }, key()])
      assert.equal((await send(product.url, { method: 'HEAD', path, headers })).status, 404);
  const head = await send(product.url, { method: 'HEAD', path: '/v1/models', headers: key() });
  assert.deepEqual([head.status, head.text], [200, '']);
});

test('localhost reaches it by either family of addresses', async (context) => {
  const own = new Set(
    Object.values(networkInterfaces()).flatMap((entries = []) => entries.map((entry) => entry.address)),
  );
  for (const address of ['127.0.0.1', '::1']) {
    if (!own.has(address)) {
      context.diagnostic(`this computer has no ${address}`);
      continue;
    }
    const outgoing = request({ host: address, port: product.port, path: '/v1/models', headers: { ...key(), host: `localhost:${product.port}` } }); // prettier-ignore
    outgoing.end();
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    assert.equal(incoming.resume().statusCode, 200, address);
  }
});

test('a path that does not exist is JSON in the shape of whoever asks', async () => {
  const anthropic = dialects[1] ?? assert.fail();
  const openai = dialects[0] ?? assert.fail();
  const get = (path: string, headers: Record<string, string> = {}) =>
    send(product.url, { path, headers: { ...key(), ...headers } });
  for (const path of ['/v1/nothing', '/nothing', '/v1/engines', '/v1beta/models/x:streamGenerateContent?alt=sse']) {
    openai.refused(await get(path), 404, 'not_found', 'not_found_error');
    const headers = { 'anthropic-version': '2023-06-01' };
    anthropic.refused(await get(path, headers), 404, 'not_found', 'not_found_error');
    anthropic.refused(await get(`/anthropic${path}`), 404, 'not_found', 'not_found_error');
  }
});

test('a model is found by any spelling of its slash; one that is not there is model_not_found', async () => {
  for (const path of ['/v1/models/local%2Fecho', '/v1/models/local/echo', '/v1/v1/models/local%2fecho'])
    assert.equal(((await send(product.url, { path, headers: key() })).json() as { id: string }).id, 'local/echo');
  const openai = dialects[0] ?? assert.fail();
  openai.refused(await send(product.url, { path: '/v1/models/MBZUAI-IFM%2FNope', headers: key() }), 404, 'model_not_found', ''); // prettier-ignore
});
