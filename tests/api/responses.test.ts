/** The Responses API on the running product, with the official client and the bodies Codex sends. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import OpenAI from 'openai';
import { type Response, validate } from '../../electron/gateway/dialects/openai-responses/testing/validator.ts';
import type { Reply } from './http.ts';
import { Product } from './product.ts';
import { errorOf } from './shapes.ts';

let product: Product;
let client: OpenAI;
before(async () => {
  product = await Product.start();
  client = new OpenAI({ baseURL: `${product.url}/v1`, apiKey: product.key });
});
after(() => product.stop());

const weather = {
  type: 'function',
  name: 'get_weather',
  description: 'The weather of a city.',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
  strict: false,
} as const;

/** The response at the end of a whole, valid stream. */
function streamed(reply: Reply): ReturnType<typeof Response.parse> {
  assert.equal(reply.status, 200, reply.text.slice(0, 300));
  assert.match(reply.headers['content-type'] ?? '', /^text\/event-stream/);
  assert.equal(reply.headers['content-length'], undefined);
  assert.match(String(reply.headers['x-request-id']), /^req_\w+$/);
  return validate(reply.text);
}

test('create', async () => {
  const response = await client.responses.create({ model: 'local/echo', input: 'Hi there' });
  assert.equal(response.output_text, 'Hi there');
  assert.deepEqual([response.status, response.model], ['completed', 'local/echo']);
  assert.equal(response.usage?.total_tokens, 4);
});

test('every path, and the same said whole and streamed', async () => {
  for (const path of ['/v1/responses', '/responses', '/v1/v1/responses?beta=true']) {
    const body = { model: 'local/think', input: [{ role: 'user', content: 'x' }] };
    const whole = await product.ask(path, body);
    assert.match(whole.headers['content-type'] ?? '', /^application\/json/);
    const streamedOutput = streamed(await product.ask(path, { ...body, stream: true })).output;
    const { output } = whole.json() as { output: typeof streamedOutput };
    const said = (items: typeof output) => items.map((item) => ({ ...item, id: item.type }));
    assert.deepEqual(said(output), said(streamedOutput));
    assert.deepEqual(
      output.map((item) => item.type),
      ['reasoning', 'message'],
    );
  }
});

test('a stream read by hand', async () => {
  const stream = await client.responses.create({ model: 'local/long', input: 'x', stream: true });
  let text = '';
  let last = '';
  for await (const event of stream) {
    if (event.type === 'response.output_text.delta') text += event.delta;
    if (event.type === 'response.completed') assert.equal(event.response.status, 'completed');
    last = event.type;
  }
  assert.ok(text.split(' ').length > 1_900);
  assert.equal(last, 'response.completed');
});

test('the stream helper', async () => {
  const types = new Set<string>();
  const runner = client.responses.stream({ model: 'local/think', input: 'x' });
  runner.on('event', (event) => types.add(event.type));
  const final = await runner.finalResponse();
  assert.match(final.output_text, /answer/);
  const [reasoning] = final.output;
  assert.ok(reasoning?.type === 'reasoning' && reasoning.summary[0]?.text.includes('think'));
  assert.ok(types.has('response.reasoning_summary_text.delta'));
  assert.ok((final.usage?.output_tokens_details.reasoning_tokens ?? 0) > 0);
});

test('a round trip with thinking and parallel calls, streamed', async () => {
  const prompt = 'THINK Which?\nREPEAT 1 Looking.\nCALL_TOOL get_weather {"city":"Rome {IT}"}\nCALL_TOOL get_weather';
  const input: OpenAI.Responses.ResponseInput = [{ role: 'user', content: prompt }];
  const ask = { model: 'local/script', tools: [weather], store: false };
  const first = await client.responses.stream({ ...ask, input }).finalResponse();
  const calls = first.output.filter((item) => item.type === 'function_call');
  assert.deepEqual(
    calls.map((call) => [call.name, JSON.parse(call.arguments), call.status]),
    [
      ['get_weather', { city: 'Rome {IT}' }, 'completed'],
      ['get_weather', {}, 'completed'],
    ],
  );
  assert.equal(new Set(calls.map((call) => call.call_id)).size, 2);
  assert.deepEqual(
    first.output.map((item) => item.type),
    ['reasoning', 'message', 'function_call', 'function_call'],
  );
  const second = await client.responses.create({
    ...ask,
    input: [
      ...input,
      ...first.output,
      ...calls.map((call, place) => ({
        type: 'function_call_output' as const,
        call_id: call.call_id,
        output: `result ${place}`,
      })),
    ] as OpenAI.Responses.ResponseInput,
  });
  assert.equal(second.output_text, 'result 0\nresult 1');
});

test('a free-form tool gets its text and gives its answer', async () => {
  const ask = { model: 'local/script', tools: [{ type: 'custom', name: 'patch' }] satisfies OpenAI.Responses.Tool[] };
  const prompt = 'CALL_TOOL patch {"input":"*** Begin Patch\\n+line"}';
  const first = await client.responses.stream({ ...ask, input: prompt }).finalResponse();
  const [call] = first.output;
  assert.ok(call?.type === 'custom_tool_call');
  assert.deepEqual([call.name, call.input], ['patch', '*** Begin Patch\n+line']);
  const second = await client.responses.create({
    ...ask,
    input: [
      { role: 'user', content: prompt },
      call,
      { type: 'custom_tool_call_output', call_id: call.call_id, output: 'patched' },
    ],
  });
  assert.equal(second.output_text, 'patched');
});

test('a forced tool is called, a forbidden one is not', async () => {
  const body = { model: 'local/script', tools: [weather] };
  const forced = await client.responses.create({
    ...body,
    input: 'Extract.',
    tool_choice: { type: 'function', name: 'get_weather' },
  });
  assert.equal(forced.output[0]?.type, 'function_call');
  const none = await client.responses.create({ ...body, input: 'CALL_TOOL get_weather', tool_choice: 'none' });
  assert.deepEqual(
    none.output.map((item) => item.type),
    ['message'],
  );
});

test('structured output is parsed', async () => {
  const schema = {
    type: 'object',
    properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 18 } },
    required: ['name', 'age'],
    additionalProperties: false,
  };
  const ask = {
    model: 'local/script',
    input: 'Who?',
    text: { format: { type: 'json_schema' as const, name: 'person', strict: true, schema } },
  };
  const parsed = { name: 'text', age: 18 };
  assert.deepEqual((await client.responses.parse(ask)).output_parsed, parsed);
  // The helper parses by itself only what its own zod adapter has described.
  assert.deepEqual(JSON.parse((await client.responses.stream(ask).finalResponse()).output_text), parsed);
});

test('errors are the classes users catch, each after one request', async () => {
  const classes = { 401: OpenAI.AuthenticationError, 429: OpenAI.RateLimitError, 500: OpenAI.InternalServerError };
  for (const [status, kind] of Object.entries(classes)) {
    for (const stream of [false, true]) {
      const known = (await product.rows()).length;
      await assert.rejects(client.responses.create({ model: `local/error-${status}`, input: 'x', stream }), (error) => {
        assert.ok(error instanceof kind, String(error));
        assert.ok(error.requestID?.startsWith('req_'));
        assert.match(error.message, /^\d+ This test model failed/);
        return true;
      });
      assert.equal((await product.rows()).length, known + 1, 'the SDK has not repeated it');
    }
  }
});

test('refusals are JSON in the shape of OpenAI', async () => {
  const body = { model: 'local/echo', input: 'x' };
  const stored = errorOf(
    await product.ask('/v1/responses', { ...body, previous_response_id: 'resp_1' }),
    400,
    'invalid_parameter',
  );
  assert.equal(stored.param, 'previous_response_id');
  assert.match(stored.message, /Send the whole conversation in input/);
  await assert.rejects(
    client.responses.create({ ...body, previous_response_id: 'resp_1', stream: true }),
    (error) => error instanceof OpenAI.BadRequestError && error.param === 'previous_response_id',
  );
  errorOf(await product.ask('/v1/responses', { ...body, background: true }), 400, 'invalid_parameter');
  errorOf(await product.ask('/v1/responses', { ...body, model: 'nope' }), 404, 'model_not_found');
  errorOf(await product.ask('/v1/responses'), 405, 'method_not_allowed');
  errorOf(await product.ask('/v1/responses', body, { authorization: 'Bearer wrong' }), 401, 'invalid_api_key');
  errorOf(await product.ask('/v1/responses', []), 400, 'invalid_json');
});

test('an answer that breaks in the stream is thrown after its text', async () => {
  const body = { model: 'local/cut', input: 'x' };
  const stream = await client.responses.create({ ...body, stream: true });
  let text = '';
  await assert.rejects(
    async () => {
      for await (const event of stream) if (event.type === 'response.output_text.delta') text += event.delta;
    },
    (error) => error instanceof OpenAI.APIError && error.code === 'upstream_disconnect',
  );
  assert.ok(text.length > 10);
  await assert.rejects(client.responses.stream(body).finalResponse(), OpenAI.APIError);
  await assert.rejects(client.responses.create(body), OpenAI.InternalServerError);
  const last = streamed(await product.ask('/v1/responses', { ...body, stream: true }));
  assert.deepEqual([last.status, last.error?.code, last.output], ['failed', 'upstream_disconnect', []]);
});

test('abort ends the request here and there', async () => {
  const stream = await client.responses.create({ model: 'local/slow', input: 'x', stream: true });
  for await (const event of stream) if (event.type === 'response.output_text.delta') stream.controller.abort();
  const [newest] = await product.rows();
  assert.ok(newest);
  const row = await product.row(newest.id);
  assert.deepEqual(
    [row.model, row.dialect, row.outcome, row.status],
    ['local/slow', 'openai-responses', 'cancelled', 499],
  );
});

/** What codex 0.169.0 sends for `codex exec`, texts and schemas shortened. */
function codexBody(prompt: string, history: readonly object[] = []): object {
  const message = (role: string, ...texts: string[]) => ({
    type: 'message',
    id: 'msg_92a3ff42-700a-56c5-8b5d-1f5a76fd4895',
    role,
    content: texts.map((text) => ({ type: 'input_text', text })),
  });
  const tool = (name: string) => ({
    type: 'function',
    name,
    description: 'A tool.',
    strict: false,
    parameters: { type: 'object', properties: { cmd: { type: 'string' } }, required: [], additionalProperties: false },
  });
  return {
    model: 'local/script',
    stream: true,
    input: [
      message('developer', 'You are a coding agent running in the Codex CLI.'),
      message('developer', '<skills_instructions>', '<permissions instructions>'),
      message('user', '<environment_context>'),
      message('user', prompt),
      ...history,
    ],
    tools: [
      tool('exec_command'),
      tool('write_stdin'),
      { type: 'namespace', name: 'multi_agent_v1', description: 'Sub-agents.', tools: [tool('close_agent')] },
      { type: 'web_search', external_web_access: false },
    ],
    tool_choice: 'auto',
    parallel_tool_calls: true,
    reasoning: { summary: 'auto' },
    store: false,
    include: ['reasoning.encrypted_content'],
    prompt_cache_key: '01a1faa6-dc82-75d2-8bbe-db28fe7d143e',
    client_metadata: { 'x-codex-turn-metadata': '{"request_kind":"turn"}' },
  };
}

test('a turn of Codex with two calls, one of them in a namespace', async () => {
  const headers = { originator: 'codex_exec', 'x-codex-turn-metadata': '{"request_kind":"turn"}', 'session-id': 's' };
  const prompt = 'THINK I will look.\nREPEAT 1 Looking.\nCALL_TOOL exec_command {"cmd":"ls"}\nCALL_TOOL close_agent {}';
  const first = streamed(await product.ask('/v1/responses', codexBody(prompt), headers));
  const [reasoning, said, shell, agent] = first.output;
  assert.ok(
    reasoning?.type === 'reasoning' && said && shell?.type === 'function_call' && agent?.type === 'function_call',
  );
  assert.deepEqual([shell.name, shell.namespace], ['exec_command', undefined]);
  assert.deepEqual([agent.name, agent.namespace], ['close_agent', 'multi_agent_v1']);
  const { status: _, ...kept } = reasoning;
  const history = [
    { ...kept, content: null },
    said,
    shell,
    agent,
    { type: 'function_call_output', id: 'fco_1', call_id: shell.call_id, output: 'note.txt\n' },
    { type: 'function_call_output', id: 'fco_2', call_id: agent.call_id, output: 'closed' },
  ];
  const reply = await product.ask('/v1/responses', codexBody(prompt, history), headers);
  const [answer] = streamed(reply).output;
  assert.equal(answer?.type === 'message' && answer.content[0]?.text, 'note.txt\n\nclosed');
  const row = await product.row(String(reply.headers['x-request-id']));
  assert.deepEqual([row.dialect, row.outcome, row.warnings], ['openai-responses', 'ok', []]);
});

test('what was left out is on the row in Logs', async () => {
  const reply = await product.ask('/v1/responses', {
    model: 'local/echo',
    input: 'x',
    tools: [{ type: 'image_generation' }],
    text: { verbosity: 'low' },
  });
  const row = await product.row(String(reply.headers['x-request-id']));
  assert.deepEqual(row.warnings, [
    { code: 'field_ignored', field: 'text.verbosity' },
    { code: 'part_ignored', part: 'tools[0]', type: 'image_generation' },
  ]);
});
