import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Exchange } from '../../../../shared/exchange.ts';
import { growth, linear } from '../../../../tests/growth.ts';
import { ExchangeFeed } from '../../../lib/exchange-feed.ts';
import { exampleExchange } from '../example-exchange.ts';
import { LogView, type Shown } from './log-view.ts';

const ok = (id: string, changes: Partial<Exchange> = {}) => exampleExchange({ id, ...changes });
const active = (id: string) => ok(id, { outcome: 'active', closed: null });
/** Newest first, those in flight before a bar. */
const ids = ({ active: flying, finished }: Shown) =>
  `${flying
    .map(({ row }) => row.id)
    .toReversed()
    .join('')}|${finished
    .map(({ row }) => row.id)
    .toReversed()
    .join('')}`;

function setUp(rows: readonly Exchange[] = [], capacity = 100) {
  const feed = new ExchangeFeed(capacity);
  feed.upsert(rows);
  const steps: (() => void)[] = [];
  const view = new LogView(feed, (run) => {
    steps.push(run);
    return () => steps.splice(steps.indexOf(run), 1);
  });
  const stop = view.start();
  const settle = () => {
    while (steps.length > 0) steps.shift()?.();
  };
  settle();
  return { feed, view, stop, settle, now: () => ids(view.shown()) };
}

test('those in flight are apart, and a row that ends takes the place of its arrival', () => {
  const { feed, now } = setUp([ok('a'), active('b'), ok('c')]);
  assert.equal(now(), 'b|ca');
  feed.upsert([ok('b'), active('d')]);
  assert.equal(now(), 'd|cba');
});

test('a changed row is judged anew', () => {
  const { feed, view, now } = setUp([active('a'), ok('b')]);
  view.filter(({ outcome }) => outcome === 'failed');
  assert.equal(now(), '|');
  feed.upsert([ok('a', { outcome: 'failed' })]);
  assert.equal(now(), '|a');
  feed.upsert([ok('a')]);
  assert.equal(now(), '|');
});

test('a paused list stays as it is and counts what it misses; then it has all', () => {
  const { feed, view, now } = setUp([ok('a'), active('b')]);
  view.pause(true);
  feed.upsert([ok('b'), ok('c'), ok('d')]);
  assert.equal(now(), 'b|a');
  assert.deepEqual([view.shown().paused, view.shown().missed], [true, 2]);
  view.filter(() => true);
  assert.equal(now(), '|ba', 'a new filter still shows nothing that came later');
  view.pause(false);
  assert.equal(now(), '|dcba');
  assert.equal(view.shown().missed, 0);
});

test('older rows come last, and the oldest finished ones make room', () => {
  const { feed, now } = setUp([active('a'), ok('b')], 4);
  feed.append([ok('y'), ok('x')]);
  assert.equal(now(), 'a|byx');
  feed.append([ok('w')]);
  assert.equal(now(), 'a|byx', 'there is no room');
  feed.upsert([ok('c'), ok('d'), ok('e'), ok('f')]);
  assert.equal(now(), 'a|fed');
  assert.equal(feed.get('x'), undefined);
  assert.equal(feed.get('a')?.id, 'a');
});

test('what comes while all rows are looked through is neither lost nor doubled', () => {
  const { feed, view, settle } = setUp(
    Array.from({ length: 20_000 }, (_, at) => ok(`${at},`)),
    50_000,
  );
  let looked = 0;
  view.filter(() => {
    // Takes its time, so that it needs several steps.
    for (const until = performance.now() + (looked++ % 500 === 0 ? 9 : 0); performance.now() < until;);
    return true;
  });
  assert.equal(view.shown().searching, true);
  feed.upsert([ok('0,'), ok('19999,'), ok('new')]);
  feed.append([ok('old')]);
  settle();
  const { finished, searching } = view.shown();
  assert.equal(searching, false);
  assert.equal(finished.length, 20_002);
  assert.equal(new Set(finished).size, 20_002);
  assert.deepEqual([finished[0]?.row.id, finished.at(-1)?.row.id], ['old', 'new']);
});

test('nothing is followed any more once the page is left', () => {
  const { feed, stop, now } = setUp([ok('a')]);
  stop();
  feed.upsert([ok('b')]);
  assert.equal(now(), '|a');
});

test('a change costs no more than the list is long', () => {
  const run = (size: number) => {
    const { feed } = setUp(
      Array.from({ length: size }, (_, at) => ok(`${at}`)),
      100_000,
    );
    for (let at = 0; at < 50; at++) feed.upsert([ok(`${at}`), ok(`n${at}`)]);
  };
  assert.ok(growth(run, 16_000) < linear);
});
