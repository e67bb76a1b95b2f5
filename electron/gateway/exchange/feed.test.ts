import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { Exchange } from '../../../shared/exchange.ts';
import { ChatError } from '../chat/errors.ts';
import { openDatabase } from '../storage/database.ts';
import { ExchangeFeed } from './feed.ts';
import { createHistory } from './history.ts';
import { ExchangeRecorder } from './recorder.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'traygate-feed-'));
after(() => rmSync(folder, { recursive: true }));

function setUp(keep = 1_000) {
  const database = openDatabase(mkdtempSync(path.join(folder, 'db-')));
  const batches: Exchange[][] = [];
  const history = createHistory(database, () => ({ rows: keep, days: 90, megabytes: 200 }));
  const troubles: unknown[] = [];
  const feed = new ExchangeFeed({
    history,
    publish: (rows) => batches.push(structuredClone(rows)),
    inFlightChanged: () => {},
    unsaved: (error) => troubles.push(error),
  });
  let count = 0;
  const start = (purpose: Exchange['purpose'] = null) =>
    new ExchangeRecorder(
      {
        id: `req_${++count}`,
        dialect: 'openai-chat',
        clientKey: 'Default',
        client: 'curl',
        model: 'm',
        stream: true,
        purpose,
      },
      feed.changed,
    );
  return { feed, history, batches, start, database, troubles };
}

test('many changes of one exchange leave as one row', () => {
  const { feed, batches, start } = setUp();
  const recorder = start();
  for (let at = 0; at < 100; at++) recorder.events([{ type: 'text', text: 'ab' }]);
  assert.equal(feed.inFlight, 1);
  feed.flush();
  assert.equal(batches.length, 1);
  assert.deepEqual([batches[0]?.length, batches[0]?.[0]?.characters, batches[0]?.[0]?.outcome], [1, 200, 'active']);
});

test('a finished exchange is told and in the history', () => {
  const { feed, history, batches, start } = setUp();
  const recorder = start();
  feed.flush();
  recorder.close('ok', 200);
  feed.flush();
  assert.equal(batches[0]?.[0]?.outcome, 'active');
  assert.equal(history.get('req_1')?.outcome, 'ok');
  assert.equal(feed.inFlight, 0);
});

test('the list is newest first, with what is in flight on top, and pages by the oldest row shown', () => {
  const { feed, start } = setUp();
  const running = start();
  for (let at = 0; at < 5; at++) start().close('ok', 200);
  const rows = feed.list(4, null);
  assert.deepEqual(
    rows.map(({ id }) => id),
    ['req_1', 'req_6', 'req_5', 'req_4'],
  );
  assert.deepEqual(
    feed.list(10, 'req_4').map(({ id }) => id),
    ['req_3', 'req_2'],
  );
  running.close('failed', 502, new ChatError('upstream_error', 'x'));
});

test('old rows make room for new ones', () => {
  const { feed, start } = setUp(3);
  for (let at = 0; at < 10; at++) {
    start().close('ok', 200);
    feed.flush();
  }
  assert.deepEqual(
    feed.list(100, null).map(({ id }) => id),
    ['req_10', 'req_9', 'req_8'],
  );
});

test('clearing keeps what is in flight and the totals', () => {
  const { feed, start } = setUp();
  start();
  start().close('cancelled', 499, new ChatError('client_closed', 'gone'));
  feed.clear();
  assert.deepEqual(
    feed.list(10, null).map(({ id }) => id),
    ['req_1'],
  );
  assert.deepEqual([feed.totals().requests, feed.totals().cancelled], [1, 1]);
});

test('what Traygate asks for itself is in the list, but not in the totals', () => {
  const { feed, start } = setUp();
  const own = start('radar');
  own.events([{ type: 'text', text: 'pong' }]);
  own.close('ok', 200);
  assert.deepEqual([feed.totals().requests, feed.totals().medianFirstTokenMs], [0, null]);
  assert.deepEqual(
    feed.list(5, null).map(({ purpose }) => purpose),
    ['radar'],
  );
});

test('a closed record is final', () => {
  const { start } = setUp();
  const recorder = start();
  recorder.close('ok', 200);
  recorder.close('failed', 500, new ChatError('internal_error', 'late'));
  assert.deepEqual([recorder.record.outcome, recorder.record.status], ['ok', 200]);
});

test('a disk that takes nothing ends nothing: rows stay in sight and are saved when it can be written again', () => {
  const { feed, history, batches, start, database, troubles } = setUp();
  start().close('ok', 200);
  feed.flush();
  database.exec('PRAGMA query_only = ON');
  start().close('ok', 200);
  feed.flush();
  start().close('ok', 200);
  feed.flush();
  assert.equal(troubles.length, 1, 'told once');
  assert.equal(batches.length, 3, 'windows are told all the same');
  assert.deepEqual(
    feed.list(10, null).map(({ id }) => id),
    ['req_3', 'req_2', 'req_1'],
  );
  assert.equal(history.get('req_2'), null);
  database.exec('PRAGMA query_only = OFF');
  start().close('ok', 200);
  feed.flush();
  assert.deepEqual(
    history.list(10, null).map(({ id }) => id),
    ['req_4', 'req_3', 'req_2', 'req_1'],
  );
  assert.deepEqual(feed.list(2, null).length, 2);
});

test('paging goes on below a row that is still in flight', () => {
  const { feed, start } = setUp();
  start().close('ok', 200);
  for (let at = 0; at < 3; at++) start();
  assert.deepEqual(
    feed.list(2, null).map(({ id }) => id),
    ['req_4', 'req_3'],
  );
  assert.deepEqual(
    feed.list(2, 'req_3').map(({ id }) => id),
    ['req_2', 'req_1'],
  );
});

test('rows of another version are still read, their sentences as they are', () => {
  const { history, start, feed, database } = setUp();
  const recorder = start();
  recorder.attempt('local', null);
  recorder.attemptFailed(new ChatError('upstream_error', 'x'), 'same_failure');
  recorder.close('ok', 200);
  feed.flush();
  const row = structuredClone({ ...recorder.record, warnings: [] as unknown[] });
  row.warnings = [
    'logprobs was ignored.',
    { code: 'of_tomorrow', field: 'x' },
    { code: 'field_ignored', field: 'seed' },
  ];
  const written = JSON.stringify(row).replace('"same_failure"', '"Not repeated: the answer had begun."');
  database.prepare('UPDATE exchanges SET record = ?').run(written);
  const read = history.get('req_1');
  assert.deepEqual(read?.warnings, [
    { code: 'text', text: 'logprobs was ignored.' },
    { code: 'text', text: '{"code":"of_tomorrow","field":"x"}' },
    { code: 'field_ignored', field: 'seed' },
  ]);
  assert.deepEqual(
    read?.attempts.map(({ decision, failure }) => [decision, failure?.code]),
    [[null, 'upstream_error']],
  );
});

test('a notice is kept once, cut and without secrets, and twenty of them at most', () => {
  const recorder = setUp().start();
  const { record } = recorder;
  for (const field of ['a', 'a', 'Bearer abcdefgh1234567890', 'x'.repeat(5_000)])
    recorder.warn({ code: 'field_ignored', field });
  assert.deepEqual(record.warnings, [
    { code: 'field_ignored', field: 'a' },
    { code: 'field_ignored', field: 'Bearer [secret]' },
    { code: 'field_ignored', field: `${'x'.repeat(99)}…` },
  ]);
  for (let limit = 0; limit < 100; limit++) recorder.warn({ code: 'calls_left_out', limit });
  assert.equal(record.warnings.length, 20);
});
