import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { mayUse } from './permissions.ts';

const ours = 'app://bundle/index.html';
const isOurs = (url: string): boolean => url.startsWith('app://bundle/');

/** All that Electron's type declarations name for its three handlers, so that a new kind of permission cannot be forgotten. */
function kinds(): string[] {
  const file = path.join(import.meta.dirname, '../../node_modules/electron/electron.d.ts');
  const declared = readFileSync(file, 'utf8');
  const lists = [...declared.matchAll(/permission: ((?:'[\w-]+'(?: \| )?)+)/g)].map(([, list = '']) => list);
  return [...new Set(lists.join(' ').match(/[a-z][\w-]+/gi))];
}

test('F167: of every kind of permission our page may write to the clipboard, and nobody else anything', () => {
  const all = kinds();
  for (const known of ['media', 'geolocation', 'notifications', 'usb', 'hid', 'serial', 'midi', 'fullscreen', 'openExternal'])
    assert.ok(all.includes(known), known);
  assert.ok(all.length > 15, String(all));
  for (const permission of [...all, '__proto__', 'constructor', 'toString', '']) {
    assert.equal(mayUse(permission, ours, isOurs), permission === 'clipboard-sanitized-write', permission);
    for (const origin of ['https://evil.example/', 'http://127.0.0.1:8080/', 'file:///', 'app://other/', 'null', ''])
      assert.equal(mayUse(permission, origin, isOurs), false, `${permission} ${origin}`);
  }
}); // prettier-ignore

test('F167: each page is asked that way, devices are denied, and no page embeds another', () => {
  const source = readFileSync(path.join(import.meta.dirname, 'security.ts'), 'utf8');
  assert.match(source, /setPermissionCheckHandler\(\(_contents, permission, origin\) => mayUse\(permission, origin, isOurs\)\)/); // prettier-ignore
  assert.match(
    source,
    /setPermissionRequestHandler\([\s\S]{0,80}answer\(mayUse\(permission, requestingUrl, isOurs\)\)/,
  );
  assert.match(source, /setDevicePermissionHandler\(\(\) => false\)/);
  assert.match(source, /'will-attach-webview', \(event\) => \{\s*event\.preventDefault\(\)/);
});
