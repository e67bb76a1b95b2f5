import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { configuration } from './configuration.ts';
import { fusesOf } from './fuses.ts';
import { makeHollowElectron } from './hollow-electron.ts';

/** As Electron 45 is delivered. */
const delivered = {
  runAsNode: true,
  enableCookieEncryption: false,
  enableNodeOptionsEnvironmentVariable: true,
  enableNodeCliInspectArguments: true,
  enableEmbeddedAsarIntegrityValidation: false,
  onlyLoadAppFromAsar: false,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: true,
};
const systems = [
  ['linux', 'electron'],
  ['mac', 'Electron.app'],
  ['win', 'electron.exe'],
] as const;

for (const [system, program] of systems)
  test(`${system}: its fuses are as delivered, and one that is flipped reads back`, async (context) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'traygate-hollow-'));
    context.after(() => rm(folder, { recursive: true, force: true }));
    const executable = path.join(await makeHollowElectron(folder, system), program);
    assert.deepEqual(await fusesOf(executable), delivered);
    await flipFuses(executable, { version: FuseVersion.V1, [FuseV1Options.RunAsNode]: false });
    assert.deepEqual(await fusesOf(executable), { ...delivered, runAsNode: false });
  });

test('no fuse is left without a decision', () =>
  assert.deepEqual(Object.keys(configuration.electronFuses).toSorted(), Object.keys(delivered).toSorted()));
