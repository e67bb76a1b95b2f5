import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growth, linear } from '../../tests/growth.ts';
import { hiddenIn, textParts, visibleText } from './visible-text.ts';

for (const [name, text, shown] of [
  ['plain text', 'Hello\n\tworld 汉字 😀 العربية', 'Hello\n\tworld 汉字 😀 العربية'],
  ['markup', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ['colours of a terminal', '\u001B[31mred\u001B[0m', '␛[31mred␛[0m'],
  ['a bell and a deletion', 'a\u0007b\u007F', 'a␇b␡'],
  ['an override of direction', 'abc\u202Egnp.exe', 'abc⟦U+202E⟧gnp.exe'],
  ['isolates and blanks without width', '\u2066a\u2069\u200B\uFEFF', '⟦U+2066⟧a⟦U+2069⟧⟦U+200B⟧⟦U+FEFF⟧'],
  ['ends of lines', 'a\r\nb\rc', 'a\nb␍c'],
] as const)
  test(`${name} is shown as it is`, () => assert.equal(visibleText(text), shown));

test('hidden characters are counted', () => assert.equal(hiddenIn('a\u202Eb\u2069c'), 2));

test('parts are the text again, none too long, and no character is split', () => {
  const text = `${'x'.repeat(5_000)}\n${'😀'.repeat(3_000)}\n${'line\n'.repeat(2_000)}`;
  const parts = textParts(text);
  assert.equal(parts.join(''), text);
  assert.ok(parts.every((part) => part.length <= 2_001 && part.isWellFormed()));
});

test('five megabytes in one line cost no more than their length', () => {
  assert.ok(growth((size) => textParts(visibleText('ab\u202E'.repeat(size))), 200_000) < linear);
});
