import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftOf, problemOf, wishOf } from './key-draft.ts';

const blank = draftOf(null);
const named = { ...blank, name: ' Cursor ' };

test('a blank form is a key without end and limits, once it has a name', () => {
  assert.equal(problemOf(blank), 'name');
  assert.deepEqual(wishOf(named, null, 0), {
    name: 'Cursor',
    expiresAt: null,
    limits: { requestsPerMinute: null, tokensPerDay: null, models: null },
  });
});

test('limits are whole numbers above 0', () => {
  for (const [text, wrong] of [['', false], ['1', false], [' 60 ', false], ['0', true], ['-1', true], ['1.5', true], ['x', true], ['100001', true]] as const)
    assert.equal(problemOf({ ...named, perMinute: text }), wrong ? 'perMinute' : null, text); // prettier-ignore
  assert.equal(problemOf({ ...named, perDay: '1e3' }), 'perDay');
});

test('the end is counted from now, kept, or taken away', () => {
  const day = 86_400_000;
  assert.equal(wishOf({ ...named, lifetime: 'week' }, null, 1_000).expiresAt, 1_000 + 7 * day);
  const limits = { requestsPerMinute: 5, tokensPerDay: null, models: ['a', 'b*'] };
  const key = {
    id: 'k', name: 'k', ending: 'abcd', copyable: false, lockedBy: null, scope: 'all' as const, createdAt: 1, lastUsedAt: null,
    requests24h: 0, tokens24h: 0, clients24h: [], expiresAt: 5_000, enabled: true, limits, graceUntil: null,
  }; // prettier-ignore
  const draft = draftOf(key);
  assert.deepEqual(wishOf(draft, key, 9), { name: 'k', expiresAt: 5_000, limits });
  assert.equal(wishOf({ ...draft, lifetime: 'never' }, key, 9).expiresAt, null);
});
