import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { fixture } from './testing/fixtures.ts';
import { maskAccount, userIdOf } from './identity.ts';

const shape = z.object({ name: z.string(), token: z.string(), user_id: z.string() });

describe('user id of a token', () => {
  for (const { name, token, user_id: expected } of fixture('zai-identity', shape)) {
    it(name, () => assert.equal(userIdOf(token), expected));
  }
});

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
