import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { openDatabase } from '../storage/database.ts';
import { createSealer } from '../storage/sealer.ts';
import { fresh, type Health } from './health.ts';
import { storedToken } from './testing.ts';
import { createTokenStore } from './token-store.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'traygate-pool-'));
after(() => rmSync(folder, { recursive: true }));
const sealer = createSealer(Buffer.alloc(32, 1));

const reason = { code: 'upstream_rate_limited', message: 'Slow down.', evidence: 'others-fine' } as const;
const healths: readonly Health[] = [
  { ...fresh, state: 'cooling', failures: 3, rests: 2, since: 10, until: 20, reason },
  { ...fresh, state: 'quota', rests: 1, since: 10, until: 30, reason },
  { ...fresh, state: 'invalid', since: 10, reason },
  fresh,
];

test('F069: health, reasons, weights and tiers are as they were after a restart', () => {
  const dir = mkdtempSync(path.join(folder, 'db-'));
  const first = openDatabase(dir);
  const store = createTokenStore(first, sealer);
  store.insert(healths.map((_, at) => storedToken('zai', `Z${at}`, { createdAt: at })));
  for (const [at, health] of healths.entries())
    store.update(storedToken('zai', `Z${at}`, { health, weight: 3, priority: at + 1, ok: 7 }));
  first.close();
  const again = openDatabase(dir);
  const loaded = createTokenStore(again, sealer).load();
  assert.deepEqual(loaded.map(({ health }) => health), healths); // prettier-ignore
  assert.deepEqual(loaded.map(({ weight, priority, ok }) => [weight, priority, ok]), [[3, 1, 7], [3, 2, 7], [3, 3, 7], [3, 4, 7]]); // prettier-ignore
  again.close();
});

test('what an earlier version wrote of health is read; what nobody understands is forgotten', () => {
  const database = openDatabase(mkdtempSync(path.join(folder, 'db-')));
  const store = createTokenStore(database, sealer);
  const written = [
    '{"state":"cooling","failures":1,"until":20,"reason":{"code":"c","message":"m"}}',
    '{"state":"molten","failures":1,"until":20,"reason":null}',
  ];
  store.insert(written.map((_, at) => storedToken('zai', `Z${at}`, { createdAt: at })));
  for (const [at, health] of written.entries())
    database.prepare('UPDATE tokens SET health = ? WHERE id = ?').run(health, `Z${at}`);
  const [old, unknown] = store.load();
  const kept = { code: 'c', message: 'm', evidence: null };
  assert.deepEqual(old?.health, { ...fresh, state: 'cooling', failures: 1, until: 20, reason: kept });
  assert.deepEqual(unknown?.health, fresh);
  database.close();
});
