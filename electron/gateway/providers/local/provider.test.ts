import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Notice } from '../../../../shared/notice.ts';
import { ChatError } from '../../chat/errors.ts';
import type { ChatEvent } from '../../chat/events.ts';
import type { ChatRequest, Message, Part, Tool } from '../../chat/request.ts';
import type { ProviderCall, ProviderContext } from '../provider.ts';
import { pieces } from './answer.ts';
import { createLocalProvider } from './provider.ts';

const unused = (): never => assert.fail('the local provider needs nothing from outside');
const provider = createLocalProvider(new Proxy({} as ProviderContext, { get: unused }));
const weather: Tool = {
  name: 'weather',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

interface Outcome {
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly { readonly name: string; readonly arguments: string }[];
  readonly events: readonly ChatEvent[];
  readonly warnings: readonly Notice[];
  readonly error?: ChatError;
}

function says(text: string): Message {
  return { role: 'user', content: [{ type: 'text', text }] };
}

function callOf(
  name: string,
  prompt: string,
  request: Partial<ChatRequest>,
  signal: AbortSignal,
  warnings: Notice[],
): ProviderCall {
  const model = provider.models().find((entry) => entry.upstreamId === name) ?? assert.fail(name);
  const whole: ChatRequest = {
    model: model.id,
    messages: [says(prompt)],
    tools: [],
    toolChoice: { type: 'auto' },
    sampling: {},
    responseFormat: { type: 'text' },
    ...request,
  };
  return {
    request: whole,
    model,
    credential: null,
    delivery: 'stream',
    signal,
    trace: {
      mark: () => undefined,
      warn: (notice) => warnings.push(notice),
    },
  };
}

async function ask(
  name: string,
  prompt: string,
  request: Partial<ChatRequest> = {},
  signal = AbortSignal.timeout(20_000),
): Promise<Outcome> {
  const warnings: Notice[] = [];
  const events: ChatEvent[] = [];
  let error: ChatError | undefined;
  try {
    for await (const batch of await provider.open(callOf(name, prompt, request, signal, warnings)))
      events.push(...batch);
  } catch (thrown) {
    assert.ok(thrown instanceof ChatError, String(thrown));
    error = thrown;
  }
  const joined = (type: 'text' | 'reasoning'): string =>
    events.map((event) => (event.type === type ? event.text : '')).join('');
  const calls = events.flatMap((start) => {
    if (start.type !== 'tool-call-start') return [];
    const own = events.map((event) =>
      event.type === 'tool-call-delta' && event.index === start.index ? event.arguments : '',
    );
    return [{ name: start.name, arguments: own.join('') }];
  });
  if (!error)
    assert.deepEqual(
      events.slice(-2).map((event) => event.type),
      ['usage', 'finish'],
    );
  return { text: joined('text'), reasoning: joined('reasoning'), calls, events, warnings, ...(error && { error }) };
}

function script(prompt: string, request: Partial<ChatRequest> = {}): Promise<Outcome> {
  return ask('script', prompt, { tools: [weather], ...request });
}

test('every model is marked as a test and has a stable name', () => {
  const models = provider.models();
  assert.deepEqual(
    models.map((model) => model.id),
    ['echo', 'think', 'long', 'slow', 'cut', 'error-401', 'error-429', 'error-500', 'script'].map(
      (name) => `local/${name}`,
    ),
  );
  assert.ok(models.every((model) => model.test && model.provider === 'local' && model.created === models[0]?.created));
  assert.equal(provider.needsCredential, false);
});

test('echo repeats exactly, in a few pieces', async () => {
  for (const text of ['Hello', ' two  blanks\n\ttab ', '汉字'.repeat(500), '😀'.repeat(99), 'word '.repeat(10_000)]) {
    const { text: answer, events } = await ask('echo', text);
    assert.equal(answer, text);
    assert.ok(events.length <= 12, String(events.length));
  }
  assert.match((await ask('echo', '')).text, /no text/);
});

test('pieces are the text, whole characters each, none of them much longer than asked', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 9 }), (text, size) => {
      const parts = [...pieces(text, size)];
      assert.equal(parts.join(''), text);
      assert.ok(parts.every((part) => part.length > 0 && part.length <= size + 33 && part.isWellFormed()));
    }),
  );
});

test('think thinks before it answers', async () => {
  const { events, reasoning, text } = await ask('think', 'x');
  assert.ok(reasoning && text);
  assert.ok(
    events.findLastIndex((event) => event.type === 'reasoning') < events.findIndex((event) => event.type === 'text'),
  );
});

test('long is about 2,000 words', async () => {
  const words = (await ask('long', 'x')).text.split(' ').length;
  assert.ok(words >= 1_990 && words <= 2_020, String(words));
});

test('usage is the estimate that is documented', async () => {
  const { events } = await ask('echo', 'x'.repeat(10));
  assert.deepEqual(events.at(-2), {
    type: 'usage',
    usage: { inputTokens: 3, outputTokens: 3, totalTokens: 6, reasoningTokens: 0 },
  });
  assert.deepEqual(events.at(-1), { type: 'finish', reason: 'stop' });
});

test('error models fail when they are opened, with their status', async () => {
  for (const status of [401, 429, 500]) {
    const { error, events } = await ask(`error-${status}`, 'x');
    assert.equal(error?.status, status);
    assert.equal(error.retryAfterMs, status === 429 ? 2_000 : undefined);
    assert.equal(events.length, 0);
  }
});

test('cut breaks off after some text', async () => {
  const { error, text } = await ask('cut', 'x');
  assert.equal(error?.code, 'upstream_disconnect');
  assert.ok(text.length > 10);
});

// They would go on for a minute and more.
test('every model stops at once when the client leaves', { timeout: 30_000 }, async () => {
  for (const [name, prompt] of [
    ['slow', 'x'],
    ['script', 'WAIT 60000'],
    ['script', 'REPEAT 50000 x\nWAIT 60000'],
  ] as const) {
    const { error } = await ask(name, prompt, {}, AbortSignal.timeout(50));
    assert.equal(error?.code, 'client_closed', name);
  }
  assert.equal((await ask('echo', 'x', {}, AbortSignal.abort())).error?.code, 'client_closed');
});

test('script: thinking, text and parallel calls in the order of the directives', async () => {
  const { events, text, reasoning, calls } = await script(
    '<q>THINK well</q>\nREPEAT 2 hi\nCALL_TOOL weather {"city":"Rome"}\nCALL_TOOL weather',
  );
  assert.deepEqual([reasoning, text], ['well', 'hi hi']);
  assert.deepEqual(calls, [
    { name: 'weather', arguments: '{"city":"Rome"}' },
    { name: 'weather', arguments: '{}' },
  ]);
  const order = [...new Set(events.map((event) => event.type))];
  assert.deepEqual(order.slice(0, 3), ['reasoning', 'text', 'tool-call-start']);
  assert.deepEqual(events.at(-1), { type: 'finish', reason: 'tool-calls' });
});

test('script: a tool that may not be called is not called', async () => {
  const unknown = await script('CALL_TOOL rm {"all":true}');
  assert.deepEqual([unknown.calls.length, unknown.text], [0, 'The client offered no tool named rm. ']);
  const forbidden = await script('CALL_TOOL weather', { toolChoice: { type: 'none' } });
  assert.deepEqual(
    [forbidden.calls.length, forbidden.text],
    [0, 'The client allows no tool calls, so weather was not called. '],
  );
  const single = await script('CALL_TOOL weather CALL_TOOL weather', { parallelToolCalls: false });
  assert.deepEqual([single.calls.length, single.warnings.map(({ code }) => code)], [1, ['call_left_out']]);
});

function result(text: string): Part {
  return { type: 'tool-result', id: 'a', content: [{ type: 'text', text }], isError: false };
}

test('script: after tools have answered it says what they said', async () => {
  const asked: Message = {
    role: 'assistant',
    content: [{ type: 'tool-call', id: 'a', name: 'weather', arguments: '' }],
  };
  const tail: [Message[], string][] = [
    [[{ role: 'tool', content: [result('sunny')] }], 'sunny'],
    [
      [
        { role: 'tool', content: [result('sunny')] },
        { role: 'tool', content: [result('warm')] },
      ],
      'sunny\nwarm',
    ],
    [[{ role: 'user', content: [result('sunny'), { type: 'text', text: 'CALL_TOOL weather' }] }], 'sunny'],
    [
      [
        { role: 'tool', content: [result('sunny')] },
        { role: 'system', content: [{ type: 'text', text: 'be brief' }] },
      ],
      'sunny',
    ],
    [[{ role: 'tool', content: [result('')] }], 'The tool returned no text.'],
  ];
  for (const [messages, answer] of tail) {
    const outcome = await script('', { messages: [says('CALL_TOOL weather'), asked, ...messages] });
    assert.deepEqual([outcome.text, outcome.calls.length], [answer, 0]);
  }
});

test('script: REPEAT and WAIT are bounded', async () => {
  const { text } = await script('REPEAT 999999999 0123456789\nREPEAT 5 again');
  assert.equal(text.length, 100_000);
  const start = performance.now();
  await script('WAIT 30');
  assert.ok(performance.now() - start >= 29);
});

test('script: ERROR fails with its status, before or after the first text', async () => {
  const before = await script('ERROR 418');
  assert.deepEqual([before.error?.status, before.error?.code, before.events.length], [418, 'request_rejected', 0]);
  const after = await script('REPEAT 1 hi\nERROR 503');
  assert.deepEqual([after.error?.status, after.error?.code, after.text], [503, 'upstream_error', 'hi']);
});

test('script: CUT breaks after exactly n characters of text, wherever it stands', async () => {
  for (const prompt of [
    'REPEAT 9 hello\nCUT 7',
    'CUT 7\nREPEAT 9 hello',
    'CUT 7',
    'REPEAT 1 hi\nCUT 7',
    'CUT 7 CALL_TOOL weather',
  ]) {
    const { text, error } = await script(prompt);
    assert.deepEqual([text.length, error?.code], [7, 'upstream_disconnect'], prompt);
  }
  assert.deepEqual((await script('CUT 0')).events, []);
});

test('script: JSON when JSON is asked for', async () => {
  const schema = {
    type: 'object',
    properties: { city: { type: 'string', minLength: 6 }, days: { type: 'integer', minimum: 3 } },
  };
  const typed = await script('Where?', { responseFormat: { type: 'json-schema', name: 'x', strict: true, schema } });
  assert.deepEqual(JSON.parse(typed.text), { city: 'textxx', days: 3 });
  assert.equal(typeof JSON.parse((await script('Where?', { responseFormat: { type: 'json-object' } })).text), 'object');
  const impossible = await script('?', {
    responseFormat: { type: 'json-schema', name: 'x', strict: true, schema: { $ref: '#' } },
  });
  assert.deepEqual([impossible.text, impossible.warnings], ['{}', [{ code: 'schema_without_sample' }]]);
});

test('script: a client that insists on a tool gets a call', async () => {
  for (const toolChoice of [{ type: 'required' }, { type: 'tool', name: 'weather' }] as const) {
    const { calls } = await script('Extract the city.', { toolChoice });
    assert.deepEqual(calls, [{ name: 'weather', arguments: '{"city":"text"}' }]);
  }
});

test('script: without directives it says what it understands', async () => {
  assert.match((await script('Hello!')).text, /CALL_TOOL name \{json\}/);
  assert.equal((await script('THINK only')).text, 'Done.');
});
