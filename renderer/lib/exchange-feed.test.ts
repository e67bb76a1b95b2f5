import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleExchange as row } from '../pages/logs/example-exchange.ts';
import { ExchangeFeed } from './exchange-feed.ts';

const ids = (feed: ExchangeFeed) =>
  feed
    .snapshot()
    .map(({ id }) => id)
    .join('');

test('rows that arrive while others are read are applied after them', async () => {
  const feed = new ExchangeFeed();
  feed.upsert([row({ id: 'gone' })]);
  await feed.reload(async () => {
    feed.upsert([row({ id: 'c' }), row({ id: 'b', outcome: 'failed' })]);
    return await Promise.resolve([row({ id: 'b', outcome: 'active' }), row({ id: 'a' })]);
  });
  assert.equal(ids(feed), 'cba');
  assert.equal(feed.get('b')?.outcome, 'failed');
  assert.deepEqual(feed.counts, { active: 0, errors: 1 });
});

test('a read that fails loses nothing', async () => {
  const feed = new ExchangeFeed();
  feed.upsert([row({ id: 'a' })]);
  await assert.rejects(
    feed.reload(async () => {
      feed.upsert([row({ id: 'b' })]);
      return await Promise.reject(new Error('gone'));
    }),
  );
  assert.equal(ids(feed), 'ba');
});

test('what is in flight and what has failed is counted through every change', () => {
  const feed = new ExchangeFeed(3);
  feed.upsert([row({ id: 'a', outcome: 'active' }), row({ id: 'b', outcome: 'failed' })]);
  feed.upsert([row({ id: 'c', outcome: 'active', purpose: 'radar' }), row({ id: 'd', outcome: 'interrupted' })]);
  assert.deepEqual(feed.counts, { active: 1, errors: 2 });
  feed.upsert([row({ id: 'a' }), row({ id: 'e' }), row({ id: 'f' })]);
  assert.deepEqual(feed.counts, { active: 0, errors: 0 }, 'three have made room');
  feed.append([row({ id: 'z', outcome: 'failed' })]);
  assert.deepEqual([feed.full, feed.counts.errors], [true, 0]);
});
