import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskAccount } from './identity.ts';

describe('account hint', () => {
  for (const [email, hint] of [
    ['jane.doe@gmail.com', 'j•••@g•••.com'],
    ['a@mail.example.co.uk', 'a•••@m•••.uk'],
    ['x@localhost', 'x•••@l•••'],
    ['nothing', undefined],
    ['', undefined],
    [7, undefined],
  ] as const) {
    it(String(email), () => assert.equal(maskAccount(email), hint));
  }
});
