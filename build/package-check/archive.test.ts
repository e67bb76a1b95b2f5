import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { createPackage, uncache } from '@electron/asar';
import { archiveFiles, damagedFiles, headerHash } from './archive.ts';

const first = 'first\n';
const second = 'second, in a folder\n';

async function archiveOfTwo(context: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'traygate-archive-'));
  context.after(() => rm(folder, { recursive: true, force: true }));
  await mkdir(path.join(folder, 'content/below'), { recursive: true });
  await writeFile(path.join(folder, 'content/a.txt'), first);
  await writeFile(path.join(folder, 'content/below/b.txt'), second);
  const archive = path.join(folder, 'app.asar');
  await createPackage(path.join(folder, 'content'), archive);
  return archive;
}

test('files are listed by their whole names, with their sizes', async (context) => {
  const files = archiveFiles(await archiveOfTwo(context));
  assert.deepEqual(
    files.map(([name, { size }]) => [name, size]),
    [
      ['a.txt', first.length],
      ['below/b.txt', second.length],
    ],
  );
});

test('a whole archive has no damaged files; a byte that was changed in one is found', async (context) => {
  const archive = await archiveOfTwo(context);
  assert.deepEqual(damagedFiles(archive), []);
  const hash = headerHash(archive);
  const bytes = await readFile(archive);
  await writeFile(archive, Buffer.concat([bytes.subarray(0, -1), Buffer.from('!')]));
  uncache(archive);
  assert.deepEqual(damagedFiles(archive), ['below/b.txt']);
  assert.equal(headerHash(archive), hash);
});
