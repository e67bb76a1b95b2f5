import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StartError } from '../shell.ts';
import { checkReach, isWeakKey, type Reach } from './reach.ts';

const strong = 'sk-local-Qm3Zt8vXw1Rb5Ky7Lp2Nc4Hd6Jf9Gs0';

function refusal(reach: Partial<Reach>): string | null {
  try {
    checkReach({ host: '0.0.0.0', keyRequired: true, chosen: [], ...reach });
    return null;
  } catch (error) {
    assert.ok(error instanceof StartError && error.exitCode === 78);
    return error.code;
  }
}
const key = (value: string) => [{ name: 'AUTH_TOKEN', value }];

for (const host of ['127.0.0.1', 'localhost', '::1', '127.0.0.2'])
  test(`anything goes on ${host}`, () =>
    assert.equal(refusal({ host, keyRequired: false, chosen: key('test') }), null));

for (const host of ['0.0.0.0', '::', '192.168.1.5', 'box.lan', '128.0.0.1'])
  test(`F122, F123: ${host} takes a key, and a strong one`, () => {
    assert.equal(refusal({ host, keyRequired: false }), 'lan_requires_key');
    assert.equal(refusal({ host, chosen: key('test') }), 'lan_requires_strong_key');
    assert.equal(refusal({ host, chosen: key(strong) }), null);
    assert.equal(refusal({ host }), null);
  });

for (const value of [
  'test',
  'sk-your-api-key',
  'sk-test-1234567890abcdef',
  'fifteen-letters',
  'aaaaaaaaaaaaaaaaaaaaaaaa',
  'change-me-change-me',
  '1234567890123456',
  'my-password-is-long',
])
  // prettier-ignore
  test(`F123: ${value} can be guessed`, () => assert.ok(isWeakKey(value)));
for (const value of [strong, '0f8e2a77c1d94b6ea35c', 'correct-horse-battery-staple'])
  test(`${value} cannot`, () => assert.ok(!isWeakKey(value)));

test('the name of the weak key is said, never the key', () => {
  assert.throws(
    () => checkReach({ host: '::', keyRequired: true, chosen: key('hunter2-secret') }),
    (error: Error) => {
      assert.match(error.message, /AUTH_TOKEN/);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    },
  );
});
