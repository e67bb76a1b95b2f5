import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashOf } from '../pool/token-store.ts';
import { digestOf } from './digest.ts';

test('the name of a token among replicas depends on the token and its provider, and holds nothing of what is shown or saved', () => {
  const hash = hashOf('a-token-0123456789');
  const name = digestOf({ hash, provider: 'zai' });
  assert.equal(name, digestOf({ hash: hashOf('a-token-0123456789'), provider: 'zai' }));
  assert.match(name, /^[\w-]{43}$/);
  const others = [digestOf({ hash, provider: 'longcat' }), digestOf({ hash: hashOf('another'), provider: 'zai' })];
  assert.equal(new Set([name, ...others]).size, 3);
  const hex = Buffer.from(name, 'base64url').toString('hex');
  for (let at = 0; at + 6 <= hash.length; at++) assert.ok(!hex.includes(hash.slice(at, at + 6)));
});
