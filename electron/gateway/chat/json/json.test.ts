import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { growth, linear } from '../../../../tests/growth.ts';
import { isCut, writeJson } from './node.ts';
import { readJson, readWhole } from './read.ts';

const repaired = (text: string): unknown => {
  const read = readWhole(text);
  return read ? JSON.parse(writeJson(read.node)) : undefined;
};

test('strict JSON is read as it is, and nothing in it counts as repaired', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      assert.deepEqual([repaired(text), readWhole(text)?.repaired], [JSON.parse(text), false], text);
    }),
    { numRuns: 2_000 },
  );
});

test('what is written is always JSON', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...Array.from('{}[]:,"\'\\a1-. \n/'), 'null', '"a":', '\u2028'), { maxLength: 30 }), (parts) => {
      const read = readJson(parts.join(''));
      if (read) JSON.parse(writeJson(read.node));
    }),
    { numRuns: 3_000 },
  );
}); // prettier-ignore

test('untidy JSON keeps its meaning', () => {
  const cases: [string, unknown][] = [
    ["{'a': 'b'}", { a: 'b' }],
    ['{a: 1, b_c: x}', { a: 1, b_c: 'x' }],
    ['{“a”: “b”}', { a: 'b' }],
    ['{"a": True, "b": None}', { a: true, b: null }],
    ['[1, 2,]', [1, 2]],
    ['{"a": 1 // one\n, "b": 2}', { a: 1, b: 2 }],
    ['{"a": "x"\n  "b": "y"}', { a: 'x', b: 'y' }],
    ['{"a": [1, 2}', { a: [1, 2] }],
    ['[{"a": 1}}, 2]', [{ a: 1 }, 2]],
    ['{"a": {"b": 1}', { a: { b: 1 } }],
    ['{"a": "line\nbreak"}', { a: 'line\nbreak' }],
    ['{"a": "say "hi" now"}', { a: 'say "hi" now' }],
    ['{"a": "\\d+"}', { a: '\\d+' }],
    ['{"a": }', { a: null }],
    ['{: 1}', undefined],
    ['', undefined],
    ['{} {}', undefined],
  ];
  for (const [text, value] of cases) assert.deepEqual(repaired(text), value, text);
});

test('digits and keys stay what they are', () => {
  const text = '{"id":12345678901234567890,"e":1E400,"__proto__":{"x":1}}';
  assert.equal(writeJson(readWhole(text)?.node ?? { kind: 'null' }), text);
});

test('what was cut off is marked', () => {
  for (const text of ['{"a": "b', '{"a"', '[1', '{']) assert.ok(isCut(readJson(text)?.node ?? { kind: 'null' }), text);
  assert.ok(!isCut(readJson('[{"a": 1]')?.node ?? { kind: 'null' }));
});

test('nesting is bounded and the time linear', () => {
  assert.equal(readJson('['.repeat(100_000)), undefined);
  for (const piece of ['{"a":', '"', '" ', '[1,', '{"a":"b" "c', "'", '/', '//', 'a ', '\\', ',', '{"a":"x",']) {
    assert.ok(growth((count) => void readJson(`["${piece.repeat(count)}`), 20_000) < linear, piece);
    assert.ok(growth((count) => void readJson(`[${piece.repeat(count)}`), 20_000) < linear, piece);
  }
});
