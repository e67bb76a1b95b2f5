import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Piece, wordDiff } from './word-diff.ts';

const marks = { same: '=', added: '+', removed: '-' };
const told = (pieces: readonly Piece[]) => pieces.map(({ kind, text }) => `${marks[kind]}${text}`).join('|');
const side = (pieces: readonly Piece[], without: Piece['kind']) =>
  pieces.flatMap(({ kind, text }) => (kind === without ? [] : text)).join('');

for (const [before, after, wanted] of [
  ['one two three', 'one three', '=one |-two |=three'],
  ['one three', 'one two three', '=one |+two |=three'],
  ['你好世界', '你好中国世界', '=你好|+中国|=世界'],
  ['', 'new', '+new'],
  ['old', '', '-old'],
  ['same', 'same', '=same'],
  ['', '', ''],
] as const) {
  test(`${JSON.stringify(before)} → ${JSON.stringify(after)}`, () =>
    assert.equal(told(wordDiff(before, after)), wanted));
}

test('each side can be read from the pieces, also where the texts are too long for words or lines', () => {
  const long = Array.from({ length: 3_000 }, (_, at) => `word${at}`).join(' ');
  const lines = Array.from({ length: 3_000 }, (_, at) => `line ${at}`).join('\n');
  for (const [before, after] of [
    [long, long.replaceAll('word7', 'other')],
    [lines, lines.replaceAll('9', 'nine')],
  ] as const) {
    const pieces = wordDiff(before, after);
    assert.equal(side(pieces, 'added'), before);
    assert.equal(side(pieces, 'removed'), after);
  }
});
