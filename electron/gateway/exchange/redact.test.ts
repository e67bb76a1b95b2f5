import assert from 'node:assert/strict';
import { test } from 'node:test';
import { growth, linear } from '../../../tests/growth.ts';
import { redact, secretsIn, withoutSecrets } from './redact.ts';

const secret = 'CANARY0123456789abcdef';
const jwt = `eyJhbGciOiJFUzI1NiJ9.eyJpZCI6IkNBTkFSWSJ9.${secret}`;
const texts = [
  `Authorization: Bearer ${secret} was refused`,
  `{"detail":"bad token","token":"${secret}"}`,
  `https://chat.z.ai/api?requestId=1&token=${secret}&version=1`,
  `jwt ${jwt} expired`,
  `key sk-${secret} unknown`,
  `cookie: ${secret}; path=/`,
  `passport_token_key=${secret}`,
];
for (const text of texts) {
  test(`redacts ${text.slice(0, 24)}…`, () => {
    assert.ok(!redact(text).includes('CANARY'), redact(text));
    assert.notEqual(redact(text), '');
  });
}

test('plain sentences stay as they are', () => {
  const text = 'The token limit is 8000; secrets are fine. 模型不存在 (code 404)';
  assert.equal(redact(text), text);
});

test('long text is cut', () => assert.equal(redact('x'.repeat(10_000), 100).length, 101));

test('a text that comes in parts is taken apart where the whole shows a secret', () => {
  const whole = `before ${jwt} and sk-${secret} after`;
  const secrets = secretsIn(whole);
  for (const size of [1, 3, 7, 50, 1_000]) {
    let clean = '';
    for (let at = 0; at < whole.length; at += size) clean += withoutSecrets(whole.slice(at, at + size), secrets, at);
    assert.equal(clean, 'before [token] and [key] after');
  }
});

for (const [name, part] of [
  ['beginnings of tokens', 'eyJabcde'],
  ['tokens without an end', '-eyJabcdefgh.'],
  ['words before blanks', 'Bearer    '],
  ['names of fields', 'token = '],
] as const) {
  test(`many ${name} cost no more than their length`, () => {
    assert.ok(growth((size) => redact(part.repeat(size), 10_000_000), 4_000) < linear);
  });
}
