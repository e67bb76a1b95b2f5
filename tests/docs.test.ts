/** The documents: no dead link, no script that does not exist. Their commands are run by commands/commands.test.ts. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import packageJson from '../package.json' with { type: 'json' };
import { blocksOf, documents, root, withoutBlocks, withoutCode } from './documents.ts';

/** Headings as anchors, the way GitHub makes them. */
function anchorsOf(text: string): Set<string> {
  const seen = new Map<string, number>();
  return new Set(
    [...withoutBlocks(text).matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading = '']) => {
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

  test(`${name}: blocks of code say what they are in`, () => {
    for (const { language, code } of blocksOf(text)) assert.notEqual(language, '', `${name}:\n${code}`);
  });
}
