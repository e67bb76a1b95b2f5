import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';

test('F097: the packaged program is no Node, cannot be debugged, and runs nothing but its own archive', () => {
  const file = path.join(import.meta.dirname, '../electron-builder.yml');
  const { electronFuses } = z
    .object({ electronFuses: z.record(z.string(), z.boolean()) })
    .parse(parse(readFileSync(file, 'utf8')));
  for (const off of ['runAsNode', 'enableNodeOptionsEnvironmentVariable', 'enableNodeCliInspectArguments'])
    assert.equal(electronFuses[off], false, off);
  for (const on of ['enableCookieEncryption', 'enableEmbeddedAsarIntegrityValidation', 'onlyLoadAppFromAsar'])
    assert.equal(electronFuses[on], true, on);
});
