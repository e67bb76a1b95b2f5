import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { growth, linear } from '../../../../../tests/growth.ts';
import type { ErrorCode } from '../../../chat/errors.ts';
import type { FinishReason } from '../../../chat/events.ts';
import type { Result } from '../shared/testing/ask.ts';
import { bytes, delta, replay, replayText, sse } from './testing/replay.ts';

const stop = delta({}, 'stop');
const done = '[DONE]';
const calls = (...items: object[]) => delta({ tool_calls: items });

/** What stays the same however the bytes are cut. */
const gist = ({ text, reasoning, verbatim, calls: made, citations, usage, finish, error, notices }: Result) => ({
  text,
  reasoning,
  verbatim,
  calls: made,
  citations,
  usage,
  finish,
  error: error?.code,
  notices: notices.map(({ code }) => code),
});

const rich = sse(
  delta({ role: 'assistant', content: '' }),
  delta({ reasoning_content: 'Hm, ' }),
  delta({ reasoning_content: '想一想 🧪.' }),
  delta({ content: 'Grüße, ' }),
  delta({ content: '👩‍💻\u2028\r\n!' }),
  calls({ index: 0, id: 'a', type: 'function', function: { name: 'run', arguments: '' } }),
  calls({ index: 0, function: { arguments: '{"x":' } }),
  calls({ index: 0, function: { arguments: '"ü"}' } }),
  calls({ index: 1, id: 'b', function: { name: 'stop', arguments: '{}' } }),
  delta({ annotations: [{ type: 'url_citation', url_citation: { url: 'https://a.example/', title: 'A' } }] }),
  delta({}, 'tool_calls'),
  { choices: [], usage: { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 } },
  done,
);

describe('a stream', () => {
  const whole = replayText(rich);

  it('becomes events', () => {
    assert.deepEqual(gist(whole), {
      text: 'Grüße, 👩‍💻\u2028\r\n!',
      reasoning: 'Hm, 想一想 🧪.',
      verbatim: '',
      calls: [
        { id: 'a', name: 'run', arguments: '{"x":"ü"}', ended: true },
        { id: 'b', name: 'stop', arguments: '{}', ended: true },
      ],
      citations: [{ index: 1, url: 'https://a.example/', title: 'A' }],
      usage: { inputTokens: 3, outputTokens: 5, totalTokens: 8 },
      finish: 'tool-calls',
      error: undefined,
      notices: [],
    });
  });

  for (const [name, text] of [
    ['LF', rich],
    ['CR LF', rich.replaceAll('\n', '\r\n')],
    ['CR', rich.replaceAll('\n', '\r')],
  ] as const) {
    it(`is the same at every split position, with ${name}`, () => {
      const all = bytes(text);
      for (let at = 0; at <= all.length; at += 1)
        assert.deepEqual(gist(replay([all.subarray(0, at), all.subarray(at)])), gist(whole), `split at ${at}`);
      assert.deepEqual(gist(replay([...all].map((byte) => Uint8Array.of(byte)))), gist(whole));
    });
  }

  it('may begin with a byte order mark and comments, and have words between its frames', () => {
    const noise = `\uFEFF: OPENROUTER PROCESSING\n\nid: 1\nretry: 5\n\ndata: ping\n\ndata:\n\n`;
    assert.deepEqual(gist(replayText(noise + rich)), gist(whole));
  });

  it('joins what comes in one read', () => {
    const { events } = replayText(sse(delta({ content: 'a' }), delta({ content: 'b' }), stop, done));
    assert.deepEqual(events, [
      { type: 'text', text: 'ab' },
      { type: 'finish', reason: 'stop' },
    ]);
  });
});

describe('reasoning', () => {
  for (const [name, message] of [
    ['reasoning_content', { reasoning_content: 'why' }],
    ['reasoning', { reasoning: 'why' }],
    ['both, once', { reasoning_content: 'why', reasoning: 'why' }],
    ['details beside it, once', { reasoning: 'why', reasoning_details: [{ type: 'reasoning.text', text: 'why' }] }],
    [
      'details alone',
      {
        reasoning_details: [
          { type: 'reasoning.text', text: 'w' },
          { type: 'reasoning.summary', summary: 'hy' },
        ],
      },
    ],
    ['thinking with content', { thinking: { content: 'why' } }],
    ['parts', { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'why' }] }] }],
  ] as const) {
    it(`as ${name}`, () => assert.equal(replayText(sse(delta(message), stop, done)).reasoning, 'why'));
  }

  it('keeps its signature', () => {
    const details = [{ type: 'reasoning.text', text: 'why', signature: 'sig' }];
    assert.deepEqual(replayText(sse(delta({ reasoning_details: details }), stop, done)).signatures, ['sig']);
  });
});

describe('text', () => {
  for (const [name, frame] of [
    ['a string', delta({ content: 'no' })],
    [
      'parts',
      delta({
        content: [
          { type: 'text', text: 'n' },
          { type: 'text', text: 'o' },
        ],
      }),
    ],
    ['a refusal', delta({ content: null, refusal: 'no' })],
    ['a message instead of a delta', { choices: [{ message: { content: 'no' }, finish_reason: null }] }],
    ['the old completions', { choices: [{ text: 'no', index: 0 }] }],
    [
      'the first of several choices',
      {
        choices: [
          { index: 1, delta: { content: 'x' } },
          { index: 0, delta: { content: 'no' } },
        ],
      },
    ],
  ] as const) {
    it(`as ${name}`, () => assert.equal(replayText(sse(frame, stop, done)).text, 'no'));
  }
});

describe('tool calls', () => {
  const run = (args: unknown) => ({ function: { name: 'run', arguments: args } });
  const cases: readonly (readonly [string, readonly object[], readonly (readonly [string, string, string])[]])[] = [
    ['whole in one delta', [calls({ index: 0, id: 'a', ...run('{"x":1}') })], [['a', 'run', '{"x":1}']]],
    ['arguments as an object', [calls({ index: 0, id: 'a', ...run({ x: 1 }) })], [['a', 'run', '{"x":1}']]],
    ['no arguments at all', [calls({ index: 0, id: 'a', ...run(undefined) })], [['a', 'run', '']]],
    [
      'id and name repeated in every fragment',
      [calls({ index: 0, id: 'a', ...run('{"x"') }), calls({ index: 0, id: 'a', ...run(':1}') })],
      [['a', 'run', '{"x":1}']],
    ],
    [
      'a new id in every fragment, without a name',
      [calls({ index: 0, id: 'a', ...run('{"x"') }), calls({ index: 0, id: 'zz', function: { arguments: ':1}' } })],
      [['a', 'run', '{"x":1}']],
    ],
    [
      'empty ids and names after the first',
      [calls({ index: 0, id: 'a', ...run('{"x"') }), calls({ index: 0, id: '', function: { name: '', arguments: ':1}' } })],
      [['a', 'run', '{"x":1}']],
    ],
    [
      'without an index, told apart by id',
      [calls({ id: 'a', ...run('{') }, { id: 'b', ...run('[') }), calls({ id: 'a', function: { arguments: '}' } }), calls({ id: 'b', function: { arguments: ']' } })],
      [['a', 'run', '{}'], ['b', 'run', '[]']],
    ],
    [
      'without index and id: the last one goes on',
      [calls(run('{"x"')), calls({ function: { arguments: ':1}' } })],
      [['call_1', 'run', '{"x":1}']],
    ],
    [
      'all at index 0, with ids of their own',
      [calls({ index: 0, id: 'a', ...run('{}') }), calls({ index: 0, id: 'b', ...run('[]') })],
      [['a', 'run', '{}'], ['b', 'run', '[]']],
    ],
    [
      'fragments that take turns',
      [calls({ index: 0, id: 'a', ...run('{') }), calls({ index: 1, id: 'b', ...run('[') }), calls({ index: 0, function: { arguments: '}' } }), calls({ index: 1, function: { arguments: ']' } })],
      [['a', 'run', '{}'], ['b', 'run', '[]']],
    ],
    [
      'a name that comes after the first arguments',
      [calls({ index: 0, id: 'a', function: { arguments: '{"x"' } }), calls({ index: 0, ...run(':1}') })],
      [['a', 'run', '{"x":1}']],
    ],
    ['the same id twice', [calls({ index: 0, id: 'a', ...run('{}') }, { index: 1, id: 'a', ...run('[]') })], [['a', 'run', '{}'], ['call_1', 'run', '[]']]],
    ['the old function_call', [delta({ function_call: { name: 'run', arguments: '{"x"' } }), delta({ function_call: { arguments: ':1}' } })], [['call_1', 'run', '{"x":1}']]],
    ['a custom tool', [calls({ index: 0, id: 'a', type: 'custom', custom: { name: 'run', input: 'free text' } })], [['a', 'run', 'free text']]],
    ['nonsense among them', [calls({ index: 0, id: 'a', ...run('{}') }, Object('x'), { index: 'y' })], [['a', 'run', '{}']]],
  ]; // prettier-ignore
  for (const [name, frames, expected] of cases) {
    it(name, () => {
      for (const reason of ['tool_calls', 'stop']) {
        const result = replayText(sse(...frames, delta({}, reason), done));
        assert.deepEqual(
          result.calls.map((call) => [call.id, call.name, call.arguments]),
          expected,
        );
        assert.equal(result.finish, 'tool-calls');
      }
    });
  }

  it('that never get a name are left out with a notice', () => {
    const result = replayText(
      sse(calls({ index: 0, id: 'a', function: { arguments: '{}' } }), delta({}, 'tool_calls'), done),
    );
    assert.deepEqual(result.calls, []);
    assert.equal(result.finish, 'stop');
    assert.deepEqual(
      result.notices.map(({ code }) => code),
      ['sent_unknown_part'],
    );
  });

  it('end after 128 of them', () => {
    const many = Array.from({ length: 200 }, (_, index) => ({ index, id: `c${index}`, ...run('{}') }));
    const result = replayText(sse(calls(...many), stop, done));
    assert.equal(result.calls.length, 128);
    assert.deepEqual(result.notices.at(0), { code: 'calls_left_out', limit: 128 });
  });
});

describe('usage', () => {
  const counts = { prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 };
  const known = { inputTokens: 3, outputTokens: 5, totalTokens: 8 };
  for (const [name, frames, expected] of [
    ['in a chunk of its own', [stop, { choices: [], usage: counts }], known],
    ['in the last chunk', [delta({}, 'stop', { usage: counts })], known],
    ['in a chunk before the last text', [delta({}, null, { usage: counts }), delta({ content: 'a' }), stop], known],
    ['in every chunk, the last one counts', [delta({ content: 'a' }, null, { usage: { ...counts, completion_tokens: 1 } }), delta({}, 'stop', { usage: counts })], known],
    ['inside the choice', [{ choices: [{ delta: {}, finish_reason: 'stop', usage: counts }] }], known],
    ["in Groq's drawer", [delta({}, 'stop', { x_groq: { usage: counts } })], known],
    ['without choices at all', [stop, { usage: counts }], known],
    ['null', [delta({}, 'stop', { usage: null })], undefined],
    ['nonsense', [delta({}, 'stop', { usage: { prompt_tokens: -1, completion_tokens: '5' } })], undefined],
    ['with details', [delta({}, 'stop', { usage: { ...counts, prompt_tokens_details: { cached_tokens: 2 }, completion_tokens_details: { reasoning_tokens: 1 } } })], { ...known, cachedTokens: 2, reasoningTokens: 1 }],
    ["with DeepSeek's cache", [delta({}, 'stop', { usage: { ...counts, prompt_cache_hit_tokens: 2 } })], { ...known, cachedTokens: 2 }],
    ["with Moonshot's cache", [delta({}, 'stop', { usage: { ...counts, cached_tokens: 2 } })], { ...known, cachedTokens: 2 }],
  ] as const) {
    it(name, () => assert.deepEqual(replayText(sse(...frames, done)).usage, expected));
  } // prettier-ignore
});

describe('citations', () => {
  for (const [name, frame] of [
    [
      'annotations',
      delta({ annotations: [{ type: 'url_citation', url_citation: { url: 'https://a.example/', title: 'A' } }] }),
    ],
    [
      'search results',
      delta({}, null, {
        citations: ['https://a.example/'],
        search_results: [{ url: 'https://a.example/', title: 'A' }],
      }),
    ],
    ["Z.AI's web_search", { choices: [], web_search: [{ link: 'https://a.example/', title: 'A', refer: 'ref_1' }] }],
  ] as const) {
    it(name, () => {
      const { citations } = replayText(
        sse(frame, frame, delta({}, null, { citations: ['javascript:alert(1)', 7, null] }), stop, done),
      );
      assert.deepEqual(citations, [{ index: 1, url: 'https://a.example/', title: 'A' }]);
    });
  }
});

describe('the end', () => {
  for (const [reason, expected] of [
    ['stop', 'stop'],
    ['eos', 'stop'],
    ['tool_calls', 'stop'],
    ['length', 'length'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['content_filter', 'content-filter'],
    ['sensitive', 'content-filter'],
  ] as const satisfies readonly (readonly [string, FinishReason])[]) {
    it(`${reason} means ${expected}`, () => {
      const result = replayText(sse(delta({ content: 'a' }, reason), done));
      assert.deepEqual([result.finish, result.notices], [expected, []]);
    });
  }

  it('a reason nobody knows is a stop with a notice', () => {
    const result = replayText(sse(delta({ content: 'a' }, 'tired'), done));
    assert.equal(result.finish, 'stop');
    assert.deepEqual(result.notices, [{ code: 'stop_reason_unknown', provider: 'acme', reason: 'tired' }]);
  });

  for (const reason of ['network_error', 'error', 'insufficient_system_resource']) {
    it(`${reason} is a failure`, () => {
      const result = replayText(sse(delta({ content: 'a' }), delta({}, reason), done));
      assert.deepEqual([result.text, result.error?.code, result.finish], ['a', 'upstream_error', undefined]);
    });
  }

  it('needs no [DONE] after a reason, and no reason before [DONE]', () => {
    assert.equal(replayText(sse(delta({ content: 'a' }, 'length'))).finish, 'length');
    assert.equal(replayText(sse(delta({ content: 'a' }), done)).finish, 'stop');
    assert.equal(replayText(sse(delta({ content: 'a' }, 'stop')).trimEnd()).finish, 'stop');
  });

  it('is one: what comes after it is ignored with a notice', () => {
    const result = replayText(sse(delta({ content: 'a' }), stop, done, delta({ content: 'b' }), done));
    assert.equal(result.text, 'a');
    assert.deepEqual(new Set(result.notices.map(({ code }) => code)), new Set(['sent_after_end']));
  });
});

describe('what goes wrong', () => {
  const cases: readonly (readonly [string, string, ErrorCode, string?])[] = [
    ['an end without a mark', sse(delta({ content: 'a' })), 'upstream_truncated', 'a'],
    ['nothing at all', '', 'upstream_truncated'],
    ['comments alone', ': ping\n\n', 'upstream_truncated'],
    ['an end without an answer', sse(done), 'upstream_protocol'],
    ['a damaged frame', sse(delta({ content: 'a' }), '{"choices":[{"del', stop, done), 'upstream_protocol', 'a'],
    ['an error frame', sse(delta({ content: 'a' }), { error: { message: 'no', type: 'server_error' } }), 'upstream_error', 'a'],
    ['an error frame that is a string', sse({ error: 'model overloaded' }), 'upstream_error'],
    ['an error frame with a status in it', sse({ error: { code: 429, message: 'slow down' } }), 'upstream_rate_limited'],
    ['an error frame beside choices', sse({ error: { code: 502, message: 'gone' }, choices: [{ delta: {}, finish_reason: 'error' }] }), 'upstream_error'],
    ['an error event', `event: error\n${sse({ message: 'no', code: 'insufficient_quota' })}`, 'quota_exceeded'],
    ['a bare code and message', sse({ code: '1302', message: 'concurrency' }), 'upstream_error'],
    ['an object called error', sse({ object: 'error', message: 'too long', code: 'context_length_exceeded' }), 'context_length_exceeded'],
    ["MiniMax's status", sse({ base_resp: { status_code: 1008, status_msg: 'insufficient balance' } }), 'quota_exceeded'],
    ["FastAPI's detail", sse({ detail: 'Internal' }), 'upstream_error'],
    ['an error in JSON with status 200', '{"error":{"message":"no such model: x","code":"model_not_found"}}', 'model_not_found'],
    ['other JSON', '{"ok":true}', 'upstream_protocol'],
    ['half of a JSON reply', '{"choices":[{"message":{"con', 'upstream_protocol'],
    ['a list', '[1,2]', 'upstream_protocol'],
    ['a web page', '<!doctype html><title>Just a moment...</title>', 'upstream_blocked'],
  ]; // prettier-ignore
  for (const [name, text, code, shown = ''] of cases) {
    it(name, () => {
      const whole = replayText(text);
      assert.deepEqual([whole.error?.code, whole.finish, whole.text], [code, undefined, shown]);
      const all = bytes(text);
      for (let at = 0; at <= all.length; at += 1)
        assert.equal(replay([all.subarray(0, at), all.subarray(at)]).error?.code, code, `split at ${at}`);
    });
  }

  it('an answer beyond 16 MB', () => {
    const frame = bytes(sse(delta({ content: 'x'.repeat(1 << 16) })));
    assert.equal(replay(Array.from({ length: 300 }, () => frame)).error?.code, 'upstream_protocol');
  });

  it('a line beyond 1 MB', () => {
    const piece = bytes('x'.repeat(1 << 16));
    assert.equal(
      replay([bytes('data: '), ...Array.from({ length: 20 }, () => piece)]).error?.code,
      'upstream_protocol',
    );
  });
});

describe('a whole reply', () => {
  const body = {
    id: 'x',
    choices: [{ index: 0, message: { role: 'assistant', reasoning_content: 'why', content: 'Hi', tool_calls: [{ id: 'a', function: { name: 'run', arguments: '{}' } }] }, finish_reason: 'tool_calls' }],
    usage: { prompt_tokens: 1 },
  }; // prettier-ignore

  for (const [name, text] of [
    ['plain', JSON.stringify(body)],
    ['indented, after blank lines', `\n \r\n${JSON.stringify(body, null, 2)}\n`],
    ['with a byte order mark', `\uFEFF${JSON.stringify(body)}`],
  ] as const) {
    it(`becomes the same events as a stream: ${name}`, () => {
      const all = bytes(text);
      for (let at = 0; at <= all.length; at += 1) {
        const { reasoning, text: said, calls: made, finish, usage } = replay([all.subarray(0, at), all.subarray(at)]);
        assert.deepEqual(
          [reasoning, said, made.length, finish, usage],
          ['why', 'Hi', 1, 'tool-calls', { inputTokens: 1 }],
        );
      }
    });
  }

  it('needs no reason of its end', () => {
    assert.equal(replayText('{"choices":[{"message":{"content":"Hi"},"finish_reason":null}]}').finish, 'stop');
  });

  it('is handed on as it is to a client that wants it whole, and only to that', () => {
    const text = JSON.stringify(body);
    const { events } = replayText(text, { verbatim: 'yes', delivery: 'whole' });
    assert.deepEqual(events.slice(-2), [
      { type: 'verbatim', text },
      { type: 'finish', reason: 'tool-calls' },
    ]);
    assert.equal(replayText(text, { verbatim: 'yes', delivery: 'stream' }).verbatim, '');
  });
});

describe('frames handed on', () => {
  const usage = { choices: [], usage: { prompt_tokens: 1 } };
  const unknown = { choices: [{ index: 0, delta: { content: 'a', surprise: [1] } }], more: { x: 1 } };

  it('are those that came, unknown fields and names of events with them', () => {
    const text = `event: chunk\n${sse(unknown, stop, usage, done)}`;
    const { verbatim, text: said, usage: counted } = replayText(text, { verbatim: 'yes' });
    assert.equal(verbatim, text);
    assert.deepEqual([said, counted], ['a', { inputTokens: 1 }]);
  });

  it('come in the batch of their events, and the last of them before the end', () => {
    const { events } = replay([bytes(sse(unknown)), bytes(sse(stop, done))], { verbatim: 'yes' });
    assert.deepEqual(
      events.map(({ type }) => type),
      ['text', 'verbatim', 'verbatim', 'finish'],
    );
  });

  it('leave out the usage the client did not ask for, and no other chunk', () => {
    const filters = { choices: [], prompt_filter_results: [] };
    const { verbatim, usage: counted } = replayText(sse(filters, unknown, stop, usage, done), {
      verbatim: 'without-usage',
    });
    assert.equal(verbatim, sse(filters, unknown, stop, done));
    assert.deepEqual(counted, { inputTokens: 1 });
  });

  it('get the end mark that a service has left out', () => {
    assert.equal(replayText(sse(unknown, stop), { verbatim: 'yes' }).verbatim, sse(unknown, stop, done));
  });

  it('do not hold an error, which the dialect says in its own words', () => {
    const { verbatim, error } = replayText(sse(unknown, { error: { message: 'no' } }), { verbatim: 'yes' });
    assert.deepEqual([verbatim, error?.code], [sse(unknown), 'upstream_error']);
  });

  it('are the same at every split position', () => {
    const all = bytes(rich);
    for (let at = 0; at <= all.length; at += 1)
      assert.equal(replay([all.subarray(0, at), all.subarray(at)], { verbatim: 'yes' }).verbatim, rich);
  });

  it('are put on one line, because many clients read only one', () => {
    const text = 'data: {"choices":[{"delta":\ndata: {"content":"a"}}]}\n\n';
    const line = 'data: {"choices":[{"delta": {"content":"a"}}]}\n\n';
    assert.equal(replayText(text + sse(done), { verbatim: 'yes' }).verbatim, line + sse(done));
  });
});

describe('hostile bytes', () => {
  it('never throw', () => {
    const json = fc.json().map((text) => `data: ${text}\n\n`);
    const frame = fc.object().map((value) => sse({ choices: [{ delta: value, finish_reason: null }], ...value }));
    const piece = fc.oneof(json, frame, fc.string(), fc.constant(sse(stop)), fc.constant(sse(done)));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.constantFrom('yes', 'no'), (pieces, verbatim) => {
        replay(pieces.map(bytes), { verbatim, inlineThinking: 'tagged' });
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), (pieces) => void replay(pieces)),
      { numRuns: 200 },
    );
  });

  it('stay data: names such as __proto__ change nothing', () => {
    replayText(
      'data: {"__proto__":{"polluted":1},"choices":[{"delta":{"tool_calls":[{"index":0,"id":"__proto__","function":{"name":"__proto__","arguments":"{}"}}]}}]}\n\n',
    );
    assert.equal(({} as { polluted?: number }).polluted, undefined);
  });

  it('cost in proportion to their number', () => {
    for (const work of [
      (size: number) => replay(Array.from({ length: size / 8 }, () => bytes(sse(delta({ content: 'a' }))))),
      (size: number) => replay(Array.from({ length: size / 8 }, () => bytes(sse(calls({ index: 0, id: 'a', function: { name: 'run', arguments: '{' } }))))),
      (size: number) => replay(Array.from({ length: size / 8 }, (_, index) => bytes(sse(calls({ index, id: `c${index}`, function: { name: 'run', arguments: '{' } }))))),
      (size: number) => replay(Array.from({ length: size / 8 }, () => bytes(sse(delta({ content: ' ' })))), { inlineThinking: 'unopened' }),
      (size: number) => replay(Array.from({ length: size / 8 }, () => bytes(sse(delta({ content: '</thin' })))), { inlineThinking: 'unopened' }),
    ])
      assert.ok(growth((size) => void work(size), 1 << 15) < linear);
  }); // prettier-ignore
});
