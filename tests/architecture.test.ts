import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';

/** The rules of the house (docs/architecture.md): who may import whom. */
const root = path.join(import.meta.dirname, '..');

interface Import {
  readonly from: string;
  /** A path from the root, or the name of a package. */
  readonly to: string;
}

const files = ['electron', 'renderer', 'shared'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.split(path.sep).includes('testing'))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/'))),
);

const imports: Import[] = files.flatMap((from) => {
  const source = readFileSync(path.join(root, from), 'utf8');
  return [...source.matchAll(/(?<![.\w])(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, specifier = '']) => ({
    from,
    to: specifier.startsWith('.') ? path.posix.join(path.posix.dirname(from), specifier) : specifier,
  }));
});

const breaking = (rule: (entry: Import) => boolean): string[] =>
  imports.filter(rule).map(({ from, to }) => `${from} → ${to}`);
const isElectron = (to: string): boolean => /^electron($|\/main$|\/common$|\/renderer$|-store$)/.test(to);
/** The wires that several services speak belong to none of the providers. */
const providerOf = (file: string): string | undefined =>
  /^electron\/gateway\/providers\/(?!wire\/)([^/]+)\/./.exec(file)?.[1];
/** What dialects have in common belongs to none of them. */
const dialectOf = (file: string): string | undefined =>
  /^electron\/gateway\/dialects\/(?!shared\/)([^/]+)\/./.exec(file)?.[1];

test('there is something to check', () => assert.ok(files.length > 50 && imports.length > 200));

test('only the desktop entry, the preload script and desktop/ import electron, and electron-store stands behind one adapter', () => {
  assert.deepEqual(
    breaking(({ from, to }) => isElectron(to) && !/^electron\/(main|preload)\.ts$|^electron\/desktop\//.test(from)),
    [],
  );
  assert.deepEqual(
    imports.filter(({ to }) => to === 'electron-store').map(({ from }) => from),
    ['electron/desktop/store.ts'],
  );
});

test('the gateway knows nothing of the shells', () => {
  assert.deepEqual(
    breaking(
      ({ from, to }) =>
        from.startsWith('electron/gateway/') && /^electron\/(desktop\/|main|preload|headless|start)/.test(to),
    ),
    [],
  );
});

test('chat/ imports nothing else of the gateway', () => {
  assert.deepEqual(
    breaking(
      ({ from, to }) =>
        from.startsWith('electron/gateway/chat/') &&
        to.startsWith('electron/') &&
        !to.startsWith('electron/gateway/chat/'),
    ),
    [],
  );
});

test('a provider imports no dialect and no other provider', () => {
  assert.deepEqual(
    breaking(
      ({ from, to }) =>
        providerOf(from) !== undefined &&
        (to.startsWith('electron/gateway/dialects/') ||
          (providerOf(to) !== undefined && providerOf(to) !== providerOf(from))),
    ),
    [],
  );
});

const providers = [...new Set(files.flatMap((file) => providerOf(file) ?? []))];

describe('a provider is a folder that can be read at one go', () => {
  const folder = 'electron/gateway/providers';
  const text = (file: string): string => readFileSync(path.join(root, file), 'utf8');
  const linesOf = (file: string): number => text(file).split('\n').length - 1;

  test('there are providers', () => assert.ok(providers.length >= 9 && providers.includes('zai')));

  for (const provider of providers) {
    test(provider, () => {
      const own = files.filter((file) => providerOf(file) === provider);
      const long = own.filter((file) => linesOf(file) >= 300);
      assert.deepEqual(long, [], 'a file of 300 lines or more');
      assert.ok(existsSync(path.join(root, folder, provider, 'README.md')), 'no README.md');
      const description = `${folder}/${provider}/provider.ts`;
      assert.ok(own.includes(description), 'no provider.ts');
      // It says what the provider is; what it sends and how it reads the answer stands in files of their own.
      assert.ok(linesOf(description) <= 120, `${linesOf(description)} lines`);
      assert.doesNotMatch(text(description), /network\.request\(|JSON\.(?:parse|stringify)\(|\bparseJson\(/);
    });
  }
});

test('a wire imports no provider and no dialect', () => {
  assert.deepEqual(
    breaking(
      ({ from, to }) =>
        from.startsWith('electron/gateway/providers/wire/') &&
        (to.startsWith('electron/gateway/dialects/') || providerOf(to) !== undefined),
    ),
    [],
  );
});

test('what dialects share imports no dialect', () => {
  assert.deepEqual(
    breaking(({ from, to }) => from.startsWith('electron/gateway/dialects/shared/') && dialectOf(to) !== undefined),
    [],
  );
});

test('a dialect imports no provider and no other dialect', () => {
  assert.deepEqual(
    breaking(
      ({ from, to }) =>
        dialectOf(from) !== undefined &&
        (to.startsWith('electron/gateway/providers/') ||
          (dialectOf(to) !== undefined && dialectOf(to) !== dialectOf(from))),
    ),
    [],
  );
});

test('the window imports only itself, the contract and packages that run in a browser', () => {
  assert.deepEqual(
    breaking(
      ({ from, to }) =>
        from.startsWith('renderer/') && (/^(electron|build|tests)\//.test(to) || to.startsWith('node:')),
    ),
    [],
  );
});

test('the contract is pure', () => {
  assert.deepEqual(
    breaking(({ from, to }) => from.startsWith('shared/') && !to.startsWith('shared/') && to !== 'zod'),
    [],
  );
});

test('nothing of the product imports the tests', () => {
  assert.deepEqual(
    breaking(({ to }) => to.startsWith('tests/')),
    [],
  );
});

test('where the linter is told to look away, the line says why', () => {
  const silent = ['electron', 'renderer', 'shared', 'build', 'tests', 'bench'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('architecture.test.ts'))
      .flatMap((name) =>
        readFileSync(path.join(root, folder, name), 'utf8')
          .split('\n')
          .filter((line) => line.includes('oxlint-disable') && !/ -- \S/.test(line))
          .map((line) => `${folder}/${name}: ${line.trim()}`),
      ),
  );
  assert.deepEqual(silent, []);
});
