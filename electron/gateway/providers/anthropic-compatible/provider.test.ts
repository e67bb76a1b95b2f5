import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { signature } from '../../../../tests/simulators/anthropic-upstream/scripts.ts';
import { defaultSettings, frames, scripts } from '../../../../tests/simulators/anthropic-upstream/simulator.ts';
import { ownSignatures } from '../../chat/own-signature.ts';
import type { Message } from '../../chat/request.ts';
import type { Original } from '../provider.ts';
import { startBench, type Bench } from './testing/bench.ts';

let bench: Bench;
before(async () => {
  bench = await startBench();
});
after(() => bench.close());
beforeEach(() => {
  Object.assign(bench.site.settings, defaultSettings());
  bench.site.seen.length = 0;
  bench.site.answer(scripts.answer());
});

const sent = () => bench.site.seen.at(-1)?.body ?? {};
const headers = () => bench.site.seen.at(-1)?.headers ?? {};
const user = (text: string): Message => ({ role: 'user', content: [{ type: 'text', text }] });
const tools = [{ name: 'run', description: 'Runs', parameters: { type: 'object', properties: {} } }];

describe('an answer to a request of another dialect', () => {
  for (const delivery of ['stream', 'whole'] as const) {
    it(`is asked for as a stream: ${delivery}`, async () => {
      const result = await bench.ask({ delivery });
      assert.equal(result.error, undefined);
      assert.equal(result.text, 'You said: Hello');
      assert.equal(result.finish, 'stop');
      assert.deepEqual(result.usage, { inputTokens: 17, cachedTokens: 4, outputTokens: 23 });
      assert.deepEqual(result.marks, ['connected', 'headers']);
      assert.deepEqual(result.notices, []);
      assert.equal(result.verbatim, '');
      assert.deepEqual(sent(), {
        model: 'glm-5',
        messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
        max_tokens: 8_192,
        stream: true,
      });
    });
  }

  it('thinks, and takes its signed thinking back before the results of its calls', async () => {
    bench.site.answer(
      scripts.answer({
        content: [
          { type: 'thinking', thinking: 'I need a tool.', signature },
          { type: 'tool_use', id: 'toolu_1', name: 'run', input: { a: 'ü🧪' } },
          { type: 'tool_use', id: 'toolu_2', name: 'run', input: {} },
        ],
      }),
    );
    const model = { upstreamId: 'claude-sonnet-4-5' };
    const thinking = { enabled: true };
    const first = await bench.ask({ model, request: { tools, thinking } });
    assert.equal(first.error, undefined);
    assert.equal(first.finish, 'tool-calls');
    assert.deepEqual(first.signatures, [signature]);
    assert.deepEqual(Object.values(first.calls), [
      { id: 'toolu_1', name: 'run', arguments: '{"a":"ü🧪"}', ended: true },
      { id: 'toolu_2', name: 'run', arguments: '{}', ended: true },
    ]);
    bench.site.answer(scripts.answer());
    const second = await bench.ask({
      model,
      request: {
        tools,
        thinking,
        messages: [
          user('Go'),
          {
            role: 'assistant',
            content: [
              { type: 'reasoning', text: first.reasoning, signature: first.signatures[0] ?? '' },
              ...Object.values(first.calls).map(({ id, name, arguments: text }) => ({
                type: 'tool-call' as const,
                id,
                name,
                arguments: text,
              })),
            ],
          },
          {
            role: 'tool',
            content: [{ type: 'tool-result', id: 'toolu_1', content: [{ type: 'text', text: '1' }], isError: false }],
          },
          { role: 'tool', content: [{ type: 'tool-result', id: 'toolu_2', content: [], isError: true }] },
        ],
      },
    });
    assert.equal(second.error, undefined);
    assert.deepEqual(second.notices, []);
    assert.equal(second.reasoning, 'The user wrote something. I repeat it.');
    assert.deepEqual((sent()['messages'] as unknown[]).slice(1), [
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'I need a tool.', signature },
          { type: 'tool_use', id: 'toolu_1', name: 'run', input: { a: 'ü🧪' } },
          { type: 'tool_use', id: 'toolu_2', name: 'run', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 'toolu_1', content: '1' },
          { type: 'tool_result', tool_use_id: 'toolu_2', content: '', is_error: true },
        ],
      },
    ]);
  });

  it('is read in Brotli and in slices inside characters', async () => {
    bench.site.answer(
      scripts.answer({ content: [{ type: 'text', text: '答案：ééé👩‍💻 done' }], brotli: true, slice: 1 }),
    );
    assert.equal((await bench.ask()).text, '答案：ééé👩‍💻 done');
  });

  it('is read from a service that does not stream', async () => {
    bench.site.answer(scripts.answer({ always: 'json' }));
    const result = await bench.ask();
    assert.deepEqual([result.text, result.finish, result.usage.outputTokens], ['You said: Hello', 'stop', 23]);
  });

  it('leaves its connection to the next request', async () => {
    await bench.ask();
    const { total } = bench.site.sockets;
    for (let turn = 0; turn < 4; turn += 1) await bench.ask();
    assert.equal(bench.site.sockets.total, total);
  });
});

const original = (body: Record<string, unknown> = {}, more: Record<string, string> = {}): Original => ({
  dialect: 'anthropic-messages',
  body: {
    model: 'opus',
    max_tokens: 20,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi', cache_control: { type: 'ephemeral' } }] }],
    stream: true,
    ...body,
  },
  headers: { 'anthropic-version': '2023-06-01', 'anthropic-beta': 'new-thing-2026-11-01', ...more },
});

describe('a request of the same dialect', () => {
  it('goes on with unknown fields and betas, and its frames come back as they are', async () => {
    const unknownEvent = frames.frame({ type: 'something_new', detail: { a: [1, 2] } });
    const content = [
      { type: 'redacted_thinking', data: 'EmwKAhgB' },
      { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'q' } },
      {
        type: 'text',
        text: 'Found.',
        citations: [{ type: 'web_search_result_location', url: 'https://example.com/a', title: 'A' }],
      },
    ];
    bench.site.answer(scripts.answer({ content, extra: [unknownEvent], slice: 50 }));
    const asked = original({ new_field: { deep: true }, temperature: 0.3, context_management: { edits: [] } });
    const result = await bench.ask({ original: asked });
    assert.deepEqual(sent(), { ...asked.body, model: 'glm-5' });
    assert.equal(headers()['anthropic-beta'], 'new-thing-2026-11-01');
    assert.deepEqual(result.notices, []);
    assert.equal(result.text, 'Found.');
    assert.deepEqual(result.citations, [{ type: 'citation', index: 1, url: 'https://example.com/a', title: 'A' }]);
    assert.equal(
      result.verbatim,
      [
        frames.messageStart('glm-5', {
          input_tokens: 11,
          cache_read_input_tokens: 4,
          cache_creation_input_tokens: 2,
          output_tokens: 1,
        }),
        unknownEvent,
        frames.ping(),
        ...content.flatMap((block, index) => frames.blockFrames(index, block)),
        frames.messageDelta('end_turn', { output_tokens: 23 }),
        frames.messageStop(),
      ].join(''),
    );
    assert.deepEqual(
      result.events.slice(-2).map(({ type }) => type),
      ['verbatim', 'finish'],
    );
  });

  it('that is not streamed is asked for whole and comes back as it is', async () => {
    const result = await bench.ask({ original: original({ stream: false }), delivery: 'whole' });
    assert.equal(sent()['stream'], false);
    assert.equal(result.text, 'You said: Hi');
    const reply = JSON.parse(result.verbatim) as Record<string, unknown>;
    assert.deepEqual(reply['unknown_field'], { kept: true });
    assert.deepEqual(result.usage, { inputTokens: 15, cachedTokens: 4, outputTokens: 23 });
    assert.deepEqual(
      result.events.slice(-2).map(({ type }) => type),
      ['verbatim', 'finish'],
    );
  });

  for (const [delivery, always] of [
    ['stream', 'json'],
    ['whole', 'stream'],
  ] as const) {
    it(`is answered from its events when the service sends ${always} for ${delivery}`, async () => {
      bench.site.answer(scripts.answer({ always }));
      const result = await bench.ask({ original: original({ stream: delivery === 'stream' }), delivery });
      assert.deepEqual([result.verbatim, result.text, result.finish], ['', 'You said: Hi', 'stop']);
    });
  }

  it('loses only the thinking that Traygate has signed itself', async () => {
    const own = { type: 'thinking', thinking: 'From elsewhere.', signature: `${ownSignatures.plain}abc` };
    const theirs = { type: 'thinking', thinking: 'Mine.', signature };
    const said = { type: 'text', text: 'Hello.' };
    const turn = (...content: object[]) => ({ role: 'assistant', content });
    const ask = { role: 'user', content: 'Hi' };
    const result = await bench.ask({
      original: original({ messages: [ask, turn(own, said), ask, turn(own), ask, turn(theirs, said), ask] }),
    });
    assert.equal(result.error, undefined);
    assert.deepEqual(result.notices, ['thinking_unsigned']);
    assert.deepEqual(sent()['messages'], [ask, turn(said), ask, ask, turn(theirs, said), ask]);
  });

  it('is asked not to think where the thinking before its calls is lost: the service would refuse it', async () => {
    const use = { type: 'tool_use', id: 'toolu_1', name: 'run', input: {} };
    const result = { type: 'tool_result', tool_use_id: 'toolu_1', content: '1' };
    const going = (thought: object) => ({
      model: { upstreamId: 'claude-sonnet-4-5' },
      original: original({
        max_tokens: 4_000,
        thinking: { type: 'enabled', budget_tokens: 2_000 },
        tools: [{ name: 'run', input_schema: { type: 'object' } }],
        messages: [
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: [thought, use] },
          { role: 'user', content: [result] },
        ],
      }),
    });
    const own = { type: 'thinking', thinking: 'From elsewhere.', signature: `${ownSignatures.plain}abc` };
    const moved = await bench.ask(going(own));
    assert.deepEqual([moved.error, moved.notices], [undefined, ['thinking_unsigned', 'thinking_off_history']]);
    assert.deepEqual(sent()['thinking'], { type: 'disabled' });
    const stayed = await bench.ask(going({ type: 'thinking', thinking: 'Mine.', signature }));
    assert.deepEqual([stayed.error, stayed.notices], [undefined, []]);
    assert.deepEqual(sent()['thinking'], { type: 'enabled', budget_tokens: 2_000 });
  });

  it('cannot be led elsewhere', async () => {
    const result = await bench.ask({ original: original({ api_base: 'https://evil.example', headers: { a: 'b' } }) });
    assert.deepEqual(Object.keys(sent()).toSorted(), ['max_tokens', 'messages', 'model', 'stream']);
    assert.deepEqual(result.notices, ['field_ignored_by', 'field_ignored_by']);
  });

  it('of another dialect is converted', async () => {
    await bench.ask({ original: { dialect: 'openai-chat', body: { model: 'x', foo: 1 }, headers: {} } });
    assert.equal('foo' in sent(), false);
  });
});

describe('headers', () => {
  const cases: readonly (readonly ['x-api-key' | 'bearer' | 'both', string | undefined, string | undefined])[] = [
    ['x-api-key', 'sk-ant-good', undefined],
    ['bearer', undefined, 'Bearer sk-ant-good'],
    ['both', 'sk-ant-good', 'Bearer sk-ant-good'],
  ];
  for (const [auth, key, bearer] of cases) {
    it(`carry the key as ${auth}`, async () => {
      await bench.ask({}, bench.provider({ auth }));
      assert.deepEqual([headers()['x-api-key'], headers().authorization], [key, bearer]);
    });
  }

  it('name the version, the hop, and what the user has set; betas add up', async () => {
    const provider = bench.provider({ headers: { 'X-Team': 'a', 'Anthropic-Beta': 'one', 'X-Api-Key': 'sk-other' } });
    await bench.ask(
      { original: original({}, { 'anthropic-version': '2099-01-01', 'anthropic-beta': 'two' }) },
      provider,
    );
    const { 'anthropic-version': version, 'anthropic-beta': betas, 'x-traygate-hop': hop, 'x-team': team } = headers();
    assert.deepEqual([version, betas, hop, team], ['2099-01-01', 'one,two', '1', 'a']);
    assert.equal(headers()['x-api-key'], 'sk-ant-good');
    await bench.ask();
    assert.equal(headers()['anthropic-version'], '2023-06-01');
  });

  it('hold no key where none is asked for', async () => {
    bench.site.settings.keys = null;
    const keyless = bench.provider({ keyless: true });
    assert.equal(keyless.needsCredential, false);
    const result = await bench.ask({ secret: null }, keyless);
    assert.equal(result.text, 'You said: Hello');
    assert.equal(headers()['x-api-key'], undefined);
    assert.equal((await bench.ask({ secret: null })).error?.code, 'no_token_configured');
  });
});
