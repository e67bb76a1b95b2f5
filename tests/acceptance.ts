/**
 * The acceptance tests of the window, and the specs that hold them: each has the id in its title. `node tests/acceptance.ts`
 * writes docs/acceptance.md, and `npm test` sees to it that nothing is missing there.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
const folder = 'tests/e2e';
export const document = path.join(root, 'docs/acceptance.md');

/** Id, what is done, what must hold, and on which shells. */
export const acceptance: readonly (readonly [id: string, done: string, holds: string, shells: string])[] = [
  ['A1', 'a fresh start, and a client with the copied values', 'the self-test is green within 8 s, and the first answer comes', 'both'],
  ['A2', 'URL and key are copied wherever they can be', 'the server accepts them, and no page holds eight characters of the key in a row', 'both'],
  ['A3', 'the port is taken at the start', 'the message names port and program; one press leads to an address that works', 'desktop; a server ends with [69](configuration.md#exit-codes)'],
  ['A4', 'the port changes while an answer runs', 'it ends where it began, the new address answers at once, the header names it', 'both'],
  ['A5', 'twelve dirty lines are pasted', 'exact counts, nine saved, undo leaves none', 'both'],
  ['A6', 'a file of 10,000 tokens is dropped', 'the report comes and the window goes on meanwhile', 'both; tasks are measured headless'],
  ['A7', 'a token is forced through every state', 'word, icon, countdown and counts are right, and nothing jumps', 'both'],
  ['A8', '50,000 rows, 200 new ones a second, scrolled and filtered', 'only what is in sight is drawn, the filter finds all; [how fast](performance.md) is measured by `npm run bench`', 'headless: the same page'],
  ['A9', 'a request fails over once', 'one row, two attempts, times that add up within 5 ms, a sentence that names both tokens', 'both'],
  ['A10', 'a request is copied as cURL and run', 'the same status and model; the key only where it was asked for', 'both; the key is copied in a browser only'],
  ['A11', 'secrets in headers and bodies', 'seen neither in the panel nor in exports and reports', 'both; exports are read headless, where no dialogue of the system asks'],
  ['A12', 'markup, links, control characters, marks of direction, five megabytes in one line', 'shown as text, nothing loaded, the page neither stops nor fills', 'both'],
  ['A13', 'all models are tested while a provider is down', 'it ends, failures stay where they are, the summary is right, it can be stopped', 'both'],
  ['A14', 'four models side by side', 'they answer at once, Esc stops all, the figures are those of Logs', 'both'],
  ['A15', 'axe on every page, in both themes and languages', 'nothing serious or critical', 'headless for every page; most pages in both'],
  ['A16', 'from the start to the end of a day by keyboard alone', 'the focus is seen at each step, and nothing traps it', 'both'],
  ['A17', 'zoom, narrow windows, wide text, forced colours, less motion', 'nothing is lost or covered', 'headless: the same page'],
  ['A18', 'texts longer than those of any language', 'none is cut', 'headless: the same page'],
  ['A19', 'the server is killed and started again under the open window', 'a banner, then everything as before and no row twice', 'headless: the desktop window has its server in the same program'],
  ['A20', 'the network goes away', 'the window works, says so, and recovers by itself', 'both'],
  ['A21', 'the tray', 'items, states, language, copying; redrawn once a second at most', 'desktop'],
  ['A22', 'a client’s file is changed and the change undone', 'the diff holds only the named keys; afterwards the file is the same, byte by byte', 'both'],
  ['A23', 'two windows change the same setting', 'the last one wins, the other one says so, nothing else is lost', 'headless: the desktop has one window'],
  ['A24', 'the size of the first page', '350 KB at most, compressed', 'the same files'],
]; // prettier-ignore

export interface Spec {
  readonly file: string;
  readonly title: string;
}

/** The specs that name an id at the beginning of their title. */
export function specsOf(id: string): Spec[] {
  const files = readdirSync(path.join(root, folder)).filter((file) => file.endsWith('.spec.ts'));
  return files.flatMap((file) => {
    const titles = readFileSync(path.join(root, folder, file), 'utf8').matchAll(
      /\btest(?:\.describe)?\(\s*(?:'((?:\\.|[^'\\])*)'|`((?:\\.|[^`\\])*)`)/g,
    );
    return [...titles].flatMap(([, plain, template]) => {
      const title = (plain ?? template ?? '').replaceAll(/\\(.)/g, '$1').replaceAll(/\$\{[^}]*\}/g, '…');
      const ids = /^((?:[A-Z]\d+(?:, )?)+): /.exec(title)?.[1]?.split(', ') ?? [];
      return ids.includes(id) ? [{ file, title: title.slice(title.indexOf(': ') + 2) }] : [];
    });
  });
}

/** How the document names a spec. */
export const linkTo = ({ file, title }: Spec): string =>
  `[${file.replace('.spec.ts', '')}](../${folder}/${file}) “${title}”`;

/** The document as the list and the specs make it. */
function written(): string {
  const rows = acceptance.map(
    ([id, done, holds, shells]) =>
      `| ${id} | ${done} | ${holds} | ${specsOf(id).map(linkTo).join('<br>')} | ${shells} |`,
  );
  return `# Acceptance

What a person who uses the window must be able to rely on, and the test that holds it: a Playwright spec with the id in its title,
run by \`npm test\` in the browser (headless) and in the desktop application. This table is made by \`node tests/acceptance.ts\`.

| Id | What is done | What must hold | Test | Shells |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

if (import.meta.main) writeFileSync(document, written());
