import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sampleJson } from './sample.ts';
import type { Schema } from './schema.ts';

/** A second, independent reading of the keywords, so that maker and judge do not share a mistake. */
function valid(schema: unknown, value: unknown, root: Schema): boolean {
  if (typeof schema === 'boolean') return schema;
  const rules = schema as Record<string, never>;
  const { $ref: reference, enum: list, allOf, anyOf, oneOf, type } = rules as Record<string, unknown>;
  const ok = (part: unknown): boolean => valid(part, value, root);
  if (typeof reference === 'string' && !ok(follow(reference, root))) return false;
  if ('const' in rules && JSON.stringify(rules['const']) !== JSON.stringify(value)) return false;
  if (Array.isArray(list) && !list.some((entry) => JSON.stringify(entry) === JSON.stringify(value))) return false;
  if (Array.isArray(allOf) && !allOf.every(ok)) return false;
  if (Array.isArray(anyOf) && !anyOf.some(ok)) return false;
  if (Array.isArray(oneOf) && oneOf.filter(ok).length !== 1) return false;
  if (type !== undefined && ![type].flat().some((name) => isType(name, value))) return false;
  if (typeof value === 'string') return within(value.length, rules['minLength'], rules['maxLength']);
  if (typeof value === 'number') return validNumber(rules, value);
  if (Array.isArray(value)) return validArray(rules, value, root);
  return typeof value !== 'object' || value === null || validObject(rules, value as Record<string, unknown>, root);
}

function follow(reference: string, root: Schema): unknown {
  return reference
    .split('/')
    .slice(1)
    .reduce<unknown>((target, key) => (target as Record<string, unknown>)[key], root);
}

function isType(name: unknown, value: unknown): boolean {
  if (name === 'null') return value === null;
  if (name === 'array') return Array.isArray(value);
  if (name === 'integer') return Number.isInteger(value);
  if (name === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === name;
}

function within(size: number, least: unknown = 0, most: unknown = Infinity): boolean {
  return size >= Number(least) && size <= Number(most);
}

function validNumber(rules: Record<string, unknown>, value: number): boolean {
  const { exclusiveMinimum: above = -Infinity, exclusiveMaximum: below = Infinity, multipleOf: step } = rules;
  const fits =
    within(value, rules['minimum'] ?? -Infinity, rules['maximum']) && value > Number(above) && value < Number(below);
  return fits && (step === undefined || Number.isInteger(value / Number(step)));
}

function validArray(rules: Record<string, unknown>, value: unknown[], root: Schema): boolean {
  const { prefixItems: prefix = [], items = true } = rules;
  const schemas = prefix as unknown[];
  return (
    within(value.length, rules['minItems'], rules['maxItems']) &&
    value.every((item, place) => valid(schemas[place] ?? items, item, root))
  );
}

function validObject(rules: Record<string, unknown>, value: Record<string, unknown>, root: Schema): boolean {
  const { properties = {}, required = [], additionalProperties: extra = true } = rules;
  const known = properties as Record<string, unknown>;
  const complete = (required as string[]).every((name) => Object.hasOwn(value, name));
  const members = Object.entries(value).every(([name, member]) =>
    valid(Object.hasOwn(known, name) ? known[name] : extra, member, root),
  );
  return complete && members && within(Object.keys(value).length, rules['minProperties'], rules['maxProperties']);
}

function assertSample(schema: Schema): void {
  const sample = sampleJson(schema);
  assert.notEqual(sample, undefined, JSON.stringify(schema));
  assert.ok(valid(schema, sample, schema), `${JSON.stringify(sample)} for ${JSON.stringify(schema)}`);
}

const { schema } = fc.letrec<{ schema: Schema; scalar: Schema; array: Schema; object: Schema; choice: Schema }>(
  (tie) => ({
    scalar: fc.oneof(
      fc.constantFrom<Schema>(
        {},
        { type: 'null' },
        { type: 'boolean' },
        { type: ['string', 'null'] },
        { $ref: '#/$defs/name' },
      ),
      fc.record({ type: fc.constant('string'), minLength: fc.nat(9), maxLength: fc.integer({ min: 9, max: 20 }) }),
      fc.record({
        type: fc.constantFrom('integer', 'number'),
        minimum: fc.integer({ min: -50, max: 0 }),
        maximum: fc.nat(50),
      }),
      fc.record({
        type: fc.constantFrom('integer', 'number'),
        exclusiveMinimum: fc.integer(),
        multipleOf: fc.integer({ min: 1, max: 9 }),
      }),
      fc.record({ enum: fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1 }) }),
      fc.record({ const: fc.jsonValue() }),
    ),
    array: fc.record({ type: fc.constant('array'), items: tie('schema'), minItems: fc.nat(3) }),
    object: fc
      .record({
        properties: fc.dictionary(fc.string({ minLength: 1 }), tie('schema'), { maxKeys: 4 }),
        wanted: fc.nat(4),
        extra: fc.boolean(),
      })
      .map(({ properties, wanted, extra }) => ({
        type: 'object',
        properties,
        required: Object.keys(properties).slice(0, wanted),
        additionalProperties: extra,
      })),
    choice: fc.oneof(
      fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
      fc
        .tuple(tie('object'), fc.nat(3))
        .map(([object, minProperties]) => ({ allOf: [{ ...object, additionalProperties: true }, { minProperties }] })),
      fc.record({
        oneOf: fc.constantFrom([{ type: 'string' }, { type: 'integer' }], [{ type: 'null' }, { type: 'object' }]),
      }),
    ),
    schema: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('scalar'),
      tie('array'),
      tie('object'),
      tie('choice'),
    ),
  }),
);

test('the sample satisfies any schema', () => {
  fc.assert(
    fc.property(schema, (drawn) => {
      assertSample({ ...drawn, $defs: { name: { type: 'string', minLength: 2 } } });
    }),
    { numRuns: 1_000 },
  );
});

test('schemas as SDKs write them', () => {
  const node = {
    type: 'object',
    properties: { value: { type: 'number' }, next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] } },
  };
  const schemas: Schema[] = [
    { $ref: '#/$defs/node', $defs: { node: { ...node, required: ['value', 'next'], additionalProperties: false } } },
    { type: 'object', properties: { children: { type: 'array', items: { $ref: '#' } } }, required: ['children'] },
    { type: 'object', properties: { left: { $ref: '#' }, right: { $ref: '#' } } },
    {
      allOf: [{ $ref: '#/definitions/a' }, { properties: { b: { minimum: 5 } } }],
      definitions: { a: { properties: { b: { type: 'integer' } } } },
    },
    {
      anyOf: [{ type: 'object', properties: { kind: { const: 'x' } }, required: ['kind'] }, { type: 'string' }],
      type: 'object',
    },
    { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false, minItems: 2 },
    { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.5 },
    { type: 'object', required: ['free'], additionalProperties: { type: 'integer', minimum: 7 }, minProperties: 3 },
    {
      type: 'object',
      properties: { __proto__x: { type: 'string' }, constructor: { type: 'integer' } },
      required: ['constructor'],
    },
  ];
  for (const entry of schemas) assertSample(entry);
});

test('formats', () => {
  const value = sampleJson({
    type: 'object',
    properties: { at: { type: 'string', format: 'date-time' }, id: { type: 'string', format: 'uuid' } },
  });
  assert.deepEqual(value, { at: '2025-01-31T12:00:00Z', id: '123e4567-e89b-42d3-a456-426614174000' });
});

test('where there is no value, none is given, without trying for ever', () => {
  const schemas: Schema[] = [
    { $ref: '#' },
    { $ref: '#/$defs/missing' },
    { type: 'object', properties: { self: { $ref: '#' } }, required: ['self'] },
    { type: 'object', properties: { a: { $ref: '#' }, b: { $ref: '#' } }, required: ['a', 'b'] },
    { anyOf: [{ $ref: '#' }, { $ref: '#' }, { $ref: '#' }] },
    { type: 'string', minLength: 5, maxLength: 2 },
    { type: 'array', minItems: 1_000_000_000 },
    { type: 'object', minProperties: 1_000_000_000 },
    { type: 'integer', minimum: 0.1, maximum: 0.9 },
    { allOf: [{ enum: ['a'] }, { enum: ['b'] }] },
  ];
  for (const entry of schemas) {
    assert.equal(sampleJson(entry), undefined, JSON.stringify(entry));
  }
});
