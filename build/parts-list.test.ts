import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import electron from 'electron/package.json' with { type: 'json' };
import packageJson from '../package.json' with { type: 'json' };
import { licencesOf } from './licences.ts';
import { partsList } from './parts-list.ts';

test('the list of parts names the product, all it depends on with versions, Electron, and no tool', () => {
  const { metadata, components, dependencies } = partsList();
  assert.equal(metadata.component.name, 'traygate');
  const versions = new Map(components.map(({ name, version }) => [name, version]));
  const shipped = licencesOf(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
  for (const name of [...Object.keys(packageJson.dependencies), ...shipped.map((one) => one.name)])
    assert.ok(versions.has(name), name);
  assert.equal(versions.get('electron'), electron.version);
  for (const tool of ['vite', 'electron-builder', '@playwright/test']) assert.ok(!versions.has(tool), tool);
  const refs = new Set(components.map((part) => part['bom-ref']));
  for (const { dependsOn } of dependencies) for (const ref of dependsOn) assert.ok(refs.has(ref), ref);
});
