import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { defaultSettings, frames, scripts } from '../../../../tests/simulators/openai-upstream/simulator.ts';
import type { Message } from '../../chat/request.ts';
import { modelNamed } from '../wire/shared/testing/ask.ts';
import { baseOf } from './provider.ts';
import { originalOf, startBench, type Bench } from './testing/bench.ts';

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
const tools = [{ name: 'run', parameters: { type: 'object', properties: {} } }];
const calls = [
  { id: 'call_a', name: 'run', arguments: '{"text":"ü🧪"}' },
  { id: 'call_b', name: 'run', arguments: '{}' },
];

describe('an answer to a request of another dialect', () => {
  for (const delivery of ['stream', 'whole'] as const) {
    it(`is asked for as a stream: ${delivery}`, async () => {
      const result = await bench.ask({ delivery });
      assert.equal(result.error, undefined);
      assert.deepEqual([result.text, result.finish, result.verbatim], ['You said: Hello', 'stop', '']);
      assert.deepEqual(result.usage, {
        inputTokens: 11,
        outputTokens: 23,
        totalTokens: 34,
        cachedTokens: 4,
        reasoningTokens: 5,
      });
      assert.deepEqual(result.marks, ['connected', 'headers']);
      assert.deepEqual(result.notices, []);
      assert.deepEqual(sent(), {
        model: 'm',
        messages: [{ role: 'user', content: 'Hello' }],
        stream: true,
        stream_options: { include_usage: true },
      });
    });
  }

  it('calls tools, and takes their results', async () => {
    bench.site.answer(scripts.answer({ reasoning: 'I need a tool.', calls }));
    const first = await bench.ask({ request: { tools } });
    assert.deepEqual(
      first.calls,
      calls.map((call) => ({ ...call, ended: true })),
    );
    assert.deepEqual([first.reasoning, first.finish], ['I need a tool.', 'tool-calls']);
    bench.site.answer(scripts.answer({ text: 'Done.' }));
    const messages: Message[] = [
      { role: 'user', content: [{ type: 'text', text: 'Run it' }] },
      { role: 'assistant', content: first.calls.map(({ id, name, arguments: text }) => ({ type: 'tool-call', id, name, arguments: text })) },
      ...first.calls.map(({ id }): Message => ({ role: 'tool', content: [{ type: 'tool-result', id, content: [{ type: 'text', text: 'ok' }], isError: false }] })),
    ]; // prettier-ignore
    const second = await bench.ask({ request: { tools, messages } });
    assert.deepEqual([second.error, second.text], [undefined, 'Done.']);
  });

  it('may reason inside its text, as the traits say', async () => {
    bench.site.answer(scripts.answer({ text: 'Let me see.\n</think>\n\nYes.' }));
    const provider = bench.provider({ traits: { inlineThinking: 'unopened' } });
    for (const delivery of ['stream', 'whole'] as const) {
      const { reasoning, text } = await bench.ask({ delivery }, provider);
      assert.deepEqual([reasoning, text], ['Let me see.\n', 'Yes.']);
    }
  });

  it('comes in one piece from a service that does not stream', async () => {
    bench.site.answer(scripts.answer({ always: 'json', calls, reasoning: 'Hm.' }));
    const result = await bench.ask();
    assert.deepEqual(
      [result.reasoning, result.calls.length, result.finish, result.verbatim],
      ['Hm.', 2, 'tool-calls', ''],
    );
  });

  it('comes in slices inside characters, compressed', async () => {
    bench.site.answer(scripts.answer({ text: '答案 👩‍💻 ü', slice: 3, brotli: true }));
    assert.equal((await bench.ask()).text, '答案 👩‍💻 ü');
  });

  it('is shown as it comes', async () => {
    bench.site.answer(scripts.answer({ text: 'a slow answer in pieces', every: 15 }));
    let batches = 0;
    await bench.ask({ seen: () => (batches += 1) });
    assert.ok(batches > 2, `${batches} batches`);
  });

  it('leaves its connection to the next', async () => {
    await bench.ask();
    const open = bench.site.openSockets();
    for (let turn = 0; turn < 8; turn += 1) await bench.ask();
    // One may still be ending when the next is asked for.
    assert.ok(bench.site.openSockets() <= open + 1);
  });

  it('is reached by a name as well', async () => {
    const baseUrl = `${bench.site.url.replace('127.0.0.1', 'localhost')}/v1`;
    assert.equal((await bench.ask({}, bench.provider({ baseUrl }))).text, 'You said: Hello');
  });
});

describe('an answer to a client of the same dialect', () => {
  const body = {
    model: 'alias',
    messages: [{ role: 'user', content: 'Hello', cache_control: { type: 'ephemeral' } }],
    logit_bias: { 50_256: -100 },
    surprise: [1],
  };

  it('is handed on frame by frame, unknown fields with it, without the usage nobody asked for', async () => {
    bench.site.answer(scripts.answer({ more: { system_fingerprint: 'fp', surprise: [2] } }));
    const result = await bench.ask({ original: originalOf({ ...body, stream: true }) });
    const { model: _alias, ...rest } = body;
    assert.deepEqual(sent(), { ...rest, model: 'm', stream: true, stream_options: { include_usage: true } });
    assert.equal(result.text, 'You said: Hello');
    assert.equal(result.usage?.totalTokens, 34);
    const lines = result.verbatim.split('\n\n');
    assert.equal(lines.at(-2), 'data: [DONE]');
    assert.ok(lines.slice(0, -2).every((line) => line.includes('"surprise":[2]')));
    assert.ok(!result.verbatim.includes('"usage"'));
  });

  it('has its usage where the client asked for it', async () => {
    const original = originalOf({ ...body, stream: true, stream_options: { include_usage: true } });
    const { verbatim } = await bench.ask({ original });
    assert.match(verbatim, /"choices":\[\],"usage":\{/);
  });

  it('is handed on whole where the client wants it whole', async () => {
    bench.site.answer(scripts.answer({ calls, reasoning: 'Hm.', more: { surprise: [2] } }));
    const result = await bench.ask({ original: originalOf(body), delivery: 'whole' });
    assert.equal(headers()['accept'], 'application/json');
    assert.deepEqual([sent()['stream'], 'stream_options' in sent()], [false, false]);
    const reply = JSON.parse(result.verbatim) as { surprise: unknown; choices: unknown[] };
    assert.deepEqual([reply.surprise, reply.choices.length], [[2], 1]);
    assert.deepEqual([result.reasoning, result.calls.length, result.usage?.totalTokens], ['Hm.', 2, 34]);
    assert.deepEqual(
      result.events.slice(-2).map(({ type }) => type),
      ['verbatim', 'finish'],
    );
  });

  it('is made of its events where the service streams what was wanted whole', async () => {
    bench.site.answer(scripts.answer({ always: 'stream' }));
    const result = await bench.ask({ original: originalOf(body), delivery: 'whole' });
    assert.equal(result.text, 'You said: Hello');
    assert.equal(result.verbatim, '');
  });

  it('is asked for anew where the service would refuse the body', async () => {
    const provider = bench.provider({ traits: { stops: 1 } });
    const original = originalOf({ ...body, stream: true, stop: ['a', 'b'] });
    const result = await bench.ask({ original, request: { sampling: { stop: ['a', 'b'] } } }, provider);
    assert.deepEqual([sent()['stop'], sent()['surprise'], result.verbatim], [['a'], undefined, '']);
    assert.deepEqual(result.notices, [{ code: 'field_adjusted', field: 'stop', provider: 'acme' }]);
  });

  it('of another dialect is none of these', async () => {
    const original = { dialect: 'anthropic-messages', body, headers: {} } as const;
    assert.equal((await bench.ask({ original })).verbatim, '');
    assert.ok(!('surprise' in sent()));
  });
});

describe('what goes before a request', () => {
  it("is the key, the user's headers and the mark against loops", async () => {
    await bench.ask(
      {},
      bench.provider({
        headers: { 'X-Title': ' Mine ', Host: 'evil.example', 'Content-Length': '1', 'bad name': 'x' },
      }),
    );
    const { authorization, accept, 'x-title': title, 'x-traygate-hop': hop, host } = headers();
    assert.deepEqual([authorization, accept, title, hop], ['Bearer sk-good-key', 'text/event-stream', 'Mine', '1']);
    assert.equal(`http://${host}`, bench.site.url);
  });

  it('is no key where none is asked for', async () => {
    bench.site.settings.keys = null;
    const provider = bench.provider({ keyless: true });
    assert.equal(provider.needsCredential, false);
    assert.equal((await bench.ask({ secret: null }, provider)).text, 'You said: Hello');
    assert.equal(headers()['authorization'], undefined);
  });

  it('may be the key in a header of its own', async () => {
    bench.site.settings.keys = null;
    const provider = bench.provider({ keyless: true, headers: { 'api-key': 'k' } });
    await bench.ask({ secret: null }, provider);
    assert.equal(headers()['api-key'], 'k');
  });
});

describe('the address', () => {
  for (const [text, base] of [
    ['https://api.example.com', 'https://api.example.com/v1'],
    ['https://api.example.com/', 'https://api.example.com/v1'],
    ['https://api.example.com/v1/', 'https://api.example.com/v1'],
    ['https://api.example.com/openai/v1/chat/completions', 'https://api.example.com/openai/v1'],
    ['https://api.example.com/chat/completions', 'https://api.example.com'],
    ['https://api.example.com#', 'https://api.example.com'],
    ['localhost:11434', 'http://localhost:11434/v1'],
  ] as const) {
    it(`${text} means ${base}`, () => assert.equal(baseOf(text), base));
  }

  it('may have a whole call at its end', async () => {
    for (const end of ['', '/', '/v1', '/v1/', '/v1/chat/completions', '/v1/chat/completions/', '/v1/models']) {
      const result = await bench.ask({}, bench.provider({ baseUrl: bench.site.url + end }));
      assert.equal(result.text, 'You said: Hello', end);
    }
  });
});

it('a frame of the simulator is what the parser reads', () => {
  assert.match(frames.chunk('m', { content: 'a' }), /^data: \{.*\}\n\n$/);
  assert.equal(modelNamed('m').upstreamId, 'm');
});
