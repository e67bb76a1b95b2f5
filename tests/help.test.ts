import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';

const root = path.join(import.meta.dirname, '..');
const scripts = {
  'tests/run.ts': 'npm test',
  'tests/faults/run.ts': 'npm run test:faults',
  'tests/faults/kill.ts': 'npm run test:kill',
  'tests/soak/main.ts': 'npm run soak',
  'tests/clients/main.ts': 'npm run test:clients',
  ...(process.platform === 'linux' && { 'bench/main.ts': 'npm run bench' }),
};

for (const [script, command] of Object.entries(scripts))
  test(`${script} --help says how it is used, and starts nothing`, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, script), '--help'], {
      cwd: root,
      encoding: 'utf8',
      timeout: 60_000,
    });
    assert.equal(status, 0, stderr);
    assert.ok(stdout.startsWith(command), stdout);
    assert.ok(stdout.split('\n').length < 20, stdout);
  });
