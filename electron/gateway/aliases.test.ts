import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import fixture from '../../tests/fixtures/anthropic/anthropic-model-alias.json' with { type: 'json' };
import { growth, linear } from '../../tests/growth.ts';
import { aliasTargets, defaultAliases, fits, withoutContextMark } from './aliases.ts';

for (const { model, resolved } of fixture.cases) {
  // The Python server let some Claude names fall through and answered an empty name; the family word decides here.
  if (!/^(claude|default|sonnet|opus|haiku)/i.test(model)) continue;
  const expected = /haiku/i.test(model) ? 'GLM-4.5-Air' : resolved.startsWith('GLM') ? resolved : 'GLM-5';
  test(`${model} is answered by ${expected}`, () =>
    assert.equal(aliasTargets(withoutContextMark(model), defaultAliases)[0], expected));
}

const names: [string, string | undefined][] = [
  ['claude-opus-5-5', 'GLM-5'],
  ['Claude-Haiku-9', 'GLM-4.5-Air'],
  ['gpt-4o', undefined],
  ['claude', undefined],
  ['llama-3', undefined],
];
for (const [name, target] of names)
  test(`${name} → ${target ?? 'nothing'}`, () => assert.equal(aliasTargets(name, defaultAliases)[0], target));

test('stars stand for any text, also none, and cover no character twice', () => {
  const cases: [string, string, boolean][] = [
    ['a*c', 'ac', true],
    ['a*c', 'abbc', true],
    ['a*c', 'abcd', false],
    ['a*a', 'a', false],
    ['*', '', true],
    ['*b*', 'abc', true],
    ['a*b*c', 'acb', false],
    ['A', 'a', true],
  ];
  for (const [pattern, name, expected] of cases) assert.equal(fits(pattern, name), expected, `${pattern} ${name}`);
});

test('a pattern fits what it was made from', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z0-9.-]{0,5}$/), { minLength: 1, maxLength: 4 }),
      fc.string(),
      (parts, filler) => {
        const text = filler.replaceAll('*', '');
        assert.ok(fits(parts.join('*'), parts.join(text)));
      },
    ),
  );
});

test('hostile patterns and names stay linear', () => {
  assert.ok(growth((size) => void fits('*a*a*a*b', 'a'.repeat(size)), 20_000) < linear);
});
