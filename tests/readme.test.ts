/** What README.md and the index of the documents say of the product, held against it. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
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

/** All that is the same in every language: code, links, pictures but for the language in their names. */
const sameInAll = (text: string): string[] =>
  [...text.matchAll(/^```[\s\S]*?^```|`[^`\n]+`|\]\(([^)#]+)[^)]*\)|^## /gm)].map(([all, link]) =>
    (link ?? all).replace('-zh-CN.png', '-en.png').replace('README.zh-CN.md', 'README.md'),
  );

test('README says the same in Chinese: commands, names, links, pictures, sections', () => {
  assert.deepEqual(sameInAll(read('README.zh-CN.md')).toSorted(), sameInAll(read('README.md')).toSorted());
});

test('the links of the Chinese README lead somewhere', () => {
  const text = read('README.zh-CN.md');
  for (const [, link = ''] of text.matchAll(/\]\((?!https?:)([^)#]+)/g))
    assert.ok(existsSync(path.join(root, link)), link);
});
