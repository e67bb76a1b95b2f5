/** Group H: a hostile provider. What its parsers make of hostile bytes is beside them. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { dialects } from '../api/dialects.ts';
import { type Case, fault, type Talk } from './fault.ts';
import { delta, headOf, json, open, parse, type Script, tailOf, type Turn, write } from './harness/scripts.ts';
import { portOf } from '../port-of.ts';

const kinds = ['openai-compatible', 'anthropic-compatible'] as const;

/**
 * Asks while the memory of the product is watched; the most it has grown by, in MB. Asked once before: what a process takes to
 * compile its code and to let its heap grow is not the request's.
 */
async function watched(t: Case, run: () => Promise<Talk>): Promise<{ talk: Talk; grown: number }> {
  await run();
  const before = t.product.memory();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, t.product.memory())), 20);
  const talk = await run();
  clearInterval(timer);
  return { talk, grown: most - before };
}

fault('F133', 'P0', '300 MB without an end of line are broken off early, whatever the API', async (t) => {
  for (const kind of kinds) {
    const service = await t.service(['nonl:300MB'], { kind });
    const { talk, grown } = await watched(t, () => t.ask(service));
    assert.deepEqual([talk.status, talk.error], [502, 'upstream_protocol'], talk.text.slice(0, 200));
    assert.ok(grown < 32, `${grown} MB`);
    t.within(talk.endedAt - talk.begun, 3_000, 'broken off');
  }
});

fault('F134', 'P1', 'an answer without end is ended by its size, and the row says why', async (t) => {
  const service = await t.service(['big:200MB']);
  t.allow({ busy: 'a hundred megabytes go through it at once' });
  const talk = await t.ask(service, { prompt: 'x' });
  assert.deepEqual([talk.error, talk.marked], ['upstream_protocol', false]);
  const row = await t.row(talk);
  assert.deepEqual([row.outcome, row.failure?.code], ['failed', 'upstream_protocol']);
  // A hundred megabytes are not compared.
  t.talks.length = 0;
});

/** An error body that goes on until somebody has had enough; what was sent of it. */
let errorBytes = 0;
const endlessError: Script = async (turn) => {
  turn.response.writeHead(500, { 'content-type': 'application/json' });
  const piece = Buffer.alloc(64 * 1024, 'e');
  for (errorBytes = 0; errorBytes < 1 << 30; errorBytes += piece.length) if (!(await write(turn, piece))) return;
  turn.response.end();
};

fault('F136', 'P0', 'a bomb and an error body of a gigabyte are given up early', async (t) => {
  for (const script of ['gzip-bomb:200MB', endlessError]) {
    const service = await t.service([script]);
    const { talk, grown } = await watched(t, () => t.ask(service));
    assert.equal(talk.status, 502, talk.text.slice(0, 200));
    assert.ok(grown < 16, `${grown} MB`);
    assert.ok(talk.text.length < 4_096);
    // What the connection itself holds on its way is not read.
    assert.ok(errorBytes < 16 << 20, `${errorBytes} bytes of the error were taken`);
  }
});

fault(
  'F137',
  'P0',
  'a redirect is not followed, wherever it leads, and the token stays where it belongs',
  async (t) => {
    const elsewhere = await t.start();
    const targets = [`${elsewhere.url}/v1/chat/completions`, 'http://169.254.169.254/latest/', 'http://127.0.0.1:9/', 'file:///etc/passwd', '//evil.example/']; // prettier-ignore
    for (const target of targets) {
      const service = await t.service([`redir:${target}`]);
      const talk = await t.ask(service);
      assert.deepEqual([talk.status, talk.error], [502, 'no_such_api'], `${target}: ${talk.text}`);
      assert.equal(t.faultd.seen.at(-1)?.key, service.keys[0]);
    }
    for (const status of [301, 303, 307, 308]) {
      const service = await t.service([
        ({ response }) => void response.writeHead(status, { location: `${elsewhere.url}/v1/chat/completions` }).end(),
      ]);
      assert.equal((await t.ask(service)).error, 'no_such_api', String(status));
    }
    assert.equal(elsewhere.requests, 0);
  },
);

fault('F138', 'P0', 'a base URL that leads inside is refused when it is saved, in every notation', async (t) => {
  const cases: readonly (readonly [string, string])[] = [
    ['https://169.254.169.254/v1', 'address_forbidden'],
    ['https://[::ffff:a9fe:a9fe]/v1', 'address_forbidden'],
    ['https://2852039166/v1', 'address_forbidden'],
    ['https://0251.0376.0251.0376/v1', 'address_forbidden'],
    ['https://0xa9fea9fe/v1', 'address_forbidden'],
    ['https://metadata.google.internal/v1', 'address_forbidden'],
    ['http://0.0.0.0/v1', 'address_forbidden'],
    ['https://[fe80::1]/v1', 'address_forbidden'],
    ['https://user:pass@example.com/v1', 'address_credentials'],
    ['http://example.com/v1', 'address_insecure'],
    ['file:///etc/passwd', 'address_scheme'],
    ['gopher://127.0.0.1/', 'address_scheme'],
    [`http://127.0.0.1:${t.product.port}/v1`, 'address_own'],
  ];
  for (const [baseUrl, reason] of cases) {
    const provider = { kind: 'openai-compatible', name: 'Inside', baseUrl };
    assert.equal(await t.product.tried('provider.add', { provider, keys: 'sk-inside-0123456789' }), reason, baseUrl);
    assert.equal(await t.product.tried('provider.verify', { provider, keys: 'sk-inside-0123456789' }), reason, baseUrl);
  }
});

fault('F139', 'P0', 'nothing a client sends names another destination', async (t) => {
  const elsewhere = await t.start();
  const to = elsewhere.url;
  for (const kind of kinds) {
    for (const { name } of dialects) {
      const service = await t.service(['ok'], { kind });
      const more = { api_base: to, base_url: to, proxy: to, provider_url: to, headers: { Host: 'evil' }, extra_headers: { a: 'b' }, api_key: 'sk-evil-0123456789' }; // prettier-ignore
      const headers = { 'x-forwarded-host': 'evil.example', 'openai-base-url': to, 'x-openai-base-url': to, 'x-api-base': to }; // prettier-ignore
      const talk = await t.ask(service, { dialect: name, more, headers });
      assert.equal(talk.status, 200, talk.text);
      const seen = t.faultd.seen.at(-1);
      assert.deepEqual(
        Object.keys(more).filter((field) => seen && field in seen.body),
        [],
      );
      assert.deepEqual(
        Object.keys(headers).filter((header) => seen && header in seen.headers),
        [],
      );
      assert.equal(seen?.headers.host, `127.0.0.1:${t.faultd.port}`);
      assert.equal(seen?.key, service.keys[0]);
    }
  }
  assert.equal(elsewhere.requests, 0);
});

/** Text that comes from a model must reach the client as it is, and soon. */
async function passesOn(t: Case, name: string, text: string): Promise<void> {
  const script: Script = async (turn) => {
    open(turn);
    await write(turn, headOf(turn));
    for (let at = 0; at < text.length; at += 100_000) await write(turn, delta(turn, text.slice(at, at + 100_000)));
    turn.response.end(tailOf(turn));
  };
  t.allow({ busy: 'megabytes are parsed and written at once' });
  const service = await t.service([script, script]);
  const tool = { type: 'function', function: { name: 'f', parameters: { type: 'object' } } };
  for (const more of [{}, { tools: [tool] }]) {
    const begun = performance.now();
    const talk = await t.ask(service, { more });
    assert.equal(talk.said, text, name);
    t.within(performance.now() - begun, 4_000, name);
  }
}

fault('F140', 'P0', 'text that is slow to search is passed on unchanged, without delay', async (t) => {
  for (const [name, text] of Object.entries({
    'tags without an end': '<details>'.repeat(30_000),
    'openings of tags': '<thinking '.repeat(13_000),
    braces: '{'.repeat(1_000_000),
    'one word of megabytes': 'x'.repeat(4_000_000),
  }))
    await passesOn(t, name, text);
});

fault('F142', 'P0', 'markup in an answer, a name and an error is passed on as the text it is', async (t) => {
  const markup = `<img src=x onerror="alert(1)"> [a](javascript:alert(1)) \u001b[31m \u202e ${'\u{1F9EA}'.repeat(1_000)}`;
  await passesOn(t, 'markup', markup);
  const refused = await t.ask(await t.service([(turn) => json(turn, 400, { error: { message: markup } })]));
  assert.equal(refused.status, 400);
  assert.match(refused.headers['content-type'] ?? '', /^application\/json/, 'a browser would not run it');
  assert.equal(refused.headers['x-content-type-options'], 'nosniff');
  const unknown = await t.ask({ model: '<img src=x onerror=alert(1)>' });
  assert.equal(unknown.status, 404);
});

/** An error that says the token in each of its fields, as a reply or inside a stream. */
const echoing =
  (status: number): Script =>
  (turn) => {
    const { authorization = '', 'x-api-key': key = authorization.slice(7) } = turn.response.req.headers;
    const error = { message: `bad key ${String(key)}`, type: String(key), code: key, param: key };
    if (status !== 200) return json(turn, status, { type: 'error', error });
    open(turn);
    turn.response.end(`event: error\ndata: ${JSON.stringify({ type: 'error', error })}\n\n`);
  };

fault('F143', 'P0', 'an error that repeats our token is blotted out everywhere, whatever the token looks like', async (t) => {
  const clean = (text: string, where: string) =>
    assert.equal(/.{0,80}CANARY.{0,80}/.exec(text)?.[0], undefined, where);
  for (const kind of kinds) {
    for (const keys of ['sk-CANARY-token-', 'CANARY-opaque-']) {
      for (const status of [400, 401, 500, 200]) {
        const service = await t.service([echoing(status)], { kind, keys });
        for (const { name } of dialects) {
          const talk = await t.ask(service, { dialect: name });
          assert.ok(talk.status >= 400 || talk.error !== undefined, talk.text);
          clean(talk.text, `${status} ${name}`);
        }
        clean(JSON.stringify(await t.tokens(service)), 'the token');
        clean(JSON.stringify(await t.product.call('state.get', null)), 'the state');
      }
    }
  }
  clean(JSON.stringify(await t.rows()), 'the rows');
  clean(JSON.stringify(await t.product.call('support.preview', null)), 'the report');
}); // prettier-ignore

fault('F143', 'P0', 'cookies of a service are neither kept nor sent with another token, and reach no client', async (t) => {
  let serial = 0;
  const baking = (turn: Turn): void | Promise<void> => {
    const cookies = [`session=CANARY-cookie-${++serial}; Path=/; HttpOnly`, `__cf_bm=CANARY-cookie-${serial}; Secure`];
    turn.response.setHeader('set-cookie', cookies);
    return serial % 3 === 0 ? json(turn, 500, { error: { message: 'no' } }) : parse('ok')(turn);
  };
  for (const kind of kinds) {
    const service = await t.service([baking, baking, baking], { kind });
    for (let at = 0; at < 9; at++) {
      const talk = await t.ask(service);
      assert.equal(talk.headers['set-cookie'], undefined);
      assert.doesNotMatch(JSON.stringify(talk.headers), /CANARY/);
    }
  }
  assert.ok(serial > 18 && t.faultd.seen.length === serial);
  for (const { headers } of t.faultd.seen) assert.equal(headers.cookie, undefined);
  assert.equal(new Set(t.faultd.seen.map(({ key }) => key)).size, 6);
}); // prettier-ignore

const callFrame = (index: number, id: string, name: string, text: string): string =>
  `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: { tool_calls: [{ index, id, type: 'function', function: { name, arguments: text } }] }, finish_reason: null }] })}\n\n`; // prettier-ignore
const calls =
  (...frames: readonly string[]): Script =>
  async (turn) => {
    open(turn);
    for (const frame of [headOf(turn), ...frames]) if (!(await write(turn, frame))) return;
    turn.response.end(tailOf(turn).replace('"stop"', '"tool_calls"'));
  };

fault('F145', 'P0', 'arguments of tools are data: __proto__ pollutes nothing, repeated ids stay two calls, too much is an error', async (t) => {
  const polluting = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}';
  const tool = { type: 'function', function: { name: 'f', parameters: { type: 'object' } } };
  const Whole = z.object({ choices: z.array(z.object({ message: z.object({ tool_calls: z.array(z.object({ id: z.string(), function: z.object({ name: z.string(), arguments: z.string() }) })) }) })) }); // prettier-ignore
  const two = await t.service([calls(callFrame(0, 'call_1', 'f', polluting), callFrame(1, 'call_1', 'f', '{}'))]);
  for (const dialect of ['openai-chat', 'anthropic-messages'] as const) {
    const talk = await t.ask(two, { dialect, more: dialect === 'openai-chat' ? { tools: [tool] } : { tools: [{ name: 'f', input_schema: { type: 'object' } }] } }); // prettier-ignore
    assert.equal(talk.status, 200, talk.text);
    assert.ok(talk.text.includes('polluted') && talk.marked, talk.text.slice(-300));
  }
  const whole = await t.ask(two, { stream: false, more: { tools: [tool] } });
  if (whole.status === 200 && 'choices' in (JSON.parse(whole.text) as object)) {
    const [choice] = Whole.parse(JSON.parse(whole.text)).choices;
    assert.equal(choice?.message.tool_calls.length, 2);
    assert.equal(choice?.message.tool_calls[0]?.function.arguments, polluting);
  }
  assert.equal(z.object({ polluted: z.unknown().optional() }).parse(await t.product.call('state.get', null)).polluted, undefined); // prettier-ignore

  t.allow({ busy: 'megabytes of arguments are parsed at once' });
  const piece = JSON.stringify('x'.repeat(500_000)).slice(1, -1);
  const huge = await t.service([calls(callFrame(0, 'call_1', 'f', '{"a":"'), ...Array.from({ length: 40 }, () => callFrame(0, '', '', piece)))]); // prettier-ignore
  const talk = await t.ask(huge, { more: { tools: [tool] } });
  assert.deepEqual([talk.error, talk.marked], ['upstream_protocol', false]);
}); // prettier-ignore

fault('F146', 'P1', 'of a hundred thousand models a thousand are kept, each once and with a harmless name', async (t) => {
  const names = [
    '<img src=x onerror=alert(1)>', 'javascript:alert(1)//\u202e', '../../x', 'a\nb', '__proto__', 'constructor', '', ' ',
    'faulty', 'faulty', 'FAULTY', 'my-alias', ...Array.from({ length: 100_000 }, (_, at) => `model-${at}`),
  ]; // prettier-ignore
  t.allow({ busy: 'a list of a hundred thousand models is read at once' });
  const many = await t.start({ models: names });
  const provider = { kind: 'openai-compatible', name: 'Many', baseUrl: `${many.url}/v1`, prefix: '', models: [] };
  const { id } = z.object({ id: z.string() }).parse(await t.product.call('provider.add', { provider, keys: many.key('ok') })); // prettier-ignore
  try {
    const listed = async () =>
      z.array(z.object({ id: z.string() })).parse(await t.product.call('models.list', { provider: id })).map((model) => model.id); // prettier-ignore
    await t.until('the list is read', async () => (await listed()).length > 900);
    const found = await listed();
    assert.ok(found.length <= 1_000, String(found.length));
    assert.equal(found.filter((name) => name.toLowerCase() === 'faulty').length, 1);
    assert.ok(found.includes('my-alias'), 'a name that the user has given');
    const aliases = [{ pattern: 'my-alias', targets: ['local/echo'] }];
    await t.product.call('settings.set', { path: 'models.aliases', value: aliases, by: 'test' });
    const asked = { model: 'my-alias', messages: [{ role: 'user', content: 'mine' }] };
    assert.match((await t.product.chat(asked)).text, /mine/, 'is answered by what it stands for');
    await t.product.call('settings.set', { path: 'models.aliases', value: [], by: 'test' });
    for (const name of found) assert.match(name, /^[\p{L}\p{N}@~][\p{L}\p{N} ._:+/@~()-]{0,199}$/u);
    const service = await t.service(['ok']);
    assert.equal((await t.ask(service)).status, 200);
  } finally {
    await t.product.call('provider.remove', { provider: id });
  }
}); // prettier-ignore

const frame = `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: 'a1.0 ' }, finish_reason: null }] })}\n\n`;
/** What no HTTP library would send. */
const wires: Readonly<Record<string, string>> = {
  'a length that is too long': `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 9000\r\n\r\n${frame}`,
  'two lengths': `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 10\r\ncontent-length: 20\r\n\r\n${frame}`,
  'chunks that are none': `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n${frame}`,
  'a chunk that ends early': `HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\nffff\r\n${frame}`,
  'HTTP of another version': 'HTTP/9.9 200 OK\r\n\r\n',
  'no HTTP': '\u0000\u0001SSH-2.0-evil\r\n',
  'headers without end': `HTTP/1.1 200 OK\r\n${'x-long: '.padEnd(30_000, 'y')}\r\n\r\n`,
  nothing: '',
};

async function rawService(bytes: string): Promise<{ url: string; close: () => void }> {
  const server = createTcp((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(bytes));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${portOf(server)}/v1`, close: () => server.close() };
}

fault('F147', 'P1', 'wrong lengths, broken chunks and noise are breaks, and bounded', async (t) => {
  for (const [name, bytes] of Object.entries(wires)) {
    const { url, close } = await rawService(bytes);
    const service = await t.service(['ok'], { baseUrl: url });
    const talk = await t.ask(service);
    close();
    assert.ok(talk.status === 502 || talk.error !== undefined, `${name}: ${talk.status} ${talk.text}`);
    assert.equal(talk.marked, false, name);
    assert.match(String(talk.error), /^upstream_/, name);
  }
  t.talks.length = 0;
});

fault('F147', 'P1', 'a flood of interim answers and trailers changes nothing', async (t) => {
  const flood: Server = createServer((request, response) => {
    request.resume();
    if (request.method === 'GET') return void response.end('{"data":[]}');
    for (let at = 0; at < 500; at++) response.writeProcessing();
    response.writeHead(200, { 'content-type': 'text/event-stream', trailer: 'x-evil' });
    response.write(frame);
    response.addTrailers({ 'x-evil': 'CANARY-trailer' });
    return void response.end(`data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`);
  }).listen(0, '127.0.0.1');
  await once(flood, 'listening');
  const service = await t.service(['ok'], { baseUrl: `http://127.0.0.1:${portOf(flood)}/v1` });
  const talk = await t.ask(service);
  flood.close();
  assert.deepEqual([talk.status, talk.said, talk.marked], [200, 'a1.0 ', true]);
  t.talks.length = 0;
  assert.doesNotMatch(readFileSync(path.join(t.product.dataDir, 'logs/traygate.log'), 'utf8'), /CANARY/);
});
