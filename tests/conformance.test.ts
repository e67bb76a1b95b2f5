/** docs/conformance.md names a file and a test for each behaviour; this keeps it true. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const document = read('docs/conformance.md');
const rows = document.split('\n').filter((line) => /^\| (?!-)/.test(line) && !/^\|(?: ?-+ ?\|)+$/.test(line));

/** Short name → file, from the first table. */
const files = new Map(
  rows.flatMap((row): [string, string][] => {
    const [, short, file] = /^\| ([a-z-]+) \| `([^`]+)`/.exec(row) ?? [];
    return short && file ? [[short, file]] : [];
  }),
);
const references = [...document.matchAll(/([a-z-]+) “([^”]+)”/g)].flatMap(([, file = '', title = '']) => [
  { file, title },
]);

/** The titles of a file, as they are written. */
function titlesOf(file: string): string[] {
  const titles = read(file).matchAll(/\b(?:test|it|describe)\(\s*(?:'((?:\\.|[^'\\])*)'|`((?:\\.|[^`\\])*)`)/g);
  return [...titles].map(([, plain, template]) => (plain ?? template ?? '').replaceAll(/\\(.)/g, '$1'));
}

test('every file that is named exists, and is named', () => {
  assert.ok(files.size > 30);
  for (const [short, file] of files) {
    assert.ok(existsSync(path.join(root, file)), file);
    assert.ok(
      references.some((reference) => reference.file === short),
      `${short} is named nowhere`,
    );
  }
});

test('every test that is named exists', () => {
  assert.ok(references.length > 100);
  const titles = new Map([...files].map(([short, file]) => [short, titlesOf(file)]));
  for (const { file, title } of references) {
    if (file === 'file') continue;
    // A loop may put the dialect before the title.
    const found = titles.get(file)?.some((written) => written === title || written === `\${name}: ${title}`);
    assert.ok(found, `${file} “${title}”`);
  }
});

test('every behaviour has a test, and every difference a reason', () => {
  const [, behaviours = '', differences = ''] =
    /## Transport\n([^]*)## Where Traygate differs[^\n]*\n([^]*)$/.exec(document) ?? [];
  const bodyOf = (text: string): string[] =>
    text.split('\n').filter((line) => line.startsWith('| ') && !/^\| (?:Behaviour|Property|Expected)/.test(line));
  assert.ok(bodyOf(behaviours).length > 60);
  for (const row of bodyOf(behaviours)) assert.match(row, /^\| .+ \| [a-z-]+ “.+” \|$/);
  for (const row of bodyOf(differences)) assert.equal(row.split(' | ').length, 3, row);
});
