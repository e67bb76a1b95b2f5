import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { problemsOf } from './electron-support.ts';

test('F170: an Electron outside of the three versions that are mended, not pinned, or with grave known faults is a problem', () => {
  for (const [used, latest, known, problems] of [
    ['45.1.0', '45.3.2', null, 0],
    ['43.0.0', '45.3.2', null, 0],
    ['42.9.9', '45.3.2', null, 1],
    ['46.0.0', '45.3.2', null, 0],
    ['^45.1.0', '45.3.2', null, 1],
    ['latest', '45.3.2', null, 1],
    ['45.1.0', '45.3.2', 'moderate', 0],
    ['45.1.0', '45.3.2', 'high', 1],
    ['42.0.0', '45.3.2', 'critical', 2],
  ] as const)
    assert.equal(problemsOf({ used, latest, known }).length, problems, `${used} ${latest} ${known}`);
});

test('F170: a release is not made with one, nor with a package that has grave known faults', () => {
  const release = readFileSync(path.join(import.meta.dirname, '../.github/workflows/release.yml'), 'utf8');
  const check = release.slice(release.indexOf('  check:'), release.indexOf('  build:'));
  assert.match(check, /- run: npm audit --omit=dev --audit-level=high\n/);
  assert.match(check, /- run: node build\/electron-support\.ts\n/);
  assert.match(release.slice(release.indexOf('  build:')), /^ {4}needs: check$/m);
});
