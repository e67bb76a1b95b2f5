import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { framesOf, replay } from '../testing/replay.ts';

const done = { phase: 'done', done: true };
const answer = (text: string) => ({ phase: 'answer', delta_content: text });
const encode = (text: string) => new TextEncoder().encode(text);

describe('frames', () => {
  it('without an envelope, and of other types', () => {
    const bare = encode('data: {"phase":"answer","delta_content":"a"}\n\ndata: {"delta_content":"b"}\n\n');
    const title = encode('data: {"type":"chat:title","data":{"delta_content":"T","done":true}}\n\n');
    assert.equal(replay([bare, title, framesOf(answer('c'), done)]).content, 'abc');
  });

  it('of an unknown phase are named once', () => {
    const odd = { phase: 'planning', delta_content: 'x' };
    const { content, warnings } = replay([framesOf(odd, answer('a'), odd, done)]);
    assert.deepEqual([content, warnings], ['a', [{ code: 'sent_unknown_text', provider: 'zai' }]]);
  });

  it('after the end are ignored, with a warning', () => {
    const { content, finish, warnings } = replay([framesOf(answer('a'), done, answer('b'), done)]);
    assert.deepEqual([content, finish, warnings], ['a', 'stop', [{ code: 'sent_after_end', provider: 'zai' }]]);
    assert.deepEqual(replay([framesOf(answer('a'), done), encode('data: [DONE]\n\n')]).warnings, []);
  });

  it('end the answer only by done', () => {
    assert.equal(replay([framesOf(answer('a')), encode('data: [DONE]\n\n')]).error, 'upstream_truncated');
    assert.equal(replay([]).error, 'upstream_truncated');
    assert.equal(replay([framesOf(answer('a'), { done: true })]).finish, 'stop');
  });
});

describe('errors', () => {
  const error = { detail: 'no', code: 500 };
  for (const [name, bytes] of [
    ['inner', framesOf({ data: { error } })],
    ['middle', framesOf({ error, phase: 'answer', delta_content: 'never' })],
    ['outer', encode(`data: ${JSON.stringify({ type: 'chat:completion', data: {}, error })}\n\n`)],
    ['as text', framesOf({ error: 'no' })],
  ] as const) {
    it(`in the ${name} place`, () => {
      const { error: code, content } = replay([bytes, framesOf(done)]);
      assert.deepEqual([code, content], ['upstream_error', '']);
    });
  }

  it('without a code on the last frame of an answer are forgiven, and only there', () => {
    const last = { ...done, error: { detail: 'title failed' } };
    assert.equal(replay([framesOf(answer('a'), last)]).finish, 'stop');
    assert.equal(replay([framesOf(last)]).error, 'upstream_error');
    assert.equal(replay([framesOf(answer('a'), { ...last, error })]).error, 'upstream_error');
    assert.equal(replay([framesOf(answer('a'), { error: null }, done)]).finish, 'stop');
  });
});

describe('edits of text that was passed on', () => {
  it('warn once when they change it, and keep quiet when they only repeat it', () => {
    const edit = (index: number, text: string) => ({ phase: 'answer', edit_index: index, edit_content: text });
    const changed = replay([framesOf(answer('one two'), edit(4, 'three'), edit(4, 'four'), answer('!'), done)]);
    assert.deepEqual([changed.content, changed.warnings], ['one two!', [{ code: 'rewrote_text', provider: 'zai' }]]);
    const repeated = replay([
      framesOf(
        answer('one two'),
        edit(0, 'one two three'),
        edit(0, ''),
        answer('one two'),
        answer(' three four'),
        done,
      ),
    ]);
    assert.deepEqual([repeated.content, repeated.warnings], ['one two three four', []]);
  });

  it('are exact in a whole reply', () => {
    const edit = { phase: 'answer', edit_index: 4, edit_content: 'three' };
    assert.equal(replay([framesOf(answer('one two'), edit, done)], { delivery: 'whole' }).content, 'one three');
  });
});

describe('tool calls', () => {
  const tools = ['run', 'go'];
  const fragment = (more: object) => ({ phase: 'tool_call', ...more });
  const calls = (...frames: readonly object[]) => replay([framesOf(...frames, done)], { tools }).calls;

  it('in fragments, also around a usage frame', () => {
    const first = fragment({ delta_name: 'run', delta_arguments: '{"', metadata: { tool_call_id: 'c1' } });
    const [call] = calls(
      first,
      { phase: 'other', usage: { prompt_tokens: 1 } },
      fragment({ delta_arguments: 'a":1}' }),
    );
    assert.deepEqual(call, { id: 'c1', name: 'run', arguments: '{"a":1}', ended: true });
  });

  it('one after another, some of them of the site itself', () => {
    const found = calls(
      fragment({ delta_name: 'search', delta_arguments: '{}', metadata: { tool_call_id: 's' } }),
      fragment({ delta_arguments: 'more' }),
      fragment({ delta_name: 'run', delta_arguments: '{}', metadata: { tool_call_id: 'a' } }),
      fragment({ delta_name: 'go', delta_arguments: '{"x":2}', metadata: { tool_call_id: 'b' } }),
      fragment({ delta_name: 'go' }),
    );
    assert.deepEqual(found.map(({ id, name, arguments: text }) => [id, name, text]), [['a', 'run', '{}'], ['b', 'go', '{"x":2}'], ['call_1', 'go', '']]); // prettier-ignore
  });

  it('in lists, whole or in pieces, with equal ids told apart', () => {
    const list = (...items: readonly unknown[]) => fragment({ tool_calls: items });
    const whole = calls(
      list(
        { id: 'a', function: { name: 'run', arguments: { b: [1] } } },
        { function: { name: 'go', arguments: '{}' } },
        { function: { name: 'search' } },
        7,
      ),
    );
    assert.deepEqual(whole.map(({ id, arguments: text }) => [id, text]), [['a', '{"b":[1]}'], ['call_1', '{}']]); // prettier-ignore
    const pieces = calls(
      list({ index: 0, id: 'a', function: { name: 'run', arguments: '{"b"' } }),
      list({ index: 1, id: 'b', function: { name: 'go', arguments: '{' } }),
      list({ index: 0, function: { arguments: ':1}' } }),
      list({ index: 1, function: { arguments: '}' } }),
    );
    assert.deepEqual(pieces.map(({ id, arguments: text }) => [id, text]), [['a', '{"b":1}'], ['b', '{}']]); // prettier-ignore
  });

  it('in blocks that never became complete, at the end', () => {
    const block = (text: string) =>
      `<glm_block >{"data":{"metadata":{"id":"b1","name":"run","arguments":"${text}","result":""}}}</glm_block>`;
    const edit = (text: string) => ({ phase: 'tool_call', edit_index: 0, edit_content: block(text) });
    assert.deepEqual(calls(edit('{'), edit('{}')), [{ id: 'b1', name: 'run', arguments: '{}', ended: true }]);
    assert.deepEqual(replay([framesOf(edit('{'))], { tools }).calls, [], 'never when the answer broke off');
    assert.equal(replay([framesOf(edit('{}'), done)]).content, '', 'nor when nobody offered the tool');
  });

  it('as data, whatever their names and arguments', () => {
    const evil = fragment({
      delta_name: '__proto__',
      delta_arguments: '{"__proto__":{"polluted":1}}',
      metadata: { tool_call_id: 'constructor' },
    });
    const { calls: found } = replay([framesOf(evil, done)], { tools: ['__proto__'] });
    assert.equal(found[0]?.arguments, '{"__proto__":{"polluted":1}}');
    assert.equal(Reflect.get({}, 'polluted'), undefined);
  });
});

it('any bytes and any JSON end in one finish or one error', () => {
  const field = fc.constantFrom('phase', 'delta_content', 'edit_content', 'edit_index', 'done', 'usage', 'error', 'tool_calls', 'delta_name', 'delta_arguments', 'metadata', 'results', 'data', 'type'); // prettier-ignore
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('answer', 'thinking', 'tool_call', 'other', 'run', '【', '<glm_block >', true),
  );
  const frame = fc
    .dictionary(field, value)
    .map((data) => encode(`data: ${JSON.stringify({ type: 'chat:completion', data })}\n\n`));
  const input = fc.array(fc.oneof(fc.uint8Array({ maxLength: 50 }), frame), { maxLength: 12 });
  const deliveries = fc.constantFrom<'stream' | 'whole'>('stream', 'whole');
  fc.assert(
    fc.property(input, deliveries, (pieces, delivery) => void replay(pieces, { delivery, tools: ['run'] })),
    { numRuns: 2_000, seed: 20261120 },
  );
});
