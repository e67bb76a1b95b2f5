import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { databaseFile, openDatabase } from '../storage/database.ts';
import type { Exchange } from '../../../shared/exchange.ts';
import { createHistory, type History } from './history.ts';
import { ExchangeRecorder } from './recorder.ts';
import type { Limits } from './retention.ts';

const root = mkdtempSync(path.join(tmpdir(), 'traygate-retention-'));
after(() => rmSync(root, { recursive: true }));

const dayMs = 86_400_000;
const plenty: Limits = { rows: 200_000, days: 3_650, megabytes: 10_000 };

function setUp(limits: Partial<Limits>) {
  const dataDir = mkdtempSync(path.join(root, 'd-'));
  const database = openDatabase(dataDir);
  const inForce = { ...plenty, ...limits };
  return { dataDir, database, inForce, history: createHistory(database, () => inForce) };
}

let made = 0;
function row(receivedAt = Date.now(), outcome: Exchange['outcome'] = 'ok'): Exchange {
  const start = {
    id: `req_${++made}`,
    dialect: 'openai-chat',
    clientKey: null,
    client: 'x'.repeat(100),
    model: 'm',
    stream: true,
  } as const;
  const { record } = new ExchangeRecorder(start, () => {});
  return { ...record, receivedAt, outcome };
}
const rows = (count: number, receivedAt?: number) => Array.from({ length: count }, () => row(receivedAt));
const count = (history: History) => history.list(1_000_000, null).length;

test('rows that are too many go, the oldest first', () => {
  const { history } = setUp({ rows: 100 });
  for (let batch = 0; batch < 5; batch++) history.save(rows(60));
  const kept = history.list(1_000, null);
  assert.equal(kept.length, 100);
  assert.equal(kept[0]?.id, `req_${made}`);
});

test('rows that are too old go, also while no new ones come', () => {
  const { history } = setUp({ days: 30 });
  history.save([row(Date.now() - 31 * dayMs), row(Date.now() - 29 * dayMs)]);
  while (history.prune());
  assert.equal(count(history), 1);
});

test('F084: the file stays below its limit however many come, and shrinks when the limit does', () => {
  const { history, inForce, database, dataDir } = setUp({ megabytes: 10 });
  for (let batch = 0; batch < 60; batch++) history.save(rows(500));
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const before = statSync(databaseFile(dataDir)).size;
  assert.ok(before < 11_000_000, String(before));
  assert.ok(count(history) > 5_000, 'and is not emptied');
  inForce.megabytes = 2;
  while (history.prune());
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  assert.ok(statSync(databaseFile(dataDir)).size < 4_000_000);
});

test('F084: one save removes a bounded number, so that no answer waits long', () => {
  const { history, inForce } = setUp({});
  history.save(rows(5_000));
  inForce.rows = 100;
  history.save(rows(1));
  assert.ok(count(history) > 4_000);
});

test('F090: what was being answered when the process died is found as interrupted, once', () => {
  const { history, database } = setUp({});
  const now = Date.now();
  const active = { ...row(now, 'active'), leased: 3, lastToken: 250.5, characters: 40 };
  const finished = row(now + 1, 'active');
  history.save([], [active, finished]);
  history.save([{ ...finished, outcome: 'ok' }], [active]);
  assert.deepEqual(
    history.list(10, null).map(({ id }) => id),
    [finished.id],
    'what still runs is shown from memory',
  );
  const next = createHistory(database, () => plenty);
  assert.deepEqual(
    next.list(10, null).map(({ id, outcome, closed, characters }) => [id, outcome, closed, characters]),
    [
      [finished.id, 'ok', null, 0],
      [active.id, 'interrupted', 250.5, 40],
    ],
  );
  assert.equal(count(createHistory(database, () => plenty)), 2);
});
