import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Marked } from 'marked';
import type { Plugin } from 'vite';

const docs = path.join(import.meta.dirname, '../docs');

/** Those that a page of the window leads to; links to others lead to the repository. */
export const helpTopics = ['home', 'connect', 'providers', 'tokens', 'logs', 'testing-models', 'settings', 'security'];

const repository = 'https://github.com/traygate/traygate/blob/main/docs';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** What a heading can be linked to by, as on the pages of the repository. */
const anchorOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** A link between documents becomes one between pages, where both are here. */
export function linkFor(href: string): string {
  const [, name, anchor = ''] = /^([\w-]+)\.md(#.*)?$/u.exec(href) ?? [];
  if (name !== undefined)
    return helpTopics.includes(name) ? `${name}.html${anchor}` : `${repository}/${name}.md${anchor}`;
  return /^(https:|#)/u.test(href) ? href : `${repository}/${href}`;
}

/** One document as a page that needs no script and nothing from elsewhere. */
export function helpPage(text: string): string {
  const marked = new Marked({
    gfm: true,
    renderer: {
      heading({ tokens, depth, text: plain }) {
        return `<h${depth} id="${escaped(anchorOf(plain))}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        return `<a href="${escaped(linkFor(href))}">${this.parser.parseInline(tokens)}</a>`;
      },
      // The documents have none; what looks like it is meant as text.
      html: ({ text: raw }) => escaped(raw),
      // Pictures stay in the repository.
      image: ({ text: words }) => escaped(words),
    },
  });
  const title = /^# (.+)$/mu.exec(text)?.[1] ?? 'Traygate';
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escaped(title)} – Traygate</title>
    <link rel="stylesheet" href="help.css" />
  </head>
  <body>
    <main>
${marked.parse(text, { async: false })}    </main>
  </body>
</html>
`;
}

/** The documents behind “?” at `<root>/docs/<topic>.html`, readable without network. */
export function helpPages(outDir: string): Plugin {
  return {
    name: 'traygate:help-pages',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    async writeBundle() {
      await mkdir(outDir, { recursive: true });
      const style = await readFile(path.join(import.meta.dirname, 'docs-page/help.css'));
      await writeFile(path.join(outDir, 'help.css'), style);
      for (const topic of helpTopics) {
        const text = await readFile(path.join(docs, `${topic}.md`), 'utf8');
        await writeFile(path.join(outDir, `${topic}.html`), helpPage(text));
      }
    },
  };
}
