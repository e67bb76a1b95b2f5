import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createHistory } from '../../electron/gateway/exchange/history.ts';
import { Figures } from '../../electron/gateway/figures/figures.ts';
import { openDatabase } from '../../electron/gateway/storage/database.ts';
import { windowNames } from '../../shared/figures.ts';
import { monthOf } from '../../tests/month.ts';
import { quantile } from '../processes/machine.ts';
import { table, whole } from '../table.ts';

const limits = () => ({ rows: 1_000_000, days: 3_650, megabytes: 10_000 });
const times = 30;

/** What saving costs with and without the sums, and how long Home waits for them, with few and with very many exchanges. */
export function figures(): void {
  const rows: string[][] = [];
  for (const count of [1_000, 200_000]) {
    const exchanges = monthOf(count, Date.now());
    for (const batch of [1, 50]) {
      const [alone, counted] = [false, true].map((withSums) => perThousand(exchanges, batch, withSums));
      rows.push([
        `  ${whole(count)} rows, ${batch} at once`,
        `${alone?.took.toFixed(0)} ms`,
        `${counted?.took.toFixed(0)} ms`,
        ...(counted?.read.map((took) => `${took.toFixed(1)} ms`) ?? []),
      ]);
    }
  }
  table('sums for Home', ['saving 1,000', 'with sums', ...windowNames.map((window) => `read ${window}`)], rows);
}

function perThousand(exchanges: ReturnType<typeof monthOf>, batch: number, withSums: boolean) {
  const folder = mkdtempSync(path.join(tmpdir(), 'traygate-bench-'));
  const database = openDatabase(folder);
  try {
    const sums = new Figures({
      database,
      sources: () => [],
      exchange: (id) => history.get(id),
      clock: Date.now,
      log: { warn: () => undefined },
    });
    const history = createHistory(database, limits, withSums ? sums.add : undefined);
    // The last thousand as they would come, those before as fast as it goes.
    const before = exchanges.slice(0, -1_000);
    for (let at = 0; at < before.length; at += 1_000) history.save(before.slice(at, at + 1_000));
    const started = performance.now();
    for (let at = before.length; at < exchanges.length; at += batch) history.save(exchanges.slice(at, at + batch));
    const took = performance.now() - started;
    const read = windowNames.map((window) => {
      const all = Array.from({ length: times }, () => {
        const asked = performance.now();
        JSON.stringify(sums.get(window));
        return performance.now() - asked;
      });
      return quantile(all, 0.5);
    });
    return { took, read };
  } finally {
    database.close();
    rmSync(folder, { recursive: true });
  }
}
