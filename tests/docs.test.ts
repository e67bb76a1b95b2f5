/** The documents: no dead link, no script that does not exist, and what can be run offline is run. */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };
import { Product } from './api/product.ts';

const root = path.join(import.meta.dirname, '..');
const documents = ['README.md', 'CHANGELOG.md']
  .concat(globSync(['docs/*.md', '.github/*.md', 'tests/**/README.md', 'electron/**/README.md'], { cwd: root }))
  .map((name) => ({ name, text: readFileSync(path.join(root, name), 'utf8') }));
const fence = /^(`{3,})(\w*)\n([\s\S]*?)^\1$/gm;
const withoutCode = (text: string): string => text.replace(fence, '').replace(/`[^`\n]*`/g, '');

/** Headings as anchors, the way GitHub makes them. */
function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>();
  return new Set(
    [...text.replace(fence, '').matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading = '']) => {
      const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
      const slug = plain
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-');
      const times = seen.get(slug) ?? 0;
      seen.set(slug, times + 1);
      return times === 0 ? slug : `${slug}-${times}`;
    }),
  );
}

for (const { name, text } of documents) {
  test(`${name}: links lead somewhere`, () => {
    for (const [, link = ''] of withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^(https?|mailto):/.test(link)) continue;
      const [file = '', anchor] = decodeURI(link).split('#');
      const target = file === '' ? path.join(root, name) : path.join(root, path.dirname(name), file);
      assert.ok(existsSync(target), `${link} in ${name}`);
      if (anchor !== undefined && target.endsWith('.md'))
        assert.ok(anchorsOf(readFileSync(target, 'utf8')).has(anchor), `${link} in ${name}`);
    }
  });

  test(`${name}: scripts it names exist`, () => {
    for (const [, script = ''] of text.matchAll(/\bnpm run ([\w:-]+)/g))
      assert.ok(Object.hasOwn(packageJson.scripts, script), `npm run ${script} in ${name}`);
    for (const [, file = ''] of text.matchAll(
      /(?<![\w/.])((?:deploy|bench|tests|build)\/[\w./-]+\.(?:ts|sh|yaml|conf|service|md))\b/g,
    ))
      assert.ok(existsSync(path.join(root, file)) || existsSync(path.join(root, 'tests', file)), `${file} in ${name}`);
  });
}

/** Programs that cannot be run here, and why; what `docs/clients.md` shows is run by `npm run test:clients`. */
const elsewhere: Readonly<Record<string, string>> = {
  npm: 'the scripts are checked to exist; npm ci and npm test are how this test came to run, npm start is tests/api/start.test.ts',
  docker: 'tests/deploy.test.ts reads the file, tests/e2e/container.spec.ts runs what the image runs',
  kubectl: 'tests/deploy.test.ts reads the file',
  claude: 'npm run test:clients runs Claude Code',
  codex: 'npm run test:clients runs Codex',
  export: 'sets a variable for the next line',
};

interface Command {
  readonly document: string;
  readonly line: string;
}

const commands: Command[] = documents.flatMap(({ name, text }) =>
  [...text.matchAll(fence)]
    .filter(([, , language]) => language === 'sh')
    .flatMap(([, , , code = '']) =>
      // A command goes on after a backslash, and while a quote is open.
      (code.replaceAll('\\\n', ' ').match(/(?:[^\n']|'[^']*')+/g) ?? []).map((line) => ({
        document: name,
        line: line.trim(),
      })),
    )
    .filter(({ line }) => line !== '' && !line.startsWith('#')),
);
const programOf = ({ line }: Command): string => line.replace(/^(?:[A-Z_]+=\S* )+/, '').split(/\s/)[0] ?? '';

test('every command of the documents is run here, or it is known where', () => {
  assert.ok(commands.length > 5);
  const unknown = commands.filter(
    (command) => programOf(command) !== 'curl' && elsewhere[programOf(command)] === undefined,
  );
  assert.deepEqual(unknown, []);
});

const hasCurl = ((): boolean => {
  try {
    execFileSync('curl', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test('the curl commands of the documents are answered', { skip: hasCurl ? false : 'there is no curl' }, async () => {
  const product = await Product.start();
  try {
    const wanted = commands.filter((command) => programOf(command) === 'curl');
    assert.ok(wanted.length >= 3);
    for (const { document, line } of wanted) {
      const command = line
        .replaceAll('http://127.0.0.1:8080', product.url)
        .replace(/^curl/, 'curl -sS --fail-with-body');
      const { stdout } = await promisify(execFile)('sh', ['-c', command], {
        env: { PATH: process.env['PATH'] ?? '', KEY: product.key },
        timeout: 20_000,
      });
      assert.match(stdout, /"(?:object|type)":\s*"/, `${document}: ${line.slice(0, 80)}`);
    }
  } finally {
    await product.stop();
  }
});
