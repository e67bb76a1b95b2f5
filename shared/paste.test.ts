import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growth, linear } from '../tests/growth.ts';
import { looksLikeToken, splitPasted } from './paste.ts';

const values = (text: string) => splitPasted(text).map(({ value }) => value);

test('splits at newlines, commas of both widths, semicolons and white space', () => {
  assert.deepEqual(values('a\nb,c，d;e；f g\th\u3000i\r\nj'), ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']);
});

test('keeps the line each value stood on', () => {
  assert.deepEqual(splitPasted('one\n\n# comment\ntwo, three'), [
    { line: 1, value: 'one' },
    { line: 4, value: 'two' },
    { line: 4, value: 'three' },
  ]);
});

test('takes off a byte order mark, quotes, brackets, Bearer and token=', () => {
  assert.deepEqual(values('\uFEFF"abc"'), ['abc']);
  assert.deepEqual(values('Authorization: Bearer abc'), ['abc']);
  assert.deepEqual(values("bearer 'abc'"), ['abc']);
  assert.deepEqual(values('token=abc; Token="def"'), ['abc', 'def']);
  assert.deepEqual(values('["abc", “def”]'), ['abc', 'def']);
  assert.deepEqual(values('{"token": "abc"}'), ['abc']);
  assert.deepEqual(values('{"token":"abc"}'), ['abc']);
  assert.deepEqual(values('passport_token_key=abc'), ['abc']);
});

test('ignores comment lines even when indented, and separators alone', () => {
  assert.deepEqual(values('  # eyJhbGciOiJIUzI1NiJ9\n,,;;\n""\n'), []);
});

test('does not touch the inside of a value', () => {
  assert.deepEqual(values('bearerish-token=x'), ['bearerish-token=x']);
  assert.deepEqual(values('eyJh.eyJz=='), ['eyJh.eyJz==']);
});

test('stays linear on hostile text', () => {
  for (const piece of ['"', 'token=', 'x"', 'a,', 'bearer ', '#\n']) {
    assert.ok(growth((count) => void splitPasted(piece.repeat(count)), 50_000) < linear, piece);
  }
});

test('a token has at least 20 printable characters and no spaces', () => {
  assert.ok(looksLikeToken('a'.repeat(20)));
  assert.ok(!looksLikeToken('a'.repeat(19)));
  assert.ok(!looksLikeToken(`${'a'.repeat(20)} b`));
  assert.ok(!looksLikeToken('令'.repeat(20)));
});
