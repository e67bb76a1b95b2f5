import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { thirdPartyDocument } from './document.ts';
import { packageFolder, thirdParty } from './packages.ts';

const modules: readonly [string, string | null][] = [
  ['/x/node_modules/zod/v4/core.js', '/x/node_modules/zod'],
  ['/x/node_modules/@scope/part/a/b.js', '/x/node_modules/@scope/part'],
  ['/x/node_modules/a/node_modules/b/index.js', '/x/node_modules/a/node_modules/b'],
  ['\0/x/node_modules/a/index.js?commonjs-module', '/x/node_modules/a'],
  [String.raw`C:\x\node_modules\a\index.js`, 'C:/x/node_modules/a'],
  ['/x/renderer/main.tsx', null],
  ['\0rolldown/runtime.js', null],
];
for (const [module, folder] of modules)
  test(`the package of ${JSON.stringify(module)}`, () => assert.equal(packageFolder(module), folder));

const folder = (name: string): string => path.join(import.meta.dirname, '../../node_modules', name);

test('a package says who it is, and brings its licence as it stands', () => {
  const { name, licence, texts } = thirdParty(folder('zod'));
  assert.deepEqual([name, licence, texts.length], ['zod', 'MIT', 1]);
  assert.match(texts[0] ?? '', /Permission is hereby granted/);
});

test('a notice goes along, and so does a file that is named', () => {
  const more = 'swagger-ui-bundle.js.LICENSE.txt';
  assert.equal(thirdParty(folder('swagger-ui-dist'), [more]).texts.length, 3);
});

test('each package stands in the document once, by name, with its texts', () => {
  const part = (name: string, version = '1.0.0') => ({
    name,
    version,
    licence: 'MIT',
    author: undefined,
    homepage: undefined,
    texts: [`text of ${name}`],
  });
  const text = thirdPartyDocument([part('b'), part('a'), part('b'), part('b', '2.0.0')]);
  assert.match(text, /^Traygate contains the 3 packages/);
  assert.deepEqual(text.match(/^[ab] \d.*$/gm), ['a 1.0.0', 'b 1.0.0', 'b 2.0.0']);
  assert.equal(text.match(/^text of b$/gm)?.length, 2);
});
