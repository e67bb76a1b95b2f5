/** A gateway that nobody asks sleeps: `npm run bench idle` measures it. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Timers } from '../timers.ts';
import { Product } from './product.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'traygate-timers-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const shortest = 1_000;

async function timersOf(product: Product, file: string): Promise<Timers> {
  rmSync(file, { force: true });
  product.signal('SIGUSR2');
  while (!existsSync(file)) await sleep(20);
  return JSON.parse(readFileSync(file, 'utf8')) as Timers;
}

const signals = process.platform === 'win32' ? 'Windows has no signals' : false;
test('when nobody asks, no timer is set to less than a second', { skip: signals, timeout: 60_000 }, async () => {
  const file = path.join(folder, 'timers.json');
  const preload = path.join(import.meta.dirname, '../timers.ts');
  const product = await Product.start({
    NODE_OPTIONS: `--import ${preload}`,
    TRAYGATE_TIMERS: file,
    LONGCAT_TOKEN: 'token-0123456789',
    ANONYMOUS_MODE: 'true',
  });
  try {
    await product.chat({ model: 'local/echo', messages: [{ role: 'user', content: 'Hello' }] });
    // What the start and the request have left to do may take its moment; what stays for good does not end.
    let found = await timersOf(product, file);
    const hasty = () => found.set.filter(({ ms }) => ms < shortest);
    for (let looks = 0; hasty().length > 0 && looks < 100; looks++) {
      await sleep(200);
      found = await timersOf(product, file);
    }
    assert.deepEqual(hasty(), []);
    // It is looked at all: these are set for good.
    for (const line of ['gateway/watch.ts', 'gateway/sources.ts', '_http_server'])
      assert.ok(
        found.set.some((timer) => timer.line.includes(line)),
        line,
      );
  } finally {
    await product.stop();
  }
});
