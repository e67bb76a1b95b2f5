/** What README.md and the index of the documents say of the product, held against it. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { artefacts } from '../build/package-check/configuration.ts';
import packageJson from '../package.json' with { type: 'json' };

const root = path.join(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');

/** The rows of the download table: a file for Intel and AMD, one for ARM. */
const downloads = [...read('README.md').matchAll(/^\|.*\| `(-\S+)` \| `(-\S+)` \|$/gm)];

test('the download table names the packages that electron-builder makes, no more and no fewer', async () => {
  const named = downloads.flatMap(([, intel = '', arm = '']) => [intel, arm]);
  const made = (await artefacts()).map(({ name }) => name.replace(`Traygate-${packageJson.version}`, ''));
  assert.deepEqual(named.toSorted(), made.toSorted());
});

test('each package stands in the column of its processor', () => {
  for (const [row, intel, arm] of downloads) {
    assert.match(intel ?? '', /x64|x86_64|amd64/, row);
    assert.match(arm ?? '', /arm64|aarch64/, row);
  }
});

test('the index of the documents leads to each of them', () => {
  const index = read('docs/README.md');
  const names = globSync('*.md', { cwd: path.join(root, 'docs') }).filter((name) => name !== 'README.md');
  assert.ok(names.length > 0);
  for (const name of names) assert.ok(index.includes(`](${name})`), name);
});

test('README stays short enough to be read; the depth is in docs', () => {
  assert.ok(read('README.md').split('\n').length <= 200);
});
