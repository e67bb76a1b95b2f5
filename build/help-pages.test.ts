import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { helpPage, helpTopics, linkFor } from './help-pages.ts';

const links: readonly [string, string][] = [
  ['tokens.md', 'tokens.html'],
  ['logs.md#what-is-kept', 'logs.html#what-is-kept'],
  ['pool.md', 'https://github.com/traygate/traygate/blob/main/docs/pool.md'],
  ['https://z.ai', 'https://z.ai'],
  ['#here', '#here'],
  ['javascript:alert(1)', 'https://github.com/traygate/traygate/blob/main/docs/javascript:alert(1)'],
];
for (const [href, leads] of links)
  test(`a link to ${href} leads to ${leads}`, () => assert.equal(linkFor(href), leads));

test('headings can be linked to, and no markup comes through', () => {
  const page = helpPage('# Logs & more\n\n## What is kept?\n\n<script>alert(1)</script>\n\nA <b>word</b>.');
  assert.match(page, /<title>Logs &amp; more – Traygate<\/title>/u);
  assert.match(page, /<h2 id="what-is-kept">What is kept\?<\/h2>/u);
  assert.doesNotMatch(page, /<script|<b>/u);
});

for (const topic of helpTopics)
  test(`docs/${topic}.md makes a page whose links into itself lead somewhere`, () => {
    const page = helpPage(readFileSync(path.join(import.meta.dirname, `../docs/${topic}.md`), 'utf8'));
    assert.match(page, /<h1 id="/u);
    for (const [, anchor = ''] of page.matchAll(/href="#([^"]+)"/gu))
      assert.match(page, new RegExp(`id="${anchor}"`, 'u'));
  });
