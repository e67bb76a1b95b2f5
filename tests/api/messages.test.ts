/** The Messages API on the running product: the official client as a user's program holds it, and the wire beneath. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { z } from 'zod';
import { readMessageStream } from '../messages-stream.ts';
import { type Reply, send } from './http.ts';
import { Product } from './product.ts';

const ownKey = 'sk-ant-for-these-routes-only';
let product: Product;
let client: Anthropic;
before(async () => {
  product = await Product.start({ ANTHROPIC_API_KEY: ownKey });
  client = new Anthropic({ baseURL: product.url, apiKey: ownKey, authToken: null });
});
after(() => product.stop());

const says = (content: string): Anthropic.MessageParam[] => [{ role: 'user', content }];
const asks = (model: string, content = 'x') => ({ model, max_tokens: 1_024, messages: says(content) });
const hello = asks('local/echo', 'Hello, Traygate! 你好 👋');
const weather: Anthropic.Tool = {
  name: 'get_weather',
  description: 'The weather of a city.',
  input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

const ErrorReply = z.strictObject({
  type: z.literal('error'),
  error: z.strictObject({ type: z.string(), message: z.string().min(10) }),
  request_id: z.string().regex(/^req_\w+$/),
});
function errorOf(reply: Reply, status: number, type: string): void {
  assert.equal(reply.status, status, reply.text.slice(0, 300));
  assert.match(reply.headers['content-type'] ?? '', /^application\/json/);
  const body = ErrorReply.parse(reply.json());
  assert.equal(body.error.type, type);
  assert.deepEqual(
    [reply.headers['request-id'], reply.headers['x-request-id']],
    [body.request_id, body.request_id],
    'the id is where either client looks for it',
  );
}

test('a whole answer, on every path and with whatever Claude Code adds', async () => {
  const headers = {
    'anthropic-version': '2023-06-01',
    'anthropic-beta': 'claude-code-20250219,of-tomorrow-2030-01-01',
    'x-claude-code-session-id': 'x',
  };
  for (const route of ['/v1/messages', '/messages', '/v1/v1/messages', '/anthropic/v1/messages?beta=true']) {
    const reply = await product.ask(route, hello, headers);
    assert.equal(reply.status, 200, reply.text);
    const id = String(reply.headers['request-id']).replace('req_', 'msg_');
    assert.deepEqual(reply.json(), {
      id,
      type: 'message',
      role: 'assistant',
      model: 'local/echo',
      content: [{ type: 'text', text: 'Hello, Traygate! 你好 👋' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 6, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 6 },
    });
  }
});

test('every stream is one that strict clients take', async () => {
  const tools = [weather];
  const thinking = { type: 'adaptive' };
  const call = 'THINK Hm.\nREPEAT 2 word\nCALL_TOOL get_weather {"city":"Rome"}\nCALL_TOOL get_weather';
  for (const body of [
    hello,
    asks('local/long'),
    { ...asks('local/think'), thinking },
    { ...asks('local/script', call), tools, thinking },
    { ...asks('local/script', call), tools },
  ]) {
    const reply = await product.ask('/v1/messages', { ...body, stream: true });
    assert.match(reply.headers['content-type'] ?? '', /^text\/event-stream/);
    assert.equal(reply.headers['content-length'], undefined);
    const read = readMessageStream(reply.text);
    assert.ok(read.error === null && read.firstUsage.input_tokens > 0);
    assert.equal(read.blocks[0]?.type === 'thinking', 'thinking' in body);
  }
});

test('create and stream say the same', async () => {
  const whole = await client.messages.create(hello);
  const streamed = await client.messages.stream(hello).finalMessage();
  assert.deepEqual(streamed.content, whole.content);
  assert.deepEqual([streamed.stop_reason, streamed.usage.output_tokens], ['end_turn', whole.usage.output_tokens]);
});

test('thinking comes signed when it was asked for, and can be sent back', async () => {
  const thinking = { type: 'enabled', budget_tokens: 1_024 } as const;
  for (const message of [
    await client.messages.create({ ...asks('local/think'), thinking }),
    await client.messages.stream({ ...asks('local/think'), thinking }).finalMessage(),
  ]) {
    const [first, second] = message.content;
    assert.ok(first?.type === 'thinking' && first.thinking && first.signature);
    assert.ok(second?.type === 'text' && second.text);
    const messages = [...says('x'), { role: 'assistant' as const, content: message.content }, ...says('And now?')];
    const next = await client.messages.create({ ...asks('local/echo'), messages, thinking });
    assert.deepEqual(next.content, [{ type: 'text', text: 'And now?' }]);
  }
  for (const wish of [{}, { thinking: { type: 'disabled' } as const }]) {
    const { content } = await client.messages.create({ ...asks('local/think'), ...wish });
    assert.deepEqual(
      content.map(({ type }) => type),
      ['text'],
    );
  }
});

test('a round trip with parallel calls', async () => {
  const messages = says('CALL_TOOL get_weather {"city":"Rome {IT}"}\nCALL_TOOL get_weather');
  const body = { ...asks('local/script'), messages, tools: [weather] };
  const first = await client.messages.stream(body).finalMessage();
  assert.equal(first.stop_reason, 'tool_use');
  const calls = first.content.flatMap((block) => (block.type === 'tool_use' ? [block] : []));
  assert.deepEqual(
    calls.map(({ name, input }) => [name, input]),
    [
      ['get_weather', { city: 'Rome {IT}' }],
      ['get_weather', {}],
    ],
  );
  assert.deepEqual(
    (await client.messages.create(body)).content.map((block) => (block.type === 'tool_use' ? block.input : null)),
    [{ city: 'Rome {IT}' }, {}],
  );
  const results: Anthropic.ToolResultBlockParam[] = calls.map(({ id }, place) => ({
    type: 'tool_result',
    tool_use_id: id,
    content: place === 0 ? 'result 0' : [{ type: 'text', text: 'result 1' }],
  }));
  const second = await client.messages.create({
    ...body,
    messages: [...messages, { role: 'assistant', content: first.content }, { role: 'user', content: results }],
  });
  assert.deepEqual(second.content, [{ type: 'text', text: 'result 0\nresult 1' }]);
});

test('the tool runner comes to its end, also when it begins with a thread', async () => {
  const asked: unknown[] = [];
  const threads: boolean[] = [];
  const watched = client.withOptions({
    fetch: (url, init) => {
      threads.push(typeof init?.body === 'string' && 'thread' in (JSON.parse(init.body) as object));
      return fetch(url, init);
    },
  });
  const runner = watched.beta.messages.toolRunner({
    ...asks('local/script', 'CALL_TOOL get_weather {"city":"Oslo"}'),
    tools: [
      {
        ...weather,
        parse: (input: unknown) => input,
        run: (input: unknown) => {
          asked.push(input);
          return 'snow';
        },
      },
    ],
  });
  const last = await runner.runUntilDone();
  assert.deepEqual([asked, last.content.at(-1)], [[{ city: 'Oslo' }], { type: 'text', text: 'snow' }]);
  assert.deepEqual(threads, [true, false, false], 'refused once, then the whole conversation');
});

test('a forced tool is called, a forbidden one is not; a wanted format is kept', async () => {
  const body = { ...asks('local/script', 'CALL_TOOL get_weather'), tools: [weather] };
  const forced = await client.messages.create({ ...body, messages: says('Go.'), tool_choice: { type: 'any' } });
  assert.equal(forced.stop_reason, 'tool_use');
  const none = await client.messages.create({ ...body, tool_choice: { type: 'none' } });
  assert.equal(none.stop_reason, 'end_turn');
  const schema = { type: 'object', properties: { age: { type: 'integer', minimum: 18 } }, required: ['age'] };
  const format = { type: 'json_schema' as const, schema };
  const { content } = await client.messages.create({ ...asks('local/script', 'Who?'), output_config: { format } });
  assert.deepEqual(content[0]?.type === 'text' && JSON.parse(content[0].text), { age: 18 });
});

test('errors are the classes users catch, each after one request', async () => {
  const classes = {
    401: Anthropic.AuthenticationError,
    429: Anthropic.RateLimitError,
    500: Anthropic.InternalServerError,
  };
  for (const [status, kind] of Object.entries(classes)) {
    for (const stream of [false, true]) {
      const known = (await product.rows()).length;
      await assert.rejects(client.messages.create({ ...asks(`local/error-${status}`), stream }), (error) => {
        assert.ok(error instanceof kind, String(error));
        assert.ok(error.requestID?.startsWith('req_'));
        return true;
      });
      assert.equal((await product.rows()).length, known + 1, 'the SDK has not repeated it');
    }
  }
  await assert.rejects(client.messages.create(asks('no-such-model')), Anthropic.NotFoundError);
  const stranger = new Anthropic({ baseURL: product.url, apiKey: 'sk-wrong', authToken: null });
  await assert.rejects(stranger.messages.create(hello), Anthropic.AuthenticationError);
});

test('an answer that breaks in the stream is thrown after its text', async () => {
  let text = '';
  const stream = client.messages.stream(asks('local/cut')).on('text', (piece) => (text += piece));
  await assert.rejects(stream.finalMessage(), Anthropic.APIError);
  assert.ok(text.length > 10);
  const reply = await product.ask('/v1/messages', { ...asks('local/cut'), stream: true });
  assert.equal(readMessageStream(reply.text).error?.type, 'api_error');
});

test('abort ends the request here and there', async () => {
  const stream = await client.messages.create({ ...asks('local/slow'), stream: true });
  for await (const event of stream) {
    assert.ok(event.type);
    stream.controller.abort();
  }
  const [newest] = await product.rows();
  assert.ok(newest);
  const row = await product.row(newest.id);
  assert.deepEqual(
    [row.model, row.dialect, row.outcome, row.status, row.clientKey],
    ['local/slow', 'anthropic-messages', 'cancelled', 499, 'ANTHROPIC_API_KEY'],
  );
});

test('tokens are counted without a provider: 24 at once, more for more, whatever the model', async () => {
  const known = (await product.rows()).length;
  const sizes = Array.from({ length: 24 }, (_, place) => place);
  const counts = await Promise.all(
    sizes.map((size) =>
      client.messages.countTokens({ model: 'claude-opus-5', messages: says('word '.repeat(1 + size * 10)) }),
    ),
  );
  for (const [place, { input_tokens }] of counts.entries())
    assert.ok(input_tokens > (counts[place - 1]?.input_tokens ?? 0));
  const body = { model: 'claude-opus-5', messages: says('x') };
  const count = async (fields: object): Promise<number> =>
    (await client.beta.messages.countTokens({ ...body, ...fields })).input_tokens;
  const plain = await count({});
  assert.ok((await count({ system: 'Be terse, and answer in one word.' })) > plain);
  assert.ok((await count({ tools: [weather] })) > plain + 20);
  for (const route of ['/v1/messages', '/messages', '/v1/v1/messages', '/anthropic/v1/messages']) {
    const reply = await product.ask(`${route}/count_tokens?beta=true`, { model: 'm', messages: [], tools: [weather] });
    assert.ok(z.strictObject({ input_tokens: z.number().int().positive() }).parse(reply.json()).input_tokens > 20);
  }
  assert.equal((await product.rows()).length, known);
});

test('models: the list and one of them', async () => {
  const ids: string[] = [];
  for await (const model of client.models.list({ limit: 1_000 })) {
    ids.push(model.id);
    assert.ok(model.type === 'model' && model.display_name && !Number.isNaN(Date.parse(model.created_at)));
  }
  assert.ok(ids.includes('local/echo') && ids.includes('GLM-4.7'));
  assert.equal((await client.models.retrieve('local/echo')).display_name, 'local/echo');
  await assert.rejects(client.models.retrieve('no-such-model'), Anthropic.NotFoundError);
});

test('everything below these paths answers in this shape, also before a key was shown', async () => {
  const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
    send(product.url, { method, path, headers, ...(body !== undefined && { body }) });
  const json = { 'content-type': 'application/json' };
  const key = { 'x-api-key': product.key };
  errorOf(await ask('POST', '/v1/messages', json, '{}'), 401, 'authentication_error');
  errorOf(await ask('POST', '/v1/messages/count_tokens', json, '{}'), 401, 'authentication_error');
  errorOf(await ask('GET', '/v1/models', { 'anthropic-version': '2023-06-01' }), 401, 'authentication_error');
  errorOf(await ask('POST', '/v1/messages', { ...json, ...key }, '{"a":'), 400, 'invalid_request_error');
  errorOf(await ask('POST', '/v1/messages', { ...json, ...key }, '{}'), 400, 'invalid_request_error');
  errorOf(
    await ask('POST', '/v1/messages', { 'content-type': 'text/plain', ...key }, 'x'),
    415,
    'invalid_request_error',
  );
  errorOf(await ask('POST', '/v1/messages', { origin: 'https://evil.example' }), 403, 'permission_error');
  errorOf(await ask('GET', '/v1/messages', key), 405, 'invalid_request_error');
  errorOf(await ask('GET', '/v1/messages/count_tokens', key), 405, 'invalid_request_error');
  errorOf(await ask('POST', '/v1/messages/batches', key), 404, 'not_found_error');
  errorOf(await ask('GET', '/anthropic/v1/nothing', key), 404, 'not_found_error');
  errorOf(await ask('GET', '/anthropic/v1/models/no-such-model', key), 404, 'not_found_error');
  const big = await ask('POST', '/v1/messages', { ...json, ...key }, ' '.repeat(33 * 1024 * 1024));
  errorOf(big, 413, 'request_too_large');
  assert.equal((await ask('HEAD', '/v1/api/hello')).status, 404);
});

test('the key of these routes opens no other', async () => {
  const headers = { 'x-api-key': ownKey };
  const ask = (path: string, body: object) =>
    send(product.url, {
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  assert.equal((await ask('/v1/messages', hello)).status, 200);
  assert.equal((await ask('/v1/chat/completions', hello)).status, 401);
  assert.equal((await send(product.url, { path: '/v1/models', headers })).status, 401);
});

test('a provider without a token says so, and is not asked again', async () => {
  const reply = await product.ask('/v1/messages', asks('GLM-4.7'));
  errorOf(reply, 503, 'api_error');
  assert.equal(reply.headers['x-should-retry'], 'false');
});
