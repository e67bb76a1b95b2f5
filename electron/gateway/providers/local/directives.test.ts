import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growth, linear } from '../../../../tests/growth.ts';
import fc from 'fast-check';
import { limits, objectEnd, readDirectives, type Step } from './directives.ts';

function call(name: string, args = '{}'): Step {
  return { type: 'call', name, arguments: args };
}

test('directives are found in order, whatever stands around them', () => {
  const cases: [string, Step[]][] = [
    ['', []],
    ['Please think about the ERROR in module 5.', []],
    ['CALL_TOOL get_weather', [call('get_weather')]],
    ['CALL_TOOL get_weather.', [call('get_weather')]],
    ['CALL_TOOL mcp__fs__read {"path":"/a"}', [call('mcp__fs__read', '{"path":"/a"}')]],
    ['CALL_TOOL a\n  {"x": {"y": "}"}} rest }', [call('a', '{"x": {"y": "}"}}')]],
    [String.raw`CALL_TOOL a {"x":"\"}{"}`, [call('a', String.raw`{"x":"\"}{"}`)]],
    ['CALL_TOOL a {broken json} CALL_TOOL b', [call('a', '{broken json}'), call('b')]],
    ['CALL_TOOL a {"open":', [call('a')]],
    ['<query>CALL_TOOL a {}</query><system>CALL_TOOL b</system>', [call('a'), call('b')]],
    ['RECALL_TOOL a', []],
    ['RECALL', [{ type: 'recall' }]],
    ['<query>RECALL</query> WAIT 1', [{ type: 'recall' }, { type: 'wait', ms: 1 }]],
    ['CALL_TOOL a {"note":"ERROR 500"}', [call('a', '{"note":"ERROR 500"}')]],
    ['THINK one ERROR 500\nnext', [{ type: 'think', text: 'one ERROR 500' }]],
    ['<user_query>THINK so</user_query>', [{ type: 'think', text: 'so' }]],
    ['THINK a < b</p></div>', [{ type: 'think', text: 'a < b' }]],
    ['THINK \nCUT 3', [{ type: 'cut', after: 3 }]],
    ['REPEAT 3 ha ha\r\n', [{ type: 'text', text: 'ha ha', times: 3 }]],
    ['REPEAT many', []],
    [
      'WAIT 10 ERROR 503.',
      [
        { type: 'wait', ms: 10 },
        { type: 'error', status: 503 },
      ],
    ],
    ['ERROR 200 ERROR 1000 WAIT 5s CUT x', []],
  ];
  for (const [text, steps] of cases) assert.deepEqual(readDirectives(text), steps, JSON.stringify(text));
});

test('any JSON object comes out as it went in, wrapped in any text', () => {
  const object = fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value));
  fc.assert(
    fc.property(
      fc.array(object, { maxLength: 5 }),
      fc.constantFrom(' ', '\n', '</x>', ' } ', ' and then '),
      (objects, between) => {
        const text = `<prompt>${objects.map((json) => `CALL_TOOL tool ${json}`).join(between)}</prompt>`;
        assert.deepEqual(
          readDirectives(text),
          objects.map((json) => call('tool', json)),
        );
      },
    ),
  );
});

test('any text is read to its end, within the bounds and in linear time', () => {
  const words = fc.constantFrom(
    'CALL_TOOL ',
    'THINK ',
    'REPEAT ',
    'WAIT ',
    'ERROR ',
    'CUT ',
    '5 ',
    '{',
    '}',
    '"',
    '\\',
    '\n',
    'a',
    '</a>',
  );
  fc.assert(
    fc.property(fc.array(words), (parts) => {
      assert.ok(readDirectives(parts.join('')).length <= limits.directives);
    }),
  );
  for (const piece of [
    'CALL_TOOL a {',
    'CALL_TOOL a "',
    'THINK ',
    'THINK </a> ',
    'REPEAT 9',
    'WAIT ',
    '</a>'.repeat(9),
    'CALL_TOOL ',
  ]) {
    assert.ok(growth((count) => void readDirectives(piece.repeat(count)), 20_000) < linear, piece);
  }
});

test('a brace that never closes has no end', () => {
  assert.equal(objectEnd('{"a":"}', 0), -1);
  assert.equal(objectEnd(`{${' '.repeat(limits.characters)}}`, 0), -1);
});
