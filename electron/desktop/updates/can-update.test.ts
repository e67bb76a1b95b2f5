import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { canUpdate } from './can-update.ts';

for (const [name, hasAddress, environment, isPackaged, can] of [
  ['a release', true, {}, true, true],
  ['a package without a place for its updates', false, {}, true, false],
  ['a portable program', true, { PORTABLE_EXECUTABLE_FILE: 'D:\\Traygate.exe' }, true, false],
  ['a checkout', true, {}, false, false],
] as const) {
  test(`${name} ${can ? 'asks' : 'does not ask'} for updates`, () => {
    const resources = mkdtempSync(path.join(tmpdir(), 'traygate-resources-'));
    try {
      if (hasAddress) writeFileSync(path.join(resources, 'app-update.yml'), 'provider: github\n');
      assert.equal(canUpdate(resources, environment, isPackaged), can);
    } finally {
      rmSync(resources, { recursive: true });
    }
  });
}
