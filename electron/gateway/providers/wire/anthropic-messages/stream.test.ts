import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Notice } from '../../../../../shared/notice.ts';
import * as frames from '../../../../../tests/simulators/anthropic-upstream/frames.ts';
import { growth, linear } from '../../../../../tests/growth.ts';
import { ChatError } from '../../../chat/errors.ts';
import type { ChatEvent } from '../../../chat/events.ts';
import { failureOf } from './errors.ts';
import { readReply } from './reply.ts';
import type { Source } from './source.ts';
import { MessagesParser } from './stream.ts';

function sourceOf(verbatim = false): Source & { readonly notices: Notice[] } {
  const notices: Notice[] = [];
  return {
    provider: 'acme',
    verbatim,
    notices,
    warn: (notice) => notices.push(notice),
    failure: (body) => failureOf({ status: 200, body, now: 0 }, { name: 'Acme' }),
  };
}

/** The same events with neighbours of one kind joined, so that the borders of chunks do not matter. */
function joined(events: readonly ChatEvent[]): ChatEvent[] {
  const result: ChatEvent[] = [];
  for (const event of events) {
    const last = result.at(-1);
    if (event.type === 'text' && last?.type === 'text')
      result[result.length - 1] = { ...last, text: last.text + event.text };
    else if (event.type === 'reasoning' && last?.type === 'reasoning' && !last.signature)
      result[result.length - 1] = { ...last, ...event, text: last.text + event.text };
    else if (event.type === 'tool-call-delta' && last?.type === 'tool-call-delta' && last.index === event.index)
      result[result.length - 1] = { ...last, arguments: last.arguments + event.arguments };
    else result.push(event);
  }
  return result;
}

function parsed(bytes: Uint8Array, splits: readonly number[] = [], source: Source = sourceOf()): ChatEvent[] {
  const parser = new MessagesParser(source);
  const borders = [0, ...splits, bytes.length];
  const pushed = borders.slice(1).flatMap((to, at) => parser.push(bytes.subarray(borders[at], to)));
  return pushed.concat(parser.over ? [] : parser.end());
}

const bytesOf = (...texts: readonly string[]): Buffer => Buffer.from(texts.join(''));
const verbatimOf = (events: readonly ChatEvent[]) =>
  events.map((event) => (event.type === 'verbatim' ? event.text : '')).join('');
const withoutVerbatim = (events: readonly ChatEvent[]) => events.filter(({ type }) => type !== 'verbatim');

const content = [
  { type: 'thinking', thinking: 'Überlegung 🧠', signature: 'c2ln' },
  { type: 'redacted_thinking', data: 'xyz' },
  {
    type: 'text',
    text: '答案 é👩‍💻',
    citations: [
      { type: 'web_search_result_location', url: 'https://example.com/a', title: 'A' },
      { type: 'web_search_result_location', url: 'https://example.com/a', title: 'A' },
      { type: 'char_location', document_title: 'Mine' },
      { type: 'search_result_location', source: 'https://example.com/b', title: null },
    ],
  },
  { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'q' } },
  { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] },
  { type: 'tool_use', id: 'toolu_1', name: 'run', input: { a: ['ü', 1] } },
  { type: 'tool_use', id: 'toolu_2', name: 'stop', input: {} },
];
const texts = [
  frames.messageStart('m', { input_tokens: 11, cache_read_input_tokens: 4, output_tokens: 1 }),
  frames.ping(),
  frames.frame({ type: 'something_new', a: 'ü' }),
  ...content.flatMap((block, index) => frames.blockFrames(index, block)),
  frames.messageDelta('tool_use', { output_tokens: 30, output_tokens_details: { thinking_tokens: 9 } }),
  frames.messageStop(),
];
const whole = bytesOf(...texts);
const expected: ChatEvent[] = [
  { type: 'usage', usage: { inputTokens: 15, cachedTokens: 4 } },
  { type: 'reasoning', text: 'Überlegung 🧠', signature: 'c2ln' },
  { type: 'text', text: '答案 é👩‍💻' },
  { type: 'citation', index: 1, url: 'https://example.com/a', title: 'A' },
  { type: 'citation', index: 2, url: 'https://example.com/b' },
  { type: 'tool-call-start', index: 0, id: 'toolu_1', name: 'run' },
  { type: 'tool-call-delta', index: 0, arguments: '{"a":["ü",1]}' },
  { type: 'tool-call-end', index: 0 },
  { type: 'tool-call-start', index: 1, id: 'toolu_2', name: 'stop' },
  { type: 'tool-call-delta', index: 1, arguments: '{}' },
  { type: 'tool-call-end', index: 1 },
  { type: 'usage', usage: { inputTokens: 15, cachedTokens: 4, outputTokens: 30, reasoningTokens: 9 } },
  { type: 'finish', reason: 'tool-calls' },
];

describe('the stream of a message', () => {
  it('becomes events, and what has none is said once for each kind', () => {
    const source = sourceOf();
    assert.deepEqual(joined(parsed(whole, [], source)), expected);
    assert.deepEqual(
      source.notices.map((notice) => ('type' in notice ? notice.type : notice.code)),
      ['redacted_thinking', 'server_tool_use', 'web_search_tool_result'],
    );
  });

  it('means the same split anywhere', () => {
    for (let at = 0; at <= whole.length; at += 1) assert.deepEqual(joined(parsed(whole, [at])), expected, `at ${at}`);
    const each = Array.from({ length: whole.length - 1 }, (_, at) => at + 1);
    assert.deepEqual(joined(parsed(whole, each)), expected);
  });

  it('goes on frame by frame as it came, split anywhere, and nothing is said', () => {
    for (let at = 0; at <= whole.length; at += 13) {
      const source = sourceOf(true);
      const events = parsed(whole, [at], source);
      assert.equal(verbatimOf(events), texts.join(''));
      assert.deepEqual(joined(withoutVerbatim(events)), expected);
      assert.equal(events.at(-1)?.type, 'finish');
      assert.deepEqual(source.notices, []);
    }
  });

  it('goes on with names, on one line each, whatever ends its lines', () => {
    const source =
      'data: {"type":"message_start",\r\ndata: "message":{}}\r\n\r\n: note\r\ndata:{"type":"message_stop"}\r\n\r\n';
    assert.equal(
      verbatimOf(parsed(bytesOf(source), [], sourceOf(true))),
      'event: message_start\ndata: {"type":"message_start", "message":{}}\n\nevent: message_stop\ndata: {"type":"message_stop"}\n\n',
    );
  });

  it('means the same as the whole reply', () => {
    const usage = {
      input_tokens: 11,
      cache_read_input_tokens: 4,
      output_tokens: 30,
      output_tokens_details: { thinking_tokens: 9 },
    };
    const reply = readReply(JSON.stringify({ type: 'message', content, stop_reason: 'tool_use', usage }), sourceOf());
    const calls = (events: readonly ChatEvent[]) => events.filter(({ type }) => type !== 'usage');
    assert.deepEqual(calls(joined(reply)), calls(expected));
    assert.deepEqual(reply.at(-2), expected.at(-2));
  });

  it('is cut wherever it ends before its reason', () => {
    const lastPart = texts.length - 2;
    for (let count = 1; count < texts.length; count += 1) {
      const last = parsed(bytesOf(...texts.slice(0, count))).at(-1);
      if (count > lastPart) assert.deepEqual(last, { type: 'finish', reason: 'tool-calls' });
      else assert.equal(last?.type === 'error' && last.error.code, 'upstream_truncated', `after ${count} frames`);
    }
  });

  it('takes linear time', () => {
    const delta = frames.blockDelta(0, { type: 'text_delta', text: 'x'.repeat(20) });
    const grown = growth((size) => {
      const bytes = bytesOf(frames.blockStart(0, { type: 'text', text: '' }), delta.repeat(size));
      const parser = new MessagesParser(sourceOf(true));
      for (let at = 0; at < bytes.length; at += 100) parser.push(bytes.subarray(at, at + 100));
    }, 4_000);
    assert.ok(grown < linear, `grew by ${grown}`);
  });
});

describe('blocks', () => {
  const text = frames.blockDelta(7, { type: 'text_delta', text: 'a' });
  const end = [frames.messageDelta('end_turn', {}), frames.messageStop()];
  const call = { type: 'tool_use', id: 'toolu_1', name: 'run' };
  const delta = (json: string) => frames.blockDelta(1, { type: 'input_json_delta', partial_json: json });
  const started: ChatEvent = { type: 'tool-call-start', index: 0, id: 'toolu_1', name: 'run' };
  const made = (json: string): ChatEvent[] => [
    started,
    { type: 'tool-call-delta', index: 0, arguments: json },
    { type: 'tool-call-end', index: 0 },
    { type: 'finish', reason: 'tool-calls' },
  ];
  const cases: readonly (readonly [string, readonly string[], readonly ChatEvent[]])[] = [
    ['text of a block that never began', [text, ...end], [{ type: 'text', text: 'a' }, { type: 'finish', reason: 'stop' }]],
    ['a call that never ends', [frames.blockStart(1, { ...call, input: {} }), delta('{"a":1}'), ...end], made('{"a":1}')],
    ['a call whose input came at its start', [frames.blockStart(1, { ...call, input: { a: 1 } }), frames.blockStop(1), ...end], made('{"a":1}')],
    ['a call with neither', [frames.blockStart(1, call), frames.blockStop(1), ...end], made('{}')],
    ['pieces of a call that never began', [delta('{"a":1}'), ...end], [{ type: 'finish', reason: 'stop' }]],
    [
      'text and thinking that came at the start',
      [frames.blockStart(0, { type: 'thinking', thinking: 't', signature: 's' }), frames.blockStop(0), frames.blockStart(1, { type: 'text', text: 'x' }), ...end],
      [{ type: 'reasoning', text: 't', signature: 's' }, { type: 'text', text: 'x' }, { type: 'finish', reason: 'stop' }],
    ],
  ]; // prettier-ignore
  for (const [name, given, wanted] of cases)
    it(name, () => assert.deepEqual(joined(parsed(bytesOf(...given))), wanted));

  it('more than any answer has end it', () => {
    const many = Array.from({ length: 1_100 }, (_, at) => frames.blockStart(at, { type: 'text', text: '' }));
    const last = parsed(bytesOf(...many)).at(-1);
    assert.equal(last?.type === 'error' && last.error.code, 'upstream_protocol');
  });
});

describe('the reason for the end', () => {
  const cases: readonly (readonly [string, string, string | undefined])[] = [
    ['end_turn', 'stop', undefined],
    ['stop_sequence', 'stop', undefined],
    ['max_tokens', 'length', undefined],
    ['model_context_window_exceeded', 'length', undefined],
    ['refusal', 'content-filter', undefined],
    ['sensitive', 'content-filter', undefined],
    ['tool_use', 'stop', undefined],
    ['pause_turn', 'stop', 'turn_paused'],
    ['something_new', 'stop', 'stop_reason_unknown'],
    ['constructor', 'stop', 'stop_reason_unknown'],
  ];
  for (const [said, meant, notice] of cases)
    it(`${said}: ${meant}`, () => {
      const source = sourceOf();
      const events = parsed(bytesOf(frames.messageDelta(said, {}), frames.messageStop()), [], source);
      assert.deepEqual(events, [{ type: 'finish', reason: meant }]);
      assert.deepEqual(
        source.notices.map(({ code }) => code),
        notice ? [notice] : [],
      );
    });

  it('is calls when there are some, whatever is said', () => {
    const call = frames.blockFrames(0, { type: 'tool_use', id: 'a', name: 'b', input: {} });
    const events = parsed(bytesOf(...call, frames.messageDelta('end_turn', {}), frames.messageStop()));
    assert.deepEqual(events.at(-1), { type: 'finish', reason: 'tool-calls' });
  });
});

describe('usage', () => {
  const usageOf = (start: frames.Data, end: frames.Data) =>
    parsed(bytesOf(frames.messageStart('m', start), frames.messageDelta('end_turn', end))).flatMap((event) =>
      event.type === 'usage' ? [event.usage] : [],
    );
  it('of a prompt that is counted at the end only', () =>
    assert.deepEqual(
      usageOf({ input_tokens: 0, output_tokens: 0 }, { input_tokens: 9, output_tokens: 5, cache_read_input_tokens: 0 }),
      [{ inputTokens: 9, cachedTokens: 0, outputTokens: 5 }],
    ));
  it('that is repeated as null keeps what was said', () =>
    assert.deepEqual(usageOf({ input_tokens: 7 }, { input_tokens: null, output_tokens: 5 }), [
      { inputTokens: 7 },
      { inputTokens: 7, outputTokens: 5 },
    ]));
  it('that makes no sense is not said', () =>
    assert.deepEqual(usageOf({ input_tokens: -1 }, { output_tokens: 'many' }), []));
});

describe('a whole reply', () => {
  it('that is an error is thrown', () => {
    for (const body of [
      '{"type":"error","error":{"type":"api_error","message":"x"}}',
      '{"code":500,"message":"x"}',
      '{"error":{"code":"1234"}}',
    ])
      assert.throws(() => readReply(body, sourceOf()), { code: 'upstream_error' });
    for (const body of ['{"hello":1}', '[]', 'no JSON', ''])
      assert.throws(
        () => readReply(body, sourceOf()),
        (error) => error instanceof ChatError && error.code === 'upstream_protocol',
      );
  });

  it('goes on as it came', () => {
    const body = '{ "content": [{"type":"text","text":"Hi"}], "stop_reason":"end_turn", "new": 1 }';
    assert.deepEqual(readReply(body, sourceOf(true)), [
      { type: 'text', text: 'Hi' },
      { type: 'verbatim', text: body },
      { type: 'finish', reason: 'stop' },
    ]);
  });
});
