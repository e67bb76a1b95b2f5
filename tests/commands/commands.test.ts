/** Every command of the documents is run, or has a reason why not, which is printed. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, test } from 'node:test';
import { blocksOf, documents, spansOf } from '../documents.ts';
import { rules } from './rules.ts';
import { Workshop } from './workshop.ts';

/** What inside a line of text is a command and no mere name of a program. */
const command =
  /^(?:[A-Z_]+=(?:"[^"]*"|\S+) )*(?:(?:npm|npx|node|curl|docker|kubectl|systemctl|traygate|claude|codex|ccr|opencode) (?!`)\S|deploy\/start\.sh)/;

/** One command a line; it goes on after a backslash and while a quote is open. */
const linesOf = (code: string): string[] =>
  (code.replaceAll('\\\n', ' ').match(/(?:[^\n']|'[^']*')+/g) ?? [])
    .flatMap((line) => (line.includes("'") ? [line] : line.replace(/ +#.*$/, '').split(' && ')))
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));

/** They tell what was done, and not what to do. */
const history = new Set(['CHANGELOG.md', 'docs/decisions.md']);

const places = Map.groupBy(
  documents.flatMap(({ name, text }) => {
    const blocks = blocksOf(text).filter(({ language }) => language === 'sh');
    const inText = history.has(name) ? [] : spansOf(text).filter((span) => command.test(span));
    return [...blocks.map(({ code }) => code), ...inText].flatMap(linesOf).map((line) => ({ name, line }));
  }),
  ({ line }) => line,
);
const found = [...places].map(([line, where]) => ({
  line,
  documents: [...new Set(where.map(({ name }) => name))].join(', '),
  rule: rules.find((rule) => rule.command.test(line)),
}));

const shop = new Workshop();
after(() => shop.close());
const tools =
  process.platform === 'win32'
    ? 'the commands are written for sh'
    : spawnSync('curl', ['--version']).error === undefined
      ? false
      : 'there is no curl';

test('each command of the documents has a rule, and each rule a command', () => {
  const unruled = found
    .filter(({ rule }) => rule === undefined)
    .map(({ line, documents: where }) => `${where}: ${line}`);
  assert.equal(
    unruled.length,
    0,
    `tests/commands/rules.ts does not say how these are run, or why not:\n${unruled.join('\n')}`,
  );
  const idle = rules.filter((rule) => found.every((one) => one.rule !== rule)).map((rule) => String(rule.command));
  assert.equal(idle.length, 0, `no document has a command for these rules:\n${idle.join('\n')}`);
});

test('commands that are not run here, and why', (context) => {
  for (const { line, documents: where, rule } of found)
    if (rule !== undefined && 'why' in rule) context.diagnostic(`${where}: ${line} — ${rule.why}`);
});

for (const { line, documents: where, rule } of found)
  if (rule !== undefined && 'run' in rule)
    test(`${where}: ${line.replaceAll(/\s+/g, ' ').slice(0, 100)}`, { skip: tools }, () => rule.run(shop, line));
