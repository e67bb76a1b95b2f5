import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ChatError, type ErrorCode } from '../../chat/errors.ts';
import type { ChatEvent } from '../../chat/events.ts';
import type { StreamEncoder } from '../dialect.ts';
import { openaiResponses } from './dialect.ts';
import { unseal } from './sealed.ts';
import { eventsOf, validate } from './testing/validator.ts';

const head = { id: 'abc', model: 'GLM-4.6', created: 1_760_000_000 };
const finish: ChatEvent = { type: 'finish', reason: 'stop' };

function encoder(fields: object = {}): StreamEncoder {
  return openaiResponses.decode({ model: 'GLM-4.6', input: 'x', ...fields }).encoder(head);
}

/** What each event says besides its type and number; the events that frame the stream by their status only. */
function told(wire: string): unknown[] {
  return eventsOf(wire).map((event) => {
    const { type, sequence_number: _, response, ...rest } = event;
    return [type.replace('response.', ''), response ? (response as { status: string }).status : rest];
  });
}

function call(index: number, id: string, name: string): ChatEvent {
  return { type: 'tool-call-start', index, id, name };
}

function args(index: number, text: string): ChatEvent {
  return { type: 'tool-call-delta', index, arguments: text };
}

test('a plain answer, event by event', () => {
  const stream = encoder();
  const wire = stream.push([{ type: 'text', text: 'Hi\n' }]) + stream.push([{ type: 'text', text: 'there' }, finish]);
  const id = 'msg_abc_0';
  const place = { item_id: id, output_index: 0, content_index: 0 };
  const part = (text: string) => ({ type: 'output_text', text, annotations: [], logprobs: [] });
  const item = (status: string, content: unknown[]) => ({ id, type: 'message', status, role: 'assistant', content });
  assert.deepEqual(told(wire), [
    ['created', 'in_progress'],
    ['in_progress', 'in_progress'],
    ['output_item.added', { output_index: 0, item: item('in_progress', []) }],
    ['content_part.added', { ...place, part: part('') }],
    ['output_text.delta', { ...place, delta: 'Hi\n', logprobs: [] }],
    ['output_text.delta', { ...place, delta: 'there', logprobs: [] }],
    ['output_text.done', { ...place, text: 'Hi\nthere', logprobs: [] }],
    ['content_part.done', { ...place, part: part('Hi\nthere') }],
    ['output_item.done', { output_index: 0, item: item('completed', [part('Hi\nthere')]) }],
    ['completed', 'completed'],
  ]);
});

test('the response says what was asked, and what was not stored or repeated', () => {
  const wire = encoder({
    temperature: 0.5,
    max_output_tokens: 9,
    metadata: { a: 'b' },
    reasoning: { effort: 'low', summary: 'auto' },
    instructions: 'Long.',
    store: true,
    tools: [{ type: 'function', name: 'f' }],
    tool_choice: 'required',
    parallel_tool_calls: false,
  }).push([finish]);
  const { output: _, usage, ...rest } = validate(wire);
  assert.equal(usage, null);
  assert.deepEqual(rest, {
    id: 'resp_abc',
    object: 'response',
    created_at: 1_760_000_000,
    status: 'completed',
    error: null,
    incomplete_details: null,
    model: 'GLM-4.6',
    background: false,
    instructions: null,
    max_output_tokens: 9,
    max_tool_calls: null,
    metadata: { a: 'b' },
    parallel_tool_calls: false,
    previous_response_id: null,
    prompt_cache_key: null,
    reasoning: { effort: 'low', summary: 'auto' },
    safety_identifier: null,
    service_tier: 'default',
    store: false,
    temperature: 0.5,
    text: { format: { type: 'text' } },
    tool_choice: 'required',
    tools: [],
    top_logprobs: 0,
    top_p: null,
    truncation: 'disabled',
    user: null,
  });
});

test('calls that interleave are sent one after the other, whole', () => {
  const wire = encoder().push([
    call(5, 'call_a', 'one'),
    args(5, '{"x"'),
    call(9, '', 'two'),
    args(9, '{"y"'),
    args(5, ':1}'),
    args(9, ':2}'),
    { type: 'tool-call-end', index: 9 },
    { type: 'text', text: 'done' },
    { type: 'tool-call-end', index: 5 },
    args(5, 'too late'),
    finish,
  ]);
  const { output } = validate(wire);
  assert.deepEqual(
    output.map((item) => (item.type === 'function_call' ? [item.call_id, item.name, item.arguments] : item.type)),
    [['call_a', 'one', '{"x":1}'], ['call_abc_1', 'two', '{"y":2}'], 'message'],
  );
});

test('an argument is sent as soon as its call is the open one', () => {
  const stream = encoder();
  stream.push([call(0, 'a', 'f')]);
  assert.deepEqual(told(stream.push([args(0, '{"x"'), args(0, ':')])), [
    ['function_call_arguments.delta', { item_id: 'fc_abc_0', output_index: 0, delta: '{"x":' }],
  ]);
  stream.push([call(1, 'b', 'g')]);
  assert.equal(stream.push([args(1, '{')]), '');
  assert.deepEqual(
    eventsOf(stream.push([{ type: 'tool-call-end', index: 0 }])).map(({ type }) => type.replace('response.', '')),
    ['function_call_arguments.done', 'output_item.done', 'output_item.added', 'function_call_arguments.delta'],
  );
});

test('a call without arguments has {}', () => {
  const { output } = validate(encoder().push([call(0, 'a', 'f'), args(0, ' '), finish]));
  assert.equal(output[0]?.type === 'function_call' && output[0].arguments, ' {}');
});

test('tools of a namespace keep it, free-form tools get their text', () => {
  const tools = [
    { type: 'namespace', name: 'team', tools: [{ type: 'function', name: 'ask' }] },
    { type: 'custom', name: 'patch' },
  ];
  const wire = encoder({ tools }).push([
    call(0, 'a', 'ask'),
    args(0, '{"who":1}'),
    call(1, 'b', 'patch'),
    args(1, '{"input":"*** Begin\\n'),
    args(1, '+é"}'),
    finish,
  ]);
  assert.deepEqual(validate(wire).output, [
    {
      id: 'fc_abc_0',
      type: 'function_call',
      status: 'completed',
      call_id: 'a',
      name: 'ask',
      namespace: 'team',
      arguments: '{"who":1}',
    },
    {
      id: 'ctc_abc_1',
      type: 'custom_tool_call',
      status: 'completed',
      call_id: 'b',
      name: 'patch',
      input: '*** Begin\n+é',
    },
  ]);
});

test('a free-form call that is not wrapped as asked is the text itself', () => {
  const cases: [string, string][] = [
    ['plain text', 'plain text'],
    ['"quoted"', 'quoted'],
    ['', ''],
    ['{}', ''],
    ['{"other":1}', '{"other":1}'],
    ['[1]', '[1]'],
  ];
  for (const [written, input] of cases) {
    const tools = [{ type: 'custom', name: 'patch' }];
    const { output } = validate(encoder({ tools }).push([call(0, 'a', 'patch'), args(0, written), finish]));
    assert.equal(output[0]?.type === 'custom_tool_call' && output[0].input, input, written);
  }
});

test('thinking is a summary that can be sent back, each part with its own signature', () => {
  const wire = encoder().push([
    { type: 'reasoning', text: 'a' },
    { type: 'reasoning', text: 'b', signature: 's1' },
    { type: 'reasoning', text: 'c' },
    { type: 'text', text: 'x' },
    { type: 'reasoning', text: '', signature: 's2' },
    finish,
  ]);
  const { output } = validate(wire);
  assert.deepEqual(
    output.map((item) => (item.type === 'reasoning' ? unseal(item.encrypted_content ?? '') : item.type)),
    [{ text: 'ab', signature: 's1' }, { text: 'c' }, 'message', { text: '', signature: 's2' }],
  );
  assert.deepEqual(output[0]?.type === 'reasoning' && output[0].summary, [{ type: 'summary_text', text: 'ab' }]);
  assert.deepEqual(output[3]?.type === 'reasoning' && output[3].summary, []);
});

test('without a summary the thinking is only in what can be sent back', () => {
  const { output } = validate(
    encoder({ reasoning: { summary: 'none' } }).push([
      { type: 'reasoning', text: 'a' },
      { type: 'text', text: 'x' },
      finish,
    ]),
  );
  const [thought] = output;
  assert.ok(thought?.type === 'reasoning');
  assert.deepEqual([thought.summary, unseal(thought.encrypted_content ?? '')], [[], { text: 'a' }]);
});

test('sources stand in the message they belong to, at their place', () => {
  const citation = (url: string, title?: string): ChatEvent =>
    title === undefined ? { type: 'citation', index: 1, url } : { type: 'citation', index: 1, url, title };
  const wire = encoder().push([
    citation('https://a.example/', 'A'),
    { type: 'text', text: 'Paris' },
    citation('https://b.example/'),
    { type: 'text', text: '.' },
    call(0, 'c', 'f'),
    citation('https://c.example/', 'C'),
    finish,
  ]);
  const { output } = validate(wire);
  const source = (url: string, title: string, place: number) => ({
    type: 'url_citation',
    start_index: place,
    end_index: place,
    url,
    title,
  });
  assert.deepEqual(
    output.map((item) => (item.type === 'message' ? item.content[0]?.annotations : item.type)),
    [
      [source('https://a.example/', 'A', 0), source('https://b.example/', 'https://b.example/', 5)],
      'function_call',
      [source('https://c.example/', 'C', 0)],
    ],
  );
});

test('an answer cut short is incomplete, and so is what was being written', () => {
  const events: ChatEvent[] = [{ type: 'text', text: 'x' }, call(0, 'a', 'f'), { type: 'tool-call-end', index: 0 }];
  for (const [reason, why] of [
    ['length', 'max_output_tokens'],
    ['content-filter', 'content_filter'],
  ] as const) {
    const last = validate(encoder().push([...events, call(1, 'b', 'g'), { type: 'finish', reason }]));
    assert.equal(last.status, 'incomplete');
    assert.deepEqual(last.incomplete_details, { reason: why });
    assert.deepEqual(
      last.output.map((item) => [item.status, item.type === 'function_call' ? item.arguments : '']),
      [
        ['completed', ''],
        ['completed', '{}'],
        ['incomplete', ''],
      ],
    );
  }
});

test('an empty answer has an empty text', () => {
  const { output } = validate(encoder().push([finish]));
  assert.equal(output[0]?.type === 'message' && output[0].content[0]?.text, '');
});

function usageFor(usage: object): unknown {
  return validate(encoder().push([{ type: 'usage', usage }, finish])).usage;
}

test('usage is whole or null', () => {
  assert.deepEqual(usageFor({ inputTokens: 3, outputTokens: 4, cachedTokens: 1, reasoningTokens: 2 }), {
    input_tokens: 3,
    input_tokens_details: { cached_tokens: 1 },
    output_tokens: 4,
    output_tokens_details: { reasoning_tokens: 2 },
    total_tokens: 7,
  });
  assert.deepEqual(usageFor({ totalTokens: 9, outputTokens: 4 }), {
    input_tokens: 5,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 4,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 9,
  });
  assert.equal(usageFor({}), null);
  assert.equal(usageFor({ outputTokens: 4 }), null);
});

test('a broken stream ends with error and response.failed, whether it had begun or not', () => {
  const error = new ChatError('upstream_disconnect', 'It broke.');
  const message = 'It broke. The answer is incomplete; send the request again.';
  const code = 'upstream_disconnect';
  for (const begun of [true, false]) {
    const stream = encoder();
    const wire = (begun ? stream.push([{ type: 'text', text: 'half' }]) : '') + stream.fail(error);
    const last = validate(wire);
    assert.deepEqual([last.status, last.error, last.output], ['failed', { code, message }, []]);
    const details = { message, type: 'api_error', param: null, code };
    assert.deepEqual(told(wire).at(-2), ['error', { code, message, param: null, error: details }]);
  }
});

test('codes that clients act on', () => {
  const cases: [ErrorCode, string][] = [
    ['quota_exceeded', 'insufficient_quota'],
    ['upstream_rate_limited', 'rate_limit_exceeded'],
    ['request_rejected', 'invalid_prompt'],
    ['context_length_exceeded', 'context_length_exceeded'],
    ['upstream_truncated', 'upstream_truncated'],
    ['internal_error', 'internal_error'],
  ];
  for (const [code, said] of cases)
    assert.equal(validate(encoder().fail(new ChatError(code, 'It failed.'))).error?.code, said);
});

test('a comment keeps the connection open', () => {
  assert.equal(encoder().keepAlive(), ': keep-alive\n\n');
});

test('a broken answer has no reply', () => {
  const error = new ChatError('upstream_disconnect', 'It broke.');
  const collector = openaiResponses.decode({ model: 'm', input: 'x' }).collector(head);
  collector.push([{ type: 'text', text: 'half' }]);
  assert.throws(() => collector.reply(), { code: 'upstream_truncated' });
  assert.throws(() => collector.push([{ type: 'error', error }]), error);
});
