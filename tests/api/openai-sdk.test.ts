/** The official client, as a user's program holds it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import OpenAI from 'openai';
import { Product } from './product.ts';

let product: Product;
let client: OpenAI;
before(async () => {
  product = await Product.start();
  client = new OpenAI({ baseURL: `${product.url}/v1`, apiKey: product.key });
});
after(() => product.stop());

const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'The weather of a city.',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
      additionalProperties: false,
    },
  },
} as const;

function says(content: string): OpenAI.ChatCompletionMessageParam[] {
  return [{ role: 'user', content }];
}

test('chat', async () => {
  const reply = await client.chat.completions.create({ model: 'local/echo', messages: says('Hi there') });
  assert.equal(reply.choices[0]?.message.content, 'Hi there');
  assert.equal(reply.choices[0].finish_reason, 'stop');
  assert.equal(reply.usage?.total_tokens, 4);
});

test('a stream read by hand', async () => {
  const stream = await client.chat.completions.create({ model: 'local/long', messages: says('x'), stream: true });
  let text = '';
  const reasons: (string | null)[] = [];
  for await (const chunk of stream) {
    // As the customer's own snippet does: every chunk has a choice, every choice a delta.
    const [choice] = chunk.choices;
    assert.ok(choice);
    text += choice.delta.content ?? '';
    reasons.push(choice.finish_reason);
  }
  assert.ok(text.split(' ').length > 1_900);
  assert.deepEqual([reasons.filter(Boolean), reasons.at(-1)], [['stop'], 'stop']);
});

test('the stream helper with include_usage', async () => {
  const runner = client.chat.completions.stream({
    model: 'local/think',
    messages: says('x'),
    stream_options: { include_usage: true },
  });
  const final = await runner.finalChatCompletion();
  assert.match(final.choices[0]?.message.content ?? '', /answer/);
  assert.ok((await runner.totalUsage()).total_tokens > 0);
});

test('thinking, apart from the answer and before it', async () => {
  const stream = await client.chat.completions.create({ model: 'local/think', messages: says('x'), stream: true });
  const order: string[] = [];
  for await (const { choices } of stream) {
    const delta = choices[0]?.delta ?? {};
    if ('reasoning_content' in delta) order.push('thinking');
    if (delta.content) order.push('answer');
  }
  assert.ok(order.indexOf('answer') > 0 && order.lastIndexOf('thinking') < order.indexOf('answer'), order.join());
});

test('a round trip with parallel calls, streamed', async () => {
  const prompt = '<user_query>CALL_TOOL get_weather {"city":"Rome {IT}"}\nCALL_TOOL get_weather</user_query>';
  const first = await client.chat.completions
    .stream({ model: 'local/script', messages: says(prompt), tools: [weather] })
    .finalChatCompletion();
  const message = first.choices[0]?.message;
  assert.equal(first.choices[0]?.finish_reason, 'tool_calls');
  const calls = (message?.tool_calls ?? []).flatMap((call) => (call.type === 'function' ? [call] : []));
  assert.deepEqual(
    calls.map((call) => [call.function.name, JSON.parse(call.function.arguments)]),
    [
      ['get_weather', { city: 'Rome {IT}' }],
      ['get_weather', {}],
    ],
  );
  assert.equal(new Set(calls.map((call) => call.id)).size, 2);
  assert.ok(message);
  const second = await client.chat.completions.create({
    model: 'local/script',
    tools: [weather],
    messages: [
      ...says(prompt),
      message,
      ...calls.map((call, place): OpenAI.ChatCompletionToolMessageParam => ({
        role: 'tool',
        tool_call_id: call.id,
        content: `result ${place}`,
      })),
    ],
  });
  assert.equal(second.choices[0]?.message.content, 'result 0\nresult 1');
});

test('the tool runner comes to its end', async () => {
  let asked = '';
  const runner = client.chat.completions.runTools({
    model: 'local/script',
    stream: true,
    messages: says('CALL_TOOL get_weather {"city":"Oslo"}'),
    tools: [
      {
        type: 'function',
        function: {
          name: 'get_weather',
          description: 'The weather of a city.',
          parameters: { type: 'object', properties: { city: { type: 'string' } } },
          parse: (text: string) => JSON.parse(text) as { city: string },
          function: ({ city }: { city: string }) => {
            asked = city;
            return 'snow';
          },
        },
      },
    ],
  });
  assert.equal(await runner.finalContent(), 'snow');
  assert.equal(asked, 'Oslo');
});

test('a forced tool is called, a forbidden one is not', async () => {
  const body = { model: 'local/script', tools: [weather] };
  const forced = await client.chat.completions.create({
    ...body,
    messages: says('Extract.'),
    tool_choice: { type: 'function', function: { name: 'get_weather' } },
  });
  assert.equal(forced.choices[0]?.finish_reason, 'tool_calls');
  const none = await client.chat.completions.create({
    ...body,
    messages: says('CALL_TOOL get_weather'),
    tool_choice: 'none',
  });
  assert.equal(none.choices[0]?.message.tool_calls, undefined);
});

test('structured output is parsed', async () => {
  const schema = {
    type: 'object',
    properties: {
      name: { type: 'string' },
      age: { type: 'integer', minimum: 18 },
      tags: { type: 'array', items: { type: 'string' }, minItems: 2 },
    },
    required: ['name', 'age', 'tags'],
    additionalProperties: false,
  };
  const reply = await client.chat.completions.parse({
    model: 'local/script',
    messages: says('Who?'),
    response_format: { type: 'json_schema', json_schema: { name: 'person', strict: true, schema } },
  });
  assert.deepEqual(reply.choices[0]?.message.parsed, { name: 'text', age: 18, tags: ['text', 'text'] });
});

test('models', async () => {
  const ids: string[] = [];
  for await (const model of client.models.list()) ids.push(model.id);
  assert.ok(ids.includes('local/echo') && ids.includes('local/script'));
  assert.equal((await client.models.retrieve('local/echo')).owned_by, 'local');
  await assert.rejects(
    client.models.retrieve('no-such-model'),
    (error) => error instanceof OpenAI.NotFoundError && error.code === 'model_not_found',
  );
});

test('errors are the classes users catch, each after one request', async () => {
  const classes = { 401: OpenAI.AuthenticationError, 429: OpenAI.RateLimitError, 500: OpenAI.InternalServerError };
  for (const [status, kind] of Object.entries(classes)) {
    for (const stream of [false, true]) {
      const known = (await product.rows()).length;
      await assert.rejects(
        client.chat.completions.create({ model: `local/error-${status}`, messages: says('x'), stream }),
        (error) => {
          assert.ok(error instanceof kind, String(error));
          assert.ok(error.requestID?.startsWith('req_'));
          assert.match(error.message, /^\d+ This test model failed/);
          return true;
        },
      );
      assert.equal((await product.rows()).length, known + 1, 'the SDK has not repeated it');
    }
  }
  const stranger = new OpenAI({ baseURL: `${product.url}/v1`, apiKey: 'sk-local-wrong' });
  await assert.rejects(stranger.models.list(), OpenAI.AuthenticationError);
  await assert.rejects(
    client.chat.completions.create({ model: 'local/echo', messages: says('x'), n: 2 }),
    (error) => error instanceof OpenAI.BadRequestError && error.param === 'n',
  );
});

test('an answer that breaks in the stream is thrown after its text', async () => {
  const stream = await client.chat.completions.create({ model: 'local/cut', messages: says('x'), stream: true });
  let text = '';
  await assert.rejects(async () => {
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  }, OpenAI.APIError);
  assert.ok(text.length > 10);
  await assert.rejects(
    client.chat.completions.stream({ model: 'local/cut', messages: says('x') }).finalChatCompletion(),
    OpenAI.APIError,
  );
});

test('abort ends the request here and there', async () => {
  const stream = await client.chat.completions.create({ model: 'local/slow', messages: says('x'), stream: true });
  for await (const chunk of stream) {
    assert.ok(chunk.choices[0]?.delta.content);
    stream.controller.abort();
  }
  const [newest] = await product.rows();
  assert.ok(newest);
  const row = await product.row(newest.id);
  assert.deepEqual([row.model, row.outcome, row.status], ['local/slow', 'cancelled', 499]);
});
