import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { licencesOf } from './licences.ts';

test('every package that is shipped has a licence that allows it', () => {
  const found = licencesOf(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
  assert.ok(found.length > 50);
  assert.deepEqual(
    found.filter(({ isAllowed }) => !isAllowed),
    [],
  );
});

test('a licence that is not allowed, or none at all, is found; a choice counts as its best part', () => {
  const packages = {
    '': { license: 'MIT' },
    'node_modules/a': { license: 'GPL-3.0' },
    'node_modules/a/node_modules/b': {},
    'node_modules/c': { license: '(MIT OR GPL-3.0)' },
    'node_modules/tool': { license: 'GPL-3.0', dev: true },
  };
  assert.deepEqual(
    licencesOf(JSON.stringify({ packages })).map(({ name, isAllowed }) => [name, isAllowed]),
    [
      ['a', false],
      ['b', false],
      ['c', true],
    ],
  );
});
