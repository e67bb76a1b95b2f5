/** Every fault of the list is proved by a test that bears its id, or says why not; docs/reliability.md tells the truth. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { groups } from './list/all.ts';
import { documentFile, plain, tableRows } from './list/document.ts';
import { testsById } from './list/tests.ts';

const rows = groups.flatMap((group) => group.rows);

test('each id stands once in the list', () => {
  const ids = rows.map(({ id }) => id);
  assert.deepEqual(
    ids.filter((id, at) => ids.indexOf(id) !== at),
    [],
  );
});

test('each fault has a test, or a reason why not', () => {
  const tests = testsById();
  const missing = rows.filter(({ id, untested }) => !tests.has(id) && untested === undefined);
  assert.deepEqual(missing.map(({ id }) => id), []); // prettier-ignore
});

test('docs/reliability.md says what the list says, and names tests that are there (node tests/faults/list.ts)', () => {
  const written = new Map(tableRows(readFileSync(documentFile, 'utf8')).map((cells) => [cells[0], cells]));
  const tests = testsById();
  for (const row of rows) {
    const [, priority, fault, seen, proof = ''] = written.get(row.id) ?? [];
    assert.deepEqual([priority, fault, seen], [row.priority, row.fault, row.seen].map(plain), row.id);
    const known = tests.get(row.id) ?? [];
    const linked = [...proof.matchAll(/\(\.\.\/([^)]+)\)/g)].map(([, file]) => file ?? '');
    assert.deepEqual(linked.filter((file) => !known.includes(file)), [], `${row.id} is not proved where it says`); // prettier-ignore
  }
  assert.equal(written.size, rows.length);
});
