import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { acceptance, document, linkTo, specsOf } from './acceptance.ts';

const rows = readFileSync(document, 'utf8')
  .split('\n')
  .filter((line) => /^\| A\d/.test(line))
  .map((line) => line.split(' | '));

test('every acceptance test of the window is a spec, and stands in the document', () => {
  const ids = Array.from({ length: 24 }, (_, at) => `A${at + 1}`);
  assert.deepEqual(
    acceptance.map(([id]) => id),
    ids,
  );
  assert.deepEqual(
    rows.map(([id = '']) => id.slice(2)),
    ids,
  );
  for (const id of ids) assert.notDeepEqual(specsOf(id), [], id);
});

for (const [first = '', done, holds, named = '', shells = ''] of rows) {
  const id = first.slice(2);
  test(`what the document says of ${id} is so (else: node tests/acceptance.ts)`, () => {
    const listed = acceptance.find(([known]) => known === id);
    assert.deepEqual([id, done, holds, shells.slice(0, -2)], listed);
    const known = new Set(specsOf(id).map(linkTo));
    for (const link of named.split('<br>')) assert.ok(known.has(link), link);
  });
}
