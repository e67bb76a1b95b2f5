import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growth, linear } from '../../../../tests/growth.ts';
import { fit, type Misfit } from './fit.ts';
import { type JsonNode, writeJson } from './node.ts';
import { readWhole } from './read.ts';
import { typesIn } from './schema.ts';

const nodeOf = (text: string): JsonNode => readWhole(text)?.node ?? { kind: 'null' };

type Case = readonly [given: string, json: string, problem?: Misfit];

function check(schema: unknown, cases: readonly Case[]): void {
  for (const [text, json, problem] of cases) {
    const found = fit(nodeOf(text), schema);
    assert.deepEqual([writeJson(found.node), found.problem, found.changed], [json, problem, json !== text], text);
  }
}

const wrong = (at: string, found: string, wanted: string): Misfit => ({ at, found, wanted });

test('types: repaired where the meaning is plain, named otherwise', () => {
  const schema = {
    type: 'object',
    properties: {
      n: { type: 'integer' },
      on: { type: ['boolean', 'null'] },
      s: { type: 'string' },
      list: { type: 'array', items: { type: 'number' } },
      inner: { type: 'object', required: ['x'], properties: { x: { enum: [1, 2] } } },
      things: { type: 'array', items: { type: 'object' } },
      grid: { type: 'array', items: { type: 'array', items: { type: 'integer' } } },
      later: { type: 'string', nullable: true },
    },
    required: ['n'],
  };
  check(schema, [
    ['{"n":1}', '{"n":1}'],
    ['{"n":1.0}', '{"n":1.0}'],
    ['{"n":"7","on":"true","s":5,"list":"[1,\\"2\\"]"}', '{"n":7,"on":true,"s":"5","list":[1,2]}'],
    ['{"n":1,"list":3,"inner":"{\\"x\\":1}"}', '{"n":1,"list":[3],"inner":{"x":1}}'],
    ['{"n":1,"grid":[["1",2],3]}', '{"n":1,"grid":[[1,2],[3]]}'],
    ['{"n":1,"grid":4}', '{"n":1,"grid":[[4]]}'],
    ['{"n":1,"on":null,"later":null}', '{"n":1,"on":null,"later":null}'],
    // What may be left out and is null was left out.
    ['{"n":1,"s":null}', '{"n":1}'],
    ['{"n":null}', '{"n":null}', wrong('n', 'null', 'integer')],
    ['{"n":1.5}', '{"n":1.5}', wrong('n', 'number', 'integer')],
    ['{"n":"five"}', '{"n":"five"}', wrong('n', 'string', 'integer')],
    ['{"n":1,"inner":{}}', '{"n":1,"inner":{}}', { property: 'x' }],
    ['{}', '{}', { property: 'n' }],
    ['[1]', '[1]', wrong('$', 'array', 'object')],
    ['{"n":1,"on":5}', '{"n":1,"on":5}', wrong('on', 'number', 'boolean | null')],
    ['{"n":1,"list":["x"]}', '{"n":1,"list":["x"]}', wrong('list[]', 'string', 'number')],
    // A list of one would hold what it may not.
    ['{"n":1,"things":"a, b"}', '{"n":1,"things":"a, b"}', wrong('things', 'string', 'array')],
    ['{"constructor":1,"n":1}', '{"constructor":1,"n":1}'],
    ['{"n":12345678901234567890}', '{"n":12345678901234567890}'],
  ]);
});

test('values: enum and const, another case or quotes where one of them is meant', () => {
  const schema = { properties: { unit: { enum: ['celsius', 'Kelvin', 1, null, { a: [1] }] }, kind: { const: 'x' } } };
  const wanted = '"celsius" | "Kelvin" | 1 | null | {"a":[1]}';
  check(schema, [
    ['{"unit":"celsius","kind":"x"}', '{"unit":"celsius","kind":"x"}'],
    ['{"unit":" Celsius","kind":"X"}', '{"unit":"celsius","kind":"x"}'],
    ['{"unit":"1"}', '{"unit":1}'],
    ['{"unit":null}', '{"unit":null}'],
    ['{"unit":{"a":[1]}}', '{"unit":{"a":[1]}}'],
    ['{"unit":"F"}', '{"unit":"F"}', wrong('unit', 'string', wanted)],
    ['{"unit":{"a":[2]}}', '{"unit":{"a":[2]}}', wrong('unit', 'object', wanted)],
    ['{"kind":5}', '{"kind":5}', wrong('kind', 'number', '"x"')],
  ]);
  check({ enum: ['a', 'A'] }, [['" a"', '" a"', wrong('$', 'string', '"a" | "A"')]]);
});

test('alternatives: the one that fits, else the first that fits repaired, else what the only one of its type misses', () => {
  const shape = (kind: string, key: string) => ({ type: 'object', required: [key], properties: { kind: { const: kind }, [key]: { type: 'number' } } });
  for (const key of ['anyOf', 'oneOf']) {
    check({ [key]: [{ type: 'integer' }, { type: 'string' }] }, [
      ['5', '5'],
      ['"5"', '"5"'],
      ['true', '"true"'],
      ['[]', '[]', wrong('$', 'array', 'integer | string')],
    ]);
    check({ [key]: [{ type: 'integer' }, { type: 'null' }] }, [['"5"', '5'], ['null', 'null']]);
    check({ [key]: [shape('circle', 'radius'), shape('square', 'side')] }, [
      ['{"kind":"square","side":"2"}', '{"kind":"square","side":2}'],
      ['{"kind":"round"}', '{"kind":"round"}', wrong('$', 'object', 'anyOf')],
    ]);
    check({ [key]: [shape('circle', 'radius'), { type: 'null' }] }, [['{"kind":"circle"}', '{"kind":"circle"}', { property: 'radius' }]]);
  }
  check({ allOf: [{ type: 'integer' }, { minimum: 2 }] }, [['"3"', '3'], ['1', '1', wrong('$', 'number', 'minimum 2')]]);
}); // prettier-ignore

test('references: inside the schema only, also in a circle', () => {
  const tree = {
    $ref: '#/$defs/node',
    $defs: {
      node: { type: 'object', required: ['v'], properties: { v: { type: 'integer' }, next: { $ref: '#/$defs/node' } } },
      'a/b': { type: 'integer' },
    },
  };
  check(tree, [
    ['{"v":"1","next":{"v":"2"}}', '{"v":1,"next":{"v":2}}'],
    ['{"v":1,"next":{}}', '{"v":1,"next":{}}', { property: 'v' }],
  ]);
  check({ ...tree, $ref: '#/$defs/a~1b' }, [['"1"', '1']]);
  for (const $ref of ['https://example.com/schema.json', 'other.json#/x', '#/nowhere', '#/constructor', '#%', '#', 7]) {
    check({ $ref }, [['{"v":"1"}', '{"v":"1"}']]);
  }
  assert.deepEqual(typesIn({ $ref: '#/$defs/x', $defs: { x: { anyOf: [{ enum: ['a'] }, { type: 'null' }] } } }), ['null', 'string'].toReversed()); // prettier-ignore
  assert.deepEqual(typesIn({ $ref: '#' }), []);
});

test('members and items of other kinds, and limits', () => {
  check({ type: 'object', additionalProperties: false, properties: { a: {} } }, [
    ['{"a":1}', '{"a":1}'],
    ['{"a":1,"b":2}', '{"a":1,"b":2}', { property: 'b', surplus: true }],
  ]);
  check({ additionalProperties: { type: 'integer' } }, [['{"x":"1"}', '{"x":1}']]);
  check({ additionalProperties: false, patternProperties: { '^x': {} } }, [['{"y":1}', '{"y":1}']]);
  check({ prefixItems: [{ type: 'integer' }], items: { type: 'string' } }, [['["1","2"]', '[1,"2"]']]);
  check({ items: [{ type: 'integer' }], additionalItems: { type: 'string' } }, [['["1",2]', '[1,"2"]']]);
  check({ items: false }, [['[1]', '[1]', wrong('$[]', 'number', 'never')]]);
  check({ maximum: 5, maxLength: 2, maxItems: 1 }, [
    ['5', '5'],
    ['6', '6', wrong('$', 'number', 'maximum 5')],
    ['"ü😀"', '"ü😀"'],
    ['"abc"', '"abc"', wrong('$', 'string', 'maxLength 2')],
    ['[1,2]', '[1,2]', wrong('$', 'array', 'maxItems 1')],
  ]);
});

test('a schema that makes no sense fits everything', () => {
  for (const schema of [undefined, null, 7, 'x', [], true, { type: 7 }, { properties: [] }, { required: 'a' }, { anyOf: {} }, { enum: 'a' }, { $ref: {} }]) {
    check(schema, [['{"a":[1]}', '{"a":[1]}']]);
  }
}); // prettier-ignore

test('whatever the schema, the work is bounded by the value', () => {
  const twice = [{ $ref: '#' }, { $ref: '#' }];
  const hostile: unknown[] = [
    ...['anyOf', 'oneOf', 'allOf'].flatMap((key) => [{ [key]: twice }, { [key]: twice, type: 'null' }]),
    { items: { anyOf: Array.from({ length: 50 }, () => ({ $ref: '#' })) } },
    { items: { required: Array.from({ length: 10_000 }, (_, place) => `m${place}`) } },
    { items: { enum: Array.from({ length: 10_000 }, (_, place) => place) } },
    { type: 'array', items: { $ref: '#' } },
  ];
  const size = 4_000;
  const values = new Map(
    [1, 2, 4, 8, 16].map((times) => times * size).map((count) => [count, nodeOf(`[${'{"a":1},'.repeat(count)}"x"]`)]),
  );
  for (const schema of hostile) {
    const ratio = growth((count) => void fit(values.get(count) ?? { kind: 'null' }, schema), size);
    assert.ok(ratio < linear, `${JSON.stringify(schema).slice(0, 60)}: ${ratio}`);
  }
});
