/** The part of main.ts that runs behind the fence: one client after the other, one scenario after the other. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Product } from '../api/product.ts';
import { type Client, type Play, type Result, type Scenario, scenarios } from './client.ts';
import { Front } from './front.ts';
import { cacheDir, type Places } from './install.ts';
import { clients } from './known/all.ts';
import { Lab } from './lab.ts';
import { type Line, passed, table } from './report.ts';

const Orders = z.object({
  installed: z.record(
    z.string(),
    z.union([z.object({ places: z.record(z.string(), z.string()) }), z.object({ why: z.string() })]),
  ),
  strict: z.boolean(),
  fence: z.record(z.string(), z.string()),
});
const { installed, strict, fence } = Orders.parse(JSON.parse(process.argv[2] ?? ''));

mkdirSync(cacheDir, { recursive: true });
// Not in the system's temporary folder: Codex refuses to keep its helpers there.
const runs = mkdtempSync(path.join(cacheDir, 'run-'));
const product = await Product.start();
const front = await Front.start(product.url);

async function inLab<T>(places: Places, play: (lab: Lab) => Promise<T>): Promise<T> {
  const lab = new Lab({ runs, places, product, front, fence });
  try {
    return await play(lab);
  } finally {
    await lab.close();
  }
}

async function played(scenario: Scenario, places: Places, play: Play): Promise<Result> {
  try {
    return { scenario, ok: true, note: (await inLab(places, play)) ?? '' };
  } catch (error) {
    return { scenario, ok: false, note: error instanceof Error ? error.message : String(error) };
  }
}

async function results({ play, title }: Client, places: Places): Promise<readonly Result[]> {
  if (typeof play === 'function') {
    const found = await inLab(places, play);
    console.log(`${title}: ${found.every(({ ok }) => ok) ? 'ok' : 'FAILED'}`);
    return found;
  }
  const list: Result[] = [];
  for (const scenario of scenarios) {
    const scene = play[scenario];
    if (!scene) continue;
    const started = performance.now();
    const result = await played(scenario, places, scene);
    console.log(
      `${title}, ${scenario}: ${result.ok ? 'ok' : 'FAILED'} (${Math.round(performance.now() - started)} ms)`,
    );
    list.push(result);
  }
  return list;
}

const lines: Line[] = [];
try {
  for (const client of clients) {
    const place = installed[client.id];
    if (!place) continue;
    lines.push({ client, results: 'why' in place ? place : await results(client, place.places) });
  }
} finally {
  await front.close();
  await product.stop();
  rmSync(runs, { recursive: true, force: true, maxRetries: 5 });
}
console.log(`\n${table(lines)}`);
process.exit(passed(lines, strict) ? 0 : 1);
