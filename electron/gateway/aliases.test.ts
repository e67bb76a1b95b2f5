import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import fixture from '../../tests/fixtures/anthropic/anthropic-model-alias.json' with { type: 'json' };
import { growth, linear } from '../../tests/growth.ts';
import { aliasOf, defaultAliases, fits, withoutContextMark } from './aliases.ts';

const answerer = (name: string): string | undefined => aliasOf(withoutContextMark(name), defaultAliases)?.targets[0];

for (const { model, resolved } of fixture.cases) {
  // The Python server let some Claude names fall through and answered an empty name; the family word decides here.
  if (!/^(claude|default|sonnet|opus|haiku)/i.test(model)) continue;
  const expected = /haiku/i.test(model) ? 'GLM-4.5-Air' : resolved.startsWith('GLM') ? resolved : 'GLM-5';
  test(`${model} is answered by ${expected}`, () => assert.equal(answerer(model), expected));
}

const names: [string, string | undefined][] = [
  ['claude-opus-5-5', 'GLM-5'],
  ['Claude-Haiku-9', 'GLM-4.5-Air'],
  ['gpt-4o', 'GLM-5'],
  ['gpt-5.1-codex', 'GLM-5'],
  ['GPT-4.1-Mini', 'GLM-4.5-Air'],
  ['gpt-5-nano', 'GLM-4.5-Air'],
  ['gpt-5.1-codex-mini', 'GLM-4.5-Air'],
  ['gpt-3.5-turbo', 'GLM-4.5-Air'],
  ['chatgpt-4o-latest', 'GLM-5'],
  ['codex-mini-latest', 'GLM-4.5-Air'],
  ['o1', 'GLM-4.7-Thinking'],
  ['o3-pro', 'GLM-4.7-Thinking'],
  ['o4-mini', 'GLM-4.5-Air'],
  ['gpt-oss-120b', undefined],
  ['o1js', undefined],
  ['claude', undefined],
  ['llama-3', undefined],
  [`gpt-${'x'.repeat(300)}`, undefined],
];
for (const [name, target] of names)
  test(`${name.slice(0, 30)} → ${target ?? 'nothing'}`, () => assert.equal(answerer(name), target));

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
