import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Exchange } from '../../../shared/exchange.ts';
import { Figures as Reply, figureWindows, windowNames } from '../../../shared/figures.ts';
import { attempt, ended, failed, noon, setUp, usage } from './testing/setting.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const outcomes: readonly [string, Partial<Exchange>, string][] = [
  ['answered', { outcome: 'ok' }, 'ok'],
  ['the request was at fault', { outcome: 'failed', failure: failed('request') }, 'clientError'],
  ['the provider was at fault', { outcome: 'failed', failure: failed('provider') }, 'upstreamError'],
  ['a token was at fault', { outcome: 'failed', failure: failed('credential') }, 'upstreamError'],
  ['the network was at fault', { outcome: 'failed', failure: failed('network') }, 'upstreamError'],
  ['the gateway was at fault', { outcome: 'failed', failure: failed('gateway') }, 'upstreamError'],
  ['the client left', { outcome: 'cancelled', failure: failed('client') }, 'cancelled'],
  ['the process died', { outcome: 'interrupted' }, 'upstreamError'],
];
for (const [name, change, counted] of outcomes) {
  test(`${name}: counted as ${counted}, once`, () => {
    const { history, figures } = setUp();
    const row = ended(minute, change);
    history.save([row]);
    history.save([row]);
    const { ok, clientError, upstreamError, cancelled } = figures.get('1h').total;
    const expected = { ok: 0, clientError: 0, upstreamError: 0, cancelled: 0, [counted]: 1 };
    assert.deepEqual({ ok, clientError, upstreamError, cancelled }, expected);
  });
}

test('each window counts by time of completion, in steps of its own, and knows the span before', () => {
  const { history, figures } = setUp();
  const ages = [0, 4_000, 14 * minute, 16 * minute, 59 * minute, 61 * minute, 23 * hour, 25 * hour, 6 * day, 8 * day];
  history.save([...ages, 29 * day, 31 * day].map((ago) => ended(ago)));
  // A step reaches to its end, and so the first one less far back.
  const expected = { '15m': [3, 1], '1h': [5, 1], '24h': [7, 1], '7d': [9, 1], '30d': [11, 1] } as const;
  for (const window of windowNames) {
    const { bucketMs, buckets, total, previous, from, until } = Reply.parse(figures.get(window));
    assert.deepEqual([total.ok, previous.ok], expected[window], window);
    assert.equal((until - from) / bucketMs, figureWindows[window].buckets);
    assert.ok(buckets.every(({ at }) => at >= from && at < until && at % bucketMs === 0));
    assert.equal(
      buckets.reduce((sum, { ok }) => sum + ok, 0),
      total.ok,
    );
  }
});

test('the bucket is that of the end, not that of the request', () => {
  const { history, figures } = setUp();
  history.save([ended(10_000, { closed: 300_000 })]);
  assert.deepEqual(
    figures.get('15m').buckets.map(({ at, ok }) => [at, ok]),
    [[noon - 10_000, 1]],
  );
});

test('sums survive clearing, restarts and what came before them; canaries of our own are not counted', () => {
  const { history, figures, restart } = setUp();
  assert.equal(figures.get('1h').since, null);
  history.save([ended(minute), ended(minute, { purpose: 'radar' })]);
  history.clear();
  const next = restart();
  next.history.save([ended(minute)]);
  const { total, since, slowest } = next.figures.get('1h');
  assert.equal(total.ok, 2);
  assert.ok(since !== null && since <= noon - minute);
  assert.equal(slowest.length, 1, 'of the cleared ones only the sums are left');
});

test('what cannot be saved is not counted either, and counted once when it can', () => {
  const { history, figures, database } = setUp();
  database.exec("CREATE TRIGGER full BEFORE INSERT ON exchanges BEGIN SELECT RAISE(ABORT, 'full'); END");
  const row = ended(minute);
  assert.throws(() => history.save([row]));
  assert.equal(figures.get('1h').total.ok, 0);
  database.exec('DROP TRIGGER full');
  history.save([row]);
  assert.equal(figures.get('1h').total.ok, 1);
});

test('an answer that was cut off by a crash is counted at the next start', () => {
  const { history, restart } = setUp();
  history.save([], [ended(minute, { outcome: 'active', closed: null })]);
  assert.equal(restart().figures.get('1h').total.upstreamError, 1);
  assert.equal(restart().figures.get('1h').total.upstreamError, 1);
});

test('time to first token: single values for few, percentiles from twenty on', () => {
  const { history, figures } = setUp();
  history.save(Array.from({ length: 40 }, (_, at) => ended(minute, { firstToken: (at + 1) * 10 })));
  history.save([ended(5 * minute, { firstToken: 250 }), ended(5 * minute, { firstToken: null })]);
  const [few, many] = figures.get('1h').buckets.map(({ firstToken }) => firstToken);
  assert.deepEqual([few?.p50, few?.count, few?.few.length], [null, 1, 1]);
  assert.ok(Math.abs((few?.few[0] ?? 0) - 250) < 8);
  assert.ok(Math.abs((many?.p50 ?? 0) - 200) < 6 && Math.abs((many?.p95 ?? 0) - 380) < 12, JSON.stringify(many));
  assert.deepEqual(many?.few, []);
});

const speeds: readonly [string, Partial<Exchange>, (number | null)[]][] = [
  ['streamed', { usage: usage(1, 101), firstToken: 100, lastToken: 2_100 }, [50]],
  ['as a whole', { usage: usage(1, 101), stream: false }, []],
  ['one token', { usage: usage(1, 1) }, []],
  ['not counted by the provider', { usage: null, characters: 300 }, []],
  ['all at once', { usage: usage(1, 101), firstToken: 100, lastToken: 100 }, []],
];
for (const [name, change, expected] of speeds) {
  test(`tokens per second, ${name}`, () => {
    const { history, figures } = setUp();
    history.save([ended(minute, change)]);
    assert.deepEqual(figures.get('1h').buckets[0]?.speeds, expected);
  });
}

test('six models have a line of their own, the others one together', () => {
  const { history, figures } = setUp();
  const models = Array.from({ length: 9 }, (_, at) => `model-${at}`);
  history.save(
    models.map((resolvedModel, at) =>
      ended(minute, { resolvedModel, usage: usage(1, (9 - at) * 1_000 + 1), firstToken: 0, lastToken: 10_000 }),
    ),
  );
  const { models: told, otherModels, buckets } = figures.get('1h');
  assert.deepEqual([told, otherModels], [models.slice(0, 6), true]);
  assert.deepEqual(buckets[0]?.speeds, [900, 800, 700, 600, 500, 400, 200]);
});

test('tokens that nobody has counted are estimated, and said to be', () => {
  const { history, figures } = setUp();
  history.save([ended(minute, { usage: usage(7, 30) }), ended(minute, { usage: null, characters: 300 })]);
  const { inputTokens, outputTokens, estimatedTokens } = figures.get('1h').total;
  assert.deepEqual([inputTokens, outputTokens, estimatedTokens], [7, 130, 100]);
});

test('the slowest five and the last five errors can be looked up', () => {
  const { history, figures } = setUp();
  const slow = Array.from({ length: 8 }, (_, at) => ended(minute, { closed: (at + 1) * 1_000 }));
  const bad = Array.from({ length: 7 }, (_, at) =>
    ended((at + 1) * minute, { outcome: 'failed', failure: failed('provider'), closed: 1 }),
  );
  const left = ended(minute, { outcome: 'cancelled', closed: 99_000 });
  history.save([...slow, ...bad, left]);
  const { slowest, errors } = figures.get('1h');
  assert.deepEqual(
    slowest.map(({ closed }) => closed),
    [8_000, 7_000, 6_000, 5_000, 4_000],
  );
  assert.deepEqual(
    errors.map(({ id }) => id),
    bad.slice(0, 5).map(({ id }) => id),
  );
});

test('failovers are the attempts after the first', () => {
  const { history, figures } = setUp();
  history.save([
    ended(minute, { attempts: [attempt('Z1', failed('rate')), attempt('Z2')] }),
    ended(minute, { attempts: [attempt('Z1')] }),
  ]);
  assert.equal(figures.get('1h').total.failovers, 1);
});

test('however long it runs, the sums stay few', () => {
  const { history, database, clock } = setUp();
  for (let at = 0; at < 3_000; at++) {
    clock.now = noon + at * 30 * minute;
    history.save([ended(-at * 30 * minute)]);
  }
  const rows = Number(database.prepare('SELECT count(*) AS n FROM figures').get()?.['n']);
  const most = windowNames.reduce((sum, window) => sum + 2 * figureWindows[window].buckets + 3, 0);
  assert.ok(rows <= most, `${rows} of ${most}`);
});
