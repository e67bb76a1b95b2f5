import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { groups } from './all.ts';
import type { Group, Row } from './row.ts';
import { testsById } from './tests.ts';

export const documentFile = path.join(import.meta.dirname, '../../../docs/reliability.md');

const begin = '<!-- the list: made by `node tests/faults/list.ts` -->';
export const plain = (text: string): string => text.replaceAll('|', '\\|');

function line({ id, priority, fault, seen, untested }: Row, tests: ReadonlyMap<string, readonly string[]>): string {
  const files = (tests.get(id) ?? []).map((file) => `[${path.basename(file)}](../${file})`);
  const result =
    files.length > 0
      ? `holds${untested === undefined ? '' : `; not tested: ${untested}`}`
      : (untested ?? '**missing**');
  const proof = files.length > 0 ? files.join(', ') : 'none';
  return `| ${id} | ${priority} | ${plain(fault)} | ${plain(seen)} | ${proof} | ${plain(result)} |`;
}

function section({ letter, title, rows }: Group, tests: ReadonlyMap<string, readonly string[]>): string {
  return [
    `## ${letter}. ${title}\n`,
    '| Id | P | What is done | What is seen | Test | Result |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map((row) => line(row, tests)),
    '',
  ].join('\n');
}

/** docs/reliability.md as the lists and tests make it; what stands before the list is written by hand. */
export function makeDocument(): string {
  const old = existsSync(documentFile) ? readFileSync(documentFile, 'utf8') : '';
  const [intro = ''] = old.split(begin);
  const tests = testsById();
  return `${intro.trimEnd()}\n\n${begin}\n\n${groups.map((group) => section(group, tests)).join('\n')}`;
}

export function writeDocument(): void {
  writeFileSync(documentFile, makeDocument());
}

/** The cells of each line of the tables. */
export function tableRows(text: string): string[][] {
  return text
    .split('\n')
    .filter((row) => /^\| F\d{3} /.test(row))
    .map((row) => row.slice(2, -2).split(/(?<!\\) \| /));
}
