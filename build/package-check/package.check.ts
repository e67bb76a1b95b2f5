/**
 * `npm run package:check`: packs what `npm run build` has made with electron-builder and looks at the outcome, on any machine,
 * without Electron and without network.
 */
import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { extractAll } from '@electron/asar';
import { parsePlistFile, type PlistObject } from 'app-builder-lib/out/util/plist.js';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import packageJson from '../../package.json' with { type: 'json' };
import { archiveFiles, damagedFiles, headerHash } from './archive.ts';
import { configuration, repository } from './configuration.ts';
import { desktopEntry } from './desktop-entry.ts';
import { fusesOf } from './fuses.ts';
import type { System } from './hollow-electron.ts';
import { pack, type Packed } from './pack.ts';
import { findRunner, startAndLook } from './started.ts';

/** All that an installed application needs, and all it may hold. */
const expected: readonly RegExp[] = [
  /^package\.json$/,
  /^dist\/electron\/(main\.js|preload\.cjs)$/,
  /^dist\/renderer\/(index\.html|icon\.svg)$/,
  /^dist\/renderer\/assets\/[\w.-]+-[\w-]{8}\.(js|css|woff2|svg|png)$/,
  /^dist\/docs\/(init\.js|page\.css|help\.css|swagger-ui\.css|swagger-ui-bundle\.js|favicon-32x32\.png|LICENSE)$/,
  /^dist\/docs\/[a-z-]+\.html$/,
];
const needed = [
  'package.json',
  'dist/electron/main.js',
  'dist/electron/preload.cjs',
  'dist/renderer/index.html',
  'dist/docs/index.html',
];

let temporary = '';
before(async () => void (temporary = await mkdtemp(path.join(tmpdir(), 'traygate-package-'))));
after(() => rm(temporary, { recursive: true, force: true }));

const systems: readonly (readonly [System, (packed: () => Packed) => void])[] = [
  ['linux', linux],
  ['mac', mac],
  ['win', win],
];

for (const [system, ofItsOwn] of systems) {
  describe(system, () => {
    let packed: Packed;
    before(async () => void (packed = await pack(temporary, system)));

    test('packing asks nothing of the network', () => assert.equal(packed.connections, 0));

    test('the archive holds what is needed and nothing else', () => {
      const names = archiveFiles(packed.archive).map(([name]) => name);
      assert.deepEqual(
        names.filter((name) => !expected.some((pattern) => pattern.test(name))),
        [],
      );
      for (const name of needed) assert.ok(names.includes(name), name);
      assert.ok(names.some((name) => /^dist\/renderer\/assets\/index-.+\.js$/.test(name)));
    });

    test('every file of the archive has the hashes its header promises', () =>
      assert.deepEqual(damagedFiles(packed.archive), []));

    test('the fuses are as configured, all of them', async () => {
      assert.deepEqual(await fusesOf(packed.fuses), configuration.electronFuses);
    });

    test('beside the archive lie licences of ours and of others, and nothing that asks for updates', async () => {
      assert.match(await readFile(path.join(packed.resources, 'LICENSE'), 'utf8'), /MIT License/);
      const others = await readFile(path.join(packed.resources, 'THIRD-PARTY.txt'), 'utf8');
      for (const name of ['express', 'react', 'undici', 'zod', 'swagger-ui-dist', 'tailwindcss'])
        assert.match(others, new RegExp(`^${name} \\d`, 'm'));
      assert.deepEqual(
        (await readdir(packed.resources))
          .filter((name) => !name.endsWith('.icns') && name !== 'elevate.exe')
          .toSorted(),
        ['LICENSE', 'THIRD-PARTY.txt', 'app.asar'],
      );
    });

    ofItsOwn(() => packed);
  });
}

function linux(packed: () => Packed): void {
  test('the desktop knows its name, its picture and its links', async () => {
    const { name, fields, icons } = await desktopEntry(packed());
    assert.equal(`${name}.desktop`, packageJson.desktopName);
    assert.equal(fields['StartupWMClass'], name);
    assert.equal(fields['Icon'], 'traygate');
    assert.match(fields['Exec'] ?? '', /\/traygate %U$/);
    assert.equal(fields['MimeType'], 'x-scheme-handler/traygate;');
    assert.match(fields['Categories'] ?? '', /Development;/);
    for (const size of ['16x16.png', '48x48.png', '512x512.png']) assert.ok(icons.includes(size), size);
  });

  test("Electron's licences go along", () => {
    for (const name of ['LICENSE.electron.txt', 'LICENSES.chromium.html'])
      assert.ok(existsSync(path.join(packed().folder, name)), name);
  });

  test('the application starts out of its archive: window, API, end', async (context) => {
    const runner = findRunner();
    if ('why' in runner) return context.skip(runner.why);
    const application = path.join(temporary, 'resources/application');
    extractAll(packed().archive, application);
    await copyFile(path.join(packed().resources, 'THIRD-PARTY.txt'), path.join(temporary, 'resources/THIRD-PARTY.txt'));
    const dataDir = path.join(temporary, 'data');
    await mkdir(dataDir);
    const seen = await startAndLook(runner.binary, application, dataDir);
    assert.deepEqual(seen.faults, []);
    assert.match(seen.title, /Traygate$/);
    assert.equal(seen.health.status, 200);
    assert.equal(seen.exitCode, 0);
    assert.match(JSON.stringify(seen.licences), /Traygate contains the \d+ packages below/);
    assert.ok(seen.headings.length > 0);
  });
}

function mac(packed: () => Packed): void {
  test('the bundle says what it is, which links it opens, and which archive it expects', async () => {
    const plist = await parsePlistFile<PlistObject>(path.join(packed().folder, 'Info.plist'));
    assert.deepEqual(
      ['CFBundleName', 'CFBundleIdentifier', 'CFBundleShortVersionString', 'LSMinimumSystemVersion'].map(
        (key) => plist[key],
      ),
      ['Traygate', 'dev.traygate.app', packageJson.version, '13.0'],
    );
    assert.deepEqual(plist['CFBundleURLTypes'], [
      { CFBundleURLName: 'Traygate', CFBundleTypeRole: 'Viewer', CFBundleURLSchemes: ['traygate'] },
    ]);
    assert.deepEqual(plist['ElectronAsarIntegrity'], {
      'Resources/app.asar': { algorithm: 'SHA256', hash: headerHash(packed().archive) },
    });
    assert.equal(plist['CFBundleIconFile'], 'icon.icns');
    assert.ok(existsSync(path.join(packed().resources, 'icon.icns')));
  });

  test('only what V8 needs is asked of the hardened runtime', async () => {
    assert.deepEqual(await parsePlistFile(path.join(repository, 'build/entitlements.mac.plist')), {
      'com.apple.security.cs.allow-jit': true,
    });
  });
}

function win(packed: () => Packed): void {
  test('the program says what it is, and which archive it expects', async () => {
    const { entries } = NtExecutableResource.from(NtExecutable.from(await readFile(packed().fuses)));
    const [version] = Resource.VersionInfo.fromEntries(entries);
    const { ProductName, FileVersion, LegalCopyright } = version?.getStringValues({ lang: 1033, codepage: 1200 }) ?? {};
    assert.deepEqual([ProductName, FileVersion], ['Traygate', packageJson.version]);
    assert.match(LegalCopyright ?? '', /Traygate contributors/);
    const integrity = entries.find(({ type, id }) => type === 'INTEGRITY' && id === 'ELECTRONASAR');
    assert.deepEqual(JSON.parse(Buffer.from(integrity?.bin ?? new ArrayBuffer()).toString()), [
      { file: String.raw`resources\app.asar`, alg: 'SHA256', value: headerHash(packed().archive) },
    ]);
    assert.ok(Resource.IconGroupEntry.fromEntries(entries)[0]?.icons.some(({ width }) => width === 48));
  });
}

test('with a place for updates the application is told of it', async () => {
  const to = path.join(temporary, 'published');
  const publish = { provider: 'github', owner: 'owner', repo: 'repository' } as const;
  const { resources } = await pack(to, 'linux', { publish });
  assert.match(await readFile(path.join(resources, 'app-update.yml'), 'utf8'), /^repo: repository$/m);
});
