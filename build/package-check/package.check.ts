/**
 * `npm run package:check`: packs what `npm run build` has made with electron-builder and looks at the outcome, on any machine,
 * without Electron and without network.
 */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import { extractAll } from '@electron/asar';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import packageJson from '../../package.json' with { type: 'json' };
import { archiveFiles, damagedFiles, headerHash } from './archive.ts';
import { configuration } from './configuration.ts';
import { desktopEntry } from './desktop-entry.ts';
import { fusesOf } from './fuses.ts';
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
const needed = ['package.json', 'dist/electron/main.js', 'dist/electron/preload.cjs', 'dist/renderer/index.html'];

let temporary = '';
before(async () => void (temporary = await mkdtemp(path.join(tmpdir(), 'traygate-package-'))));
after(() => rm(temporary, { recursive: true, force: true }));

for (const system of ['linux', 'win'] as const) {
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
      for (const name of [...needed, 'dist/docs/index.html']) assert.ok(names.includes(name), name);
      assert.ok(names.some((name) => /^dist\/renderer\/assets\/index-.+\.js$/.test(name)));
    });

    test('every file of the archive has the hashes its header promises', () =>
      assert.deepEqual(damagedFiles(packed.archive), []));

    test('the fuses are as configured, all of them', async () => {
      assert.deepEqual(await fusesOf(packed.executable), configuration.electronFuses);
    });

    test('licences of ours and of others lie beside the archive', async () => {
      assert.match(await readFile(path.join(packed.resources, 'LICENSE'), 'utf8'), /MIT License/);
      const others = await readFile(path.join(packed.resources, 'THIRD-PARTY.txt'), 'utf8');
      for (const name of ['express', 'react', 'undici', 'zod', 'swagger-ui-dist', 'tailwindcss'])
        assert.match(others, new RegExp(`^${name} \\d`, 'm'));
      assert.ok(existsSync(path.join(packed.folder, 'LICENSE.electron.txt')));
    });

    test('nothing asks for updates when no place for them is given', async () => {
      const names = await readdir(packed.resources);
      assert.deepEqual(names.filter((name) => name !== 'elevate.exe').toSorted(), [
        'LICENSE',
        'THIRD-PARTY.txt',
        'app.asar',
      ]);
    });

    if (system === 'win')
      test('the program says what it is, and which archive it expects', async () => {
        const { entries } = NtExecutableResource.from(NtExecutable.from(await readFile(packed.executable)));
        const [version] = Resource.VersionInfo.fromEntries(entries);
        const { ProductName, FileVersion, LegalCopyright } =
          version?.getStringValues({ lang: 1033, codepage: 1200 }) ?? {};
        assert.deepEqual([ProductName, FileVersion], ['Traygate', packageJson.version]);
        assert.match(LegalCopyright ?? '', /Traygate contributors/);
        const integrity = entries.find(({ type, id }) => type === 'INTEGRITY' && id === 'ELECTRONASAR');
        assert.deepEqual(JSON.parse(Buffer.from(integrity?.bin ?? new ArrayBuffer()).toString()), [
          { file: String.raw`resources\app.asar`, alg: 'SHA256', value: headerHash(packed.archive) },
        ]);
        assert.ok(Resource.IconGroupEntry.fromEntries(entries)[0]?.icons.some(({ width }) => width === 48));
      });
    else {
      test('the desktop knows its name, its picture and its links', async () => {
        const { name, fields, icons } = await desktopEntry(packed);
        assert.equal(`${name}.desktop`, packageJson.desktopName);
        assert.equal(fields['StartupWMClass'], name);
        assert.equal(fields['Icon'], path.basename(packed.executable));
        assert.match(fields['Exec'] ?? '', /\/traygate %U$/);
        assert.equal(fields['MimeType'], 'x-scheme-handler/traygate;');
        assert.match(fields['Categories'] ?? '', /Development;/);
        for (const size of ['16x16.png', '48x48.png', '512x512.png']) assert.ok(icons.includes(size), size);
      });

      test('the application starts out of its archive: window, API, end', startsFromArchive);
    }

    async function startsFromArchive(context: TestContext): Promise<void> {
      const runner = findRunner();
      if ('why' in runner) return context.skip(runner.why);
      const application = path.join(temporary, 'application');
      extractAll(packed.archive, application);
      const dataDir = path.join(temporary, 'data');
      await mkdir(dataDir);
      const seen = await startAndLook(runner.binary, application, dataDir);
      assert.deepEqual(seen.faults, []);
      assert.match(seen.title, /Traygate$/);
      assert.equal(seen.health.status, 200);
      assert.equal(seen.exitCode, 0);
      assert.ok(seen.headings.length > 0);
    }
  });
}

test('with a place for updates the application is told of it', async () => {
  const to = path.join(temporary, 'published');
  const publish = { provider: 'github', owner: 'owner', repo: 'repository' } as const;
  const { resources } = await pack(to, 'linux', { publish });
  assert.match(await readFile(path.join(resources, 'app-update.yml'), 'utf8'), /^repo: repository$/m);
});

test('a byte that was changed in the archive is found', async () => {
  const to = path.join(temporary, 'changed.asar');
  const whole = await readFile(path.join(temporary, 'linux/linux-unpacked/resources/app.asar'));
  whole[whole.length - 1] = (whole.at(-1) ?? 0) ^ 1;
  await writeFile(to, whole);
  assert.equal(damagedFiles(to).length, 1);
});
