import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvLines } from './csv.ts';

const cases: readonly [string, number | string | null, string][] = [
  ['a number', 1_234.5, '1234.5'],
  ['nothing', null, ''],
  ['a word', 'GLM-4.6', 'GLM-4.6'],
  ['a comma', 'a,b', '"a,b"'],
  ['a quote', 'say "x"', '"say ""x"""'],
  ['a line break', 'a\nb', '"a\nb"'],
  ['what a spreadsheet would calculate', '=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
  ['a sign', '+1', "'+1"],
  ['a negative number', -1, '-1'],
];
for (const [name, value, expected] of cases)
  test(`a cell with ${name}`, () => assert.equal(csvLines([[value, 'end']]), `${expected},end\r\n`));
