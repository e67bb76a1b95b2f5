import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scan, splits, tool } from './testing.ts';

const tools = [
  tool('get_weather', { city: { type: 'string' }, days: { type: 'integer' } }, ['city']),
  tool('write', { path: { type: 'string' }, text: { type: 'string' } }),
  tool('Now'),
];
const paris = ['get_weather', { city: 'Paris' }] as const;
const claude = 'antml:';

type Expected = readonly (readonly [string, unknown])[];
const same = (text: string, calls: Expected, rest = ''): [string, string, Expected, string] => [
  text.slice(0, 60).replaceAll('\n', ' '),
  text,
  calls,
  rest,
];

const formats = [
  // Our own, and what is left of it when a model forgets a part.
  same('<tool_calls>\n{"tool_calls": [{"name": "get_weather", "arguments": {"city": "Paris"}}]}\n</tool_calls>', [
    paris,
  ]),
  same(
    'Let me see.\n<tool_calls>\n{"tool_calls": [{"name": "Now"}, {"name": "get_weather", "arguments": {"city": "Paris"}}]}\n</tool_calls>\n',
    [['Now', {}], paris],
    'Let me see.\n',
  ),
  same('<tool_calls>[{"name": "get_weather", "arguments": {"city": "Paris"}}]</tool_calls>', [paris]),
  same(
    '<tool_calls>{"tool_calls": [{"name": "get_weather", "arguments": {"city": "Paris"}]}</tool_calls> ok',
    [paris],
    ' ok',
  ),
  same(
    '<tool_calls>{"tool_calls": [{"name": "get_weather", "arguments": {"city": "Paris"}}}]}}</tool_calls> ok',
    [paris],
    ' ok',
  ),
  same('<tool_calls>{"tool_calls": [{"name": "write", "arguments": {"text": "</tool_calls> ```"}}]}</tool_calls>', [
    ['write', { text: '</tool_calls> ```' }],
  ]),
  same('```\n<tool_calls>{"tool_calls": [{"name": "Now"}]}</tool_calls>\n```\nDone', [['Now', {}]], '\nDone'),
  same('{"role": "assistant", "content": null, "tool_calls": [{"type": "function", "function": {"name": "Now"}}]}', [
    ['Now', {}],
  ]),
  // One after another.
  same(
    '<tool_call>{"name": "Now"}</tool_call>\n<tool_call>{"name": "get_weather", "arguments": {"city": "Paris"}}</tool_call>\n',
    [['Now', {}], paris],
  ),
  same('```json\n{"tool_calls": [{"name": "Now"}]}\n{"tool_calls": [{"name": "Now"}]}\n```', [
    ['Now', {}],
    ['Now', {}],
  ]),
  same('```json\n{"name": "get_weather", "arguments": {"city": "Paris"}}\n```', [paris]),
  same('[{"name": "get_weather", "arguments": {"city": "Paris"}}, {"name": "Now", "arguments": {}}]', [
    paris,
    ['Now', {}],
  ]),
  // What models were trained with.
  same(
    '<tool_call>get_weather\n<arg_key>city</arg_key>\n<arg_value>Paris</arg_value>\n<arg_key>days</arg_key>\n<arg_value>3</arg_value>\n</tool_call>',
    [['get_weather', { city: 'Paris', days: 3 }]],
  ),
  same(
    '<tool_call>get_weather<arg_key>city</arg_key><arg_value>Paris</arg_value></tool_call><tool_call>Now</tool_call>',
    [paris, ['Now', {}]],
  ),
  same('<tool_call>get_weather\n<arg_key>city</arg_key>\n<arg_value>Paris</arg_value>', [paris]),
  same('<tool_call>\n<function=write>\n<parameter=text>\n  a\nb\n</parameter>\n</function>\n</tool_call>', [
    ['write', { text: '  a\nb' }],
  ]),
  same('<function=get_weather>{"city": "Paris"}</function>', [paris]),
  same(
    '<function_calls>\n<invoke name="get_weather">\n<parameter name="city">Paris</parameter>\n</invoke>\n</function_calls>',
    [paris],
  ),
  same(
    `<${claude}function_calls>\n<${claude}invoke name="get_weather">\n<${claude}parameter name="city">Paris</${claude}parameter>\n</${claude}invoke>\n</${claude}function_calls>`,
    [paris],
  ),
  same('<invoke name="get_weather"><parameter name="city">Paris</parameter></invoke>', [paris]),
  same(
    '<minimax:tool_call>\n<invoke name="get_weather">\n<parameter name="city">Paris</parameter>\n</invoke>\n</minimax:tool_call>',
    [paris],
  ),
  same(
    '<function_calls>\n<function_call>\n<name>get_weather</name>\n<args_json>{"city": "Paris"}</args_json>\n</function_call>\n</function_calls>',
    [paris],
  ),
  same(
    '<tool_calls>\n<tool_call>{"name": "Now", "arguments": {}}</tool_call>\n<tool_call>{"name": "Now"}</tool_call>\n</tool_calls>',
    [
      ['Now', {}],
      ['Now', {}],
    ],
  ),
  same('<|tool_call|>[{"name": "get_weather", "arguments": {"city": "Paris"}}]', [paris]),
  same('[TOOL_CALLS][{"name": "get_weather", "arguments": {"city": "Paris"}}]', [paris]),
  same('[TOOL_CALLS]get_weather[ARGS]{"city": "Paris"}', [paris]),
  same(
    '<|tool_calls_section_begin|><|tool_call_begin|>functions.get_weather:0<|tool_call_argument_begin|>{"city": "Paris"}<|tool_call_end|><|tool_calls_section_end|>',
    [paris],
  ),
  same(
    '<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>get_weather\n```json\n{"city": "Paris"}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>',
    [paris],
  ),
  // Repairs.
  same("<tool_calls>{'tool_calls': [{'name': 'get_weather', 'arguments': {city: 'Paris',}}]}</tool_calls>", [paris]),
  same('<tool_call>{"name": "GET_WEATHER", "arguments": "{\\"city\\": \\"Paris\\"}"}</tool_call>', [paris]),
  same('<tool_call>{"name": "get_weather", "arguments": {"city": "Paris", "days": "3"}}</tool_call>', [
    ['get_weather', { city: 'Paris', days: 3 }],
  ]),
  same('<tool_call>{"name": "write", "arguments": {"text": "say "hi" now", "path": "C:\\data"}}</tool_call>', [
    ['write', { text: 'say "hi" now', path: 'C:\\data' }],
  ]),
  // An odd quote hides the end from the brackets; at the end of the answer it is found.
  same(
    '<tool_call>{"name": "write", "arguments": {"text": "5" pipe"}}</tool_call> ok',
    [['write', { text: '5" pipe' }]],
    ' ok',
  ),
  // Text stays text.
  same(
    'Use the <tool_call> tag, or { "name": "Bob", "arguments": [] }, a[0], `x` and {}.',
    [],
    'Use the <tool_call> tag, or { "name": "Bob", "arguments": [] }, a[0], `x` and {}.',
  ),
  same(
    '<tool_call>{"name": "rm", "arguments": {}}</tool_call>',
    [],
    '<tool_call>{"name": "rm", "arguments": {}}</tool_call>',
  ),
  same(
    '<tool_calls>{"tool_calls": [{"name": "", "arguments": {}}]}</tool_calls>',
    [],
    '<tool_calls>{"tool_calls": [{"name": "", "arguments": {}}]}</tool_calls>',
  ),
  same(
    '```python\nx = {"tool_calls": [{"name": "Now"}]}\n```\nThat was it.',
    [],
    '```python\nx = {"tool_calls": [{"name": "Now"}]}\n```\nThat was it.',
  ),
  same(
    '```json\n{"a": {"tool_calls": [{"name": "Now"}]}}\n```',
    [],
    '```json\n{"a": {"tool_calls": [{"name": "Now"}]}}\n```',
  ),
  // A longer row of backticks fences in shorter ones.
  same('````json\n{"tool_calls": [{"name": "Now"}]}\n````\nDone', [['Now', {}]], '\nDone'),
  same(
    '````md\n```json\n{"tool_calls": [{"name": "Now"}]}\n```\n````\n',
    [],
    '````md\n```json\n{"tool_calls": [{"name": "Now"}]}\n```\n````\n',
  ),
  same('```json\n{"tool_calls": []}\n```\n', [], '```json\n{"tool_calls": []}\n```\n'),
  same(
    '<tool_call>{"name": "write", "arguments": {"text": "rm -rf /tm',
    [],
    '<tool_call>{"name": "write", "arguments": {"text": "rm -rf /tm',
  ),
  same('a ```b``` {"tool_calls": [{"name": "Now"}]}', [['Now', {}]], 'a ```b``` '),
];

for (const [name, text, calls, rest] of formats) {
  test(`read at every split: ${name}`, () => {
    const whole = scan([text], tools);
    assert.deepEqual([whole.calls.map(([called, args]) => [called, JSON.parse(args)]), whole.text], [calls, rest]);
    assert.equal(whole.finish, calls.length > 0 ? 'tool-calls' : 'stop');
    for (const pieces of splits(text)) assert.deepEqual(scan(pieces, tools), whole, JSON.stringify(pieces));
  });
}
