import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growth, linear } from '../../../tests/growth.ts';
import { readEnvText } from './env-file.ts';

const cases: readonly (readonly [name: string, text: string, expected: Readonly<Record<string, string>>])[] = [
  ['plain, with Windows line ends', 'A=1\r\nB=2\r\n', { A: '1', B: '2' }],
  ['a # inside a value stays', 'AUTH_TOKEN=sk-a#b', { AUTH_TOKEN: 'sk-a#b' }],
  ['a # after a blank begins a comment', 'A=x y # z', { A: 'x y' }],
  ['a comment alone is no value', 'A= # nothing', { A: '' }],
  ['quotes, and what is escaped in them', `A='it\\'s #1'\nB="a\\nb" # c`, { A: "it's #1", B: 'a\nb' }],
  ['several lines in quotes', 'A="1\n2=3"\nB=4', { A: '1\n2=3', B: '4' }],
  ['export, blanks, a byte order mark', '\uFEFFexport A = 1 ', { A: '1' }],
  ['names in any case, the last one wins', 'listen_port=1\nLISTEN_PORT=2', { LISTEN_PORT: '2' }],
  [
    'other variables are filled in, not in single quotes',
    "A=1\nB=${A}/${C:-x}\nD='${A}'",
    { A: '1', B: '1/x', D: '${A}' },
  ],
  ['comments and what is no assignment are passed over', '# A=1\nhello\n=2', {}],
];
for (const [name, text, expected] of cases)
  test(`.env: ${name}`, () => assert.deepEqual(Object.fromEntries(readEnvText(text)), expected));

test('.env: a quote that is never closed does not slow the reading down', () => {
  assert.ok(growth((size) => void readEnvText(`A="${'\\"x '.repeat(size)}\n`.repeat(3)), 20_000) < linear);
});
