import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { baseAddress } from './address.ts';
import { fits } from './filter.ts';

describe('the base of a pasted address', () => {
  for (const [text, base, exact] of [
    ['https://api.example.com/v1', 'https://api.example.com/v1', true],
    ['https://api.example.com/v1/', 'https://api.example.com/v1', true],
    ['  https://api.example.com/v1//  ', 'https://api.example.com/v1', true],
    ['https://api.example.com/v1/chat/completions', 'https://api.example.com/v1', true],
    ['https://api.example.com/v1/chat/completions/', 'https://api.example.com/v1', true],
    ['https://api.example.com/chat/completions?key=1', 'https://api.example.com', true],
    ['https://api.example.com/v1/models', 'https://api.example.com/v1', true],
    ['https://api.example.com/anthropic/v1/messages', 'https://api.example.com/anthropic/v1', true],
    ['https://api.example.com', 'https://api.example.com', false],
    ['https://api.example.com/', 'https://api.example.com', false],
    ['https://api.example.com#', 'https://api.example.com', true],
    ['https://api.example.com/v1/models-of-mine', 'https://api.example.com/v1/models-of-mine', true],
    ['api.example.com/v1', 'https://api.example.com/v1', true],
    ['localhost:11434', 'http://localhost:11434', false],
    ['127.0.0.1:1234/v1', 'http://127.0.0.1:1234/v1', true],
    ['[::1]:1234', 'http://[::1]:1234', false],
    ['localhost.evil.example', 'https://localhost.evil.example', false],
    [' ', '', true],
  ] as const) {
    it(text, () => assert.deepEqual(baseAddress(text), { base, exact }));
  }
});

describe('patterns of names', () => {
  for (const [pattern, name, is] of [
    ['gpt-4o', 'GPT-4o', true],
    ['gpt-4o', 'gpt-4o-mini', false],
    ['gpt-*', 'gpt-4o', true],
    ['*', '', true],
    ['*/free', 'a/b/free', true],
    ['a*b*c', 'aXbYc', true],
    ['a*b*c', 'aXc', false],
    ['ab*ba', 'aba', false],
    ['a**a', 'aa', true],
    ['x.y', 'xzy', false],
  ] as const) {
    it(`${pattern} ${is ? 'fits' : 'does not fit'} ${name}`, () => assert.equal(fits(pattern, name), is));
  }
});
