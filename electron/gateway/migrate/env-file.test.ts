import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growth, linear } from '../../../tests/growth.ts';
import { readEnvText } from './env-file.ts';

type Expected = Readonly<Record<string, string>>;
const cases: readonly (readonly [name: string, text: string, expected: Expected, strange?: readonly number[]])[] = [
  ['plain, with Windows line ends', 'A=1\r\n\r\nB=2\r\n', { A: '1', B: '2' }],
  ['a # inside a value stays', 'AUTH_TOKEN=sk-a#b', { AUTH_TOKEN: 'sk-a#b' }],
  ['a # after a blank begins a comment', 'A=x y # z', { A: 'x y' }],
  ['a comment alone is no value', 'A= # nothing', { A: '' }],
  ['quotes, and what is escaped in them', `A='it\\'s #1'\nB="a\\nb" # c\r\n`, { A: "it's #1", B: 'a\nb' }],
  ['several lines in quotes', 'A="1\n2=3"\nB=4', { A: '1\n2=3', B: '4' }],
  ['export, blanks', 'export A = 1 ', { A: '1' }],
  ['names in any case, the last one wins', 'listen_port=1\nLISTEN_PORT=2', { LISTEN_PORT: '2' }],
  [
    'other variables are filled in, not in single quotes',
    "A=1\nB=${A}/${C:-x}\nD='${A}'",
    { A: '1', B: '1/x', D: '${A}' },
  ],
  ['comments are passed over, what is no assignment is told of', ' # A=1\nhello\n=2', {}, [2, 3]],
  ['a quote that is not closed takes its own line only', 'A="1\r\nB=2\r\n', { B: '2' }, [1]],
  ['text after a quoted value', 'A="1" 2\nB="x\ny"z\nC=3', { A: '1', B: 'x\ny', C: '3' }, [1, 3]],
];
for (const [name, text, expected, strange = []] of cases)
  test(`.env: ${name}`, () => {
    const found = readEnvText(text);
    assert.deepEqual(Object.fromEntries(found.values), expected);
    assert.deepEqual(found.strange, strange);
  });

test('.env: a quote that is never closed does not slow the reading down', () => {
  assert.ok(growth((size) => void readEnvText(`A="${'\\"x '.repeat(size)}\n`.repeat(3)), 20_000) < linear);
});
