import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { growth, linear } from '../../../../tests/growth.ts';
import type { Notice } from '../../../../shared/notice.ts';
import type { ChatEvent } from '../events.ts';
import { ToolCallScanner } from './scanner.ts';
import { merged, scan, tool } from './testing.ts';

const tools = [tool('f', { a: { type: 'integer' } }), tool('write', { text: { type: 'string' } })];

/** What may stand in an answer: prose, every kind of marker whole and broken, brackets, quotes, blanks. */
const debris = fc.constantFrom(
  'so ', ' ', '\n', '<', '{', '}', '[', ']', '"', '`', '```', '```json\n', '```python\n', '\\', ':', ',', '调用函数：', '</tool_call>', '</tool_calls>',
  '<tool_call>', '<tool_calls>', '{"tool_calls": [', '{"tool_calls"', '{"name": "f", "arguments": ', '[TOOL_CALLS]', '<invoke name="f">', '</invoke>', '<function=f>', '<tool_call>f\n',
); // prettier-ignore
const value = fc.string({
  maxLength: 12,
  unit: fc.constantFrom('a', '"', '\\', '{', '}', '<', '`', '\n', '</tool_call>', 'é'),
});
const call = fc.tuple(value, fc.constantFrom<(json: string) => string>(
  (json) => `<tool_calls>\n{"tool_calls": [${json}]}\n</tool_calls>`,
  (json) => `<tool_call>${json}</tool_call>`,
  (json) => `\`\`\`json\n{"tool_calls": [${json}]}\n\`\`\``,
  (json) => `{"tool_calls":[${json}]}`,
)).map(([text, wrap]) => ({ text, markup: wrap(JSON.stringify({ name: 'write', arguments: { text } })) })); // prettier-ignore
const prose = fc.string({ maxLength: 20, unit: fc.constantFrom('a', 'b ', '.', '\n', '(', '"', "'", '}', ']', '>') });

function pieces(text: string, cuts: readonly number[]): string[] {
  const at = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].toSorted((a, b) => a - b);
  return [0, ...at].map((from, place) => text.slice(from, at[place]));
}
const cuts = fc.array(fc.nat(), { maxLength: 8 });

test('whatever the text, its splits change nothing', () => {
  fc.assert(
    fc.property(fc.array(debris, { maxLength: 25 }), cuts, fc.constantFrom(20, 60, 200_000), (parts, at, limit) => {
      const text = parts.join('');
      assert.deepEqual(scan(pieces(text, at), tools, { limit }), scan([text], tools, { limit }));
      assert.deepEqual(scan(Array.from(text), tools, { limit }), scan([text], tools, { limit }));
    }),
    { numRuns: 1_500 },
  );
});

test('text without a whole call comes out as it went in', () => {
  fc.assert(
    fc.property(fc.array(debris, { maxLength: 25 }), cuts, (parts, at) => {
      const text = parts.join('');
      const result = scan(pieces(text, at), [tool('other')]);
      assert.deepEqual([result.text, result.calls], [text, []]);
    }),
    { numRuns: 1_500 },
  );
});

test('every call is found, and nothing but its markup and the blanks around it is taken away', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(prose, call), { minLength: 1, maxLength: 4 }), prose, cuts, (parts, last, at) => {
      const text = parts.map(([before, { markup }]) => before + markup).join('') + last;
      const result = scan(pieces(text, at), tools);
      assert.deepEqual(
        result.calls.map(([name, args]) => [name, JSON.parse(args)]),
        parts.map(([, made]) => ['write', { text: made.text }]),
      );
      const blank = (words: string) => words.replaceAll(/[\s}\]]/g, '');
      assert.equal(blank(result.text), blank(parts.map(([before]) => before).join('') + last));
    }),
    { numRuns: 500 },
  );
});

const push = (scanner: ToolCallScanner, text: string): string => merged(scanner.push([{ type: 'text', text }])).text;
const fresh = (options: { limit?: number } = {}) =>
  new ToolCallScanner({ tools, toolChoice: { type: 'auto' }, limit: 200_000, warn: () => undefined, ...options });

test('text without a marker is never held, and a possible one only until it is decided', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[^<{[`调]*$/), { maxLength: 10 }), (parts) => {
      const scanner = fresh();
      for (const part of parts) assert.equal(push(scanner, part), part);
    }),
  );
  const scanner = fresh();
  const steps: [string, string][] = [
    ['if a <', 'if a '], [' b', '< b'], [' {', ' '], ['"x": 1', '{"x": 1'], ['} [', '} '], ['1]', '[1]'], ['``', ''], ['`py', ''], ['thon\nx', '```python\nx'],
    ['\n{"tool_calls": [', '\n{"tool_calls": ['], ['\n```\n', '\n```\n'], ['{"name": "', ''], ['Bo', '{"name": "Bo'], ['<tool_call>f', ''], ['oo', '<tool_call>foo'],
  ]; // prettier-ignore
  for (const [given, released] of steps) assert.equal(push(scanner, given), released, given);
});

test('more than SCAN_LIMIT characters are not held', () => {
  const text = `<tool_call>{"name": "write", "arguments": {"text": "${'x'.repeat(3_000)}"}}</tool_call>`;
  const result = scan([text], tools, { limit: 1_000 });
  assert.deepEqual([result.text, result.calls, result.warnings], [text, [], [{ code: 'call_too_long', limit: 1_000 }]]);
  assert.deepEqual(scan(Array.from(text), tools, { limit: 1_000 }), result);
});

test('a call inside one that is too long is part of its text, and one after it is a call again', () => {
  const inner = '<tool_call>{"name": "f", "arguments": {"a": 1}}</tool_call>';
  for (const [open, close] of [
    ['<tool_call>{"name": "write", "arguments": {"text": "', '"}}'],
    ['<function=write><parameter=text>', '</parameter></function>'],
  ]) {
    const long = `${open}${'x'.repeat(1_000)} ${inner.replaceAll('"', String.raw`\"`)}${close}`;
    const result = scan([long, inner], tools, { limit: 1_000 });
    assert.deepEqual([result.text, result.calls], [long, [['f', '{"a":1}', 'new1']]]);
    assert.deepEqual(scan(Array.from(long + inner), tools, { limit: 1_000 }), result);
  }
});

test('reasoning and usage pass untouched; calls of the provider’s own are treated like those in the text', () => {
  const others: ChatEvent[] = [
    { type: 'reasoning', text: '<tool_call>{"name": "f"}</tool_call>' },
    { type: 'usage', usage: { inputTokens: 1 } },
  ];
  const own = (index: number, name: string, ...args: string[]): ChatEvent[] => [
    { type: 'tool-call-start', index, id: `own${index}`, name },
    ...args.map((text) => ({ type: 'tool-call-delta', index, arguments: text }) as const),
    { type: 'tool-call-end', index },
  ];
  const written: ChatEvent = { type: 'text', text: '<tool_call>{"name":"f","arguments":{"a":2}}</tool_call>' };
  const finish: ChatEvent = { type: 'finish', reason: 'stop' };
  const warnings: Notice[] = [];
  const scanner = new ToolCallScanner({ tools, toolChoice: { type: 'auto' }, limit: 1_000, warn: (notice) => warnings.push(notice) });
  const events = scanner.push([...others, written, ...own(0, 'f', '{"a"', ': "1",}'), ...own(1, 'rm', '{}'), ...own(7, 'write', '{"text": "cut of'), finish]);
  assert.deepEqual(events.slice(0, 2), others);
  const { calls, finish: reason } = merged(events);
  assert.deepEqual(calls.map(([name, args]) => [name, args]), [['f', '{"a":2}'], ['f', '{"a":1}'], ['write', JSON.stringify('{"text": "cut of')]]);
  assert.equal(reason, 'tool-calls');
  assert.deepEqual(warnings, [{ code: 'call_unknown_tool' }, { code: 'arguments_mistyped', tool: 'write', at: 'arguments', found: 'string', wanted: 'object' }]);
  const cut = fresh().push([{ type: 'tool-call-start', index: 0, id: 'x', name: 'f' }, { type: 'finish', reason: 'length' }]);
  assert.deepEqual(cut, [{ type: 'finish', reason: 'length' }]);
}); // prettier-ignore

test('ids are kept where they can be, and never come twice', () => {
  const list = ['a', 'a', 'old', '', 'b c'].map((id) => ({ id, name: 'f' }));
  const { calls } = scan([JSON.stringify({ tool_calls: list })], tools, { takenIds: ['old'] });
  assert.deepEqual(calls.map(([, , id]) => id), ['a', 'new1', 'new2', 'new3', 'new4']); // prettier-ignore
});

test('a single call where parallel ones are not wanted; a warning where a wanted one is missing', () => {
  const two = scan(['{"tool_calls":[{"name":"f"},{"name":"f"}]}'], tools, { parallelToolCalls: false });
  assert.deepEqual([two.calls.length, two.text, two.warnings], [1, '', [{ code: 'call_left_out', tool: 'f' }]]);
  for (const [toolChoice, warning] of [
    [{ type: 'required' }, { code: 'call_not_made' }],
    [
      { type: 'tool', name: 'f' },
      { code: 'call_of_tool_not_made', tool: 'f' },
    ],
  ] as const) {
    assert.deepEqual(scan(['No.'], tools, { toolChoice }).warnings, [warning]);
    assert.deepEqual(scan(['{"tool_calls":[{"name":"f"}]}'], tools, { toolChoice }).warnings, []);
  }
});

test('what a length limit has cut is not run', () => {
  const text = '<tool_calls>{"tool_calls":[{"name":"f","arguments":{"a":1}},{"name":"write","argu';
  const result = scan([text], tools, { reason: 'length' });
  assert.deepEqual([result.text, result.calls, result.finish], [text, [], 'length']);
  assert.deepEqual(result.warnings, [{ code: 'call_incomplete' }]);
});

test('arguments are data: __proto__, long numbers, anything', () => {
  const args = '{"__proto__":{"polluted":true},"a":12345678901234567890}';
  const { calls } = scan([`<tool_call>{"name":"f","arguments":${args}}</tool_call>`], tools);
  assert.equal(calls[0]?.[1], args);
  assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
});

const hostile = [
  '{', '[', '<', '`', '```', '{"', '{ ', '{"t', '<tool_call>', '<tool_calls>', '<tool_call>{', '<tool_call>{"', '{"tool_calls":', '{"tool_calls":[', '{"name":"f","arguments":',
  '<tool_call>f ', '<tool_call>g ', '<function=f>', '<function_calls><invoke name="f">', '<invoke name="f">', '```json\n', '```json\n{"tool_calls":[', '```python\n', '[TOOL_CALLS]', '调用函数：',
  '</tool_call>', '<tool_call>f <arg_key>', '``', '<tool_call>{}', '```json{"tool_calls":[', '[TOOL_CALLS][', '<tool_calls>{"a":1}</tool_calls>', '{"tool_calls":[{"name":"f"}]}', '{"tool_calls":[{"name":"f"}]}]} ', '{"tool_calls":[]}', '<tool_call>{"name":"f"}', '"', ' ', '\n', 'a',
]; // prettier-ignore

test('F140: hostile answers take linear time, whole and in pieces', () => {
  for (const piece of hostile) {
    for (const size of [1 << 20, 7]) {
      const run = (count: number) => {
        const text = piece.repeat(Math.ceil(count / piece.length));
        const scanner = fresh({ limit: 20_000 });
        for (let at = 0; at < text.length; at += size) push(scanner, text.slice(at, at + size));
        scanner.push([{ type: 'finish', reason: 'stop' }]);
      };
      const ratio = growth(run, 60_000);
      assert.ok(ratio < linear, `${piece} in pieces of ${size}: ${ratio}`);
    }
  }
});
