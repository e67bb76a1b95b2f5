import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { fixture } from './testing/fixtures.ts';
import { userIdOf } from './identity.ts';

const shape = z.object({ name: z.string(), token: z.string(), user_id: z.string() });

describe('user id of a token', () => {
  for (const { name, token, user_id: expected } of fixture('zai-identity', shape)) {
    it(name, () => assert.equal(userIdOf(token), expected));
  }
});
