import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fresh, type Health } from '../pool/health.ts';
import { readNews, restEvent, restNews } from './news.ts';

const now = 1_000_000;
const resting: Health = {
  state: 'quota',
  failures: 2,
  rests: 3,
  since: now - 5,
  until: now + 60_000,
  reason: { code: 'quota_exceeded', message: 'Quota of bob@example.com is used up.', evidence: 'others-fine' },
};

test('a rest travels with its code and its length, not with the words of the provider', () => {
  const fact = restNews('digest', resting, now);
  assert.ok(fact);
  const text = JSON.stringify({ ...fact, from: 'another' });
  assert.doesNotMatch(text, /bob/);
  assert.deepEqual(readNews(text), { ...fact, from: 'another' });
  // The other's clock is another one.
  assert.deepEqual(restEvent(fact, fact.ms - 10, 5_000), {
    type: 'rests-elsewhere',
    state: 'quota',
    until: 5_000 + 59_990,
    failures: 2,
    rests: 3,
    reason: {
      code: 'quota_exceeded',
      message: 'Another Traygate that uses this token has put it to rest.',
      evidence: 'others-fine',
    },
  });
});

test('what is no rest, or is over, is not told', () => {
  const none: readonly Health[] = [
    fresh,
    { ...resting, state: 'ready' },
    { ...resting, until: now },
    { ...resting, until: null },
  ];
  for (const health of none) assert.equal(restNews('digest', health, now), null);
});

const rest = { what: 'rest', token: 't', from: 'f', ms: 5, state: 'cooling', failures: 0, rests: 1, code: 'c' };
const wrong: Readonly<Record<string, unknown>> = {
  'no JSON': '{',
  'no text': 5,
  'of another kind': { what: 'party', token: 't', from: 'f' },
  'from nobody': { what: 'over', token: 't' },
  'a rest of weeks': { ...rest, ms: 14 * 24 * 3_600_000 },
  'a rest of no time': { ...rest, ms: 0 },
  'another state': { ...rest, state: 'invalid' },
  'counters that are none': { ...rest, failures: -1 },
};
for (const [name, news] of Object.entries(wrong))
  test(`news that cannot be true is not believed: ${name}`, () => {
    assert.equal(readNews(typeof news === 'object' ? JSON.stringify(news) : news), null);
  });

test('evidence of another version is left out', () => {
  const news = readNews(JSON.stringify({ ...rest, evidence: 'a dream' }));
  assert.deepEqual(news, { ...rest, evidence: null });
});
