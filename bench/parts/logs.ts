import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { Product } from '../../tests/api/product.ts';
import { findChromium } from '../../tests/chromium.ts';
import { longestWork } from '../../tests/longest-work.ts';
import { buildProduct } from '../built.ts';
import { saveMonth } from '../../tests/month.ts';
import { quantile } from '../processes/machine.ts';
import { table } from '../table.ts';

const rows = 50_000;
const perSecond = 200;
const phaseMs = 8_000;
const probes = 60;

/** Logs with everything in it that it can hold, while hundreds of requests a second come in: scrolled, then filtered. */
export async function logs(): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === null) {
    console.log('\nlogs: no Chromium was found (npx playwright install chromium)');
    return;
  }
  const built = await buildProduct({ window: true });
  const product = await Product.start({}, built.entry, { home: withHistory() });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--enable-precise-memory-info'] });
  try {
    const alone = await firstTokens(product);
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    await page.goto(/https?:\/\/\S+#\/sign-in\?code=\S+/.exec(product.output)?.[0] ?? product.url);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.evaluate(() => void (location.hash = '#/logs'));
    const field = page.getByRole('combobox', { name: 'Search requests' });
    // A filter that nothing passes has all rows fetched.
    await field.fill('id:nothing');
    await page.getByText('Nothing matches').waitFor({ timeout: 300_000 });
    await field.fill('');
    const held = await page.getByText(/of [\d,]+ requests/).innerText();
    await sleep(2_000);
    const watched = await firstTokens(product);

    const results: [string, Work][] = [];
    const measure = async (name: string, act: () => Promise<void>) => {
      await page.evaluate(startWatching);
      await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
      await act();
      const worked = longestWork(await browser.stopTracing());
      results.push([name, { ...(await page.evaluate(stopWatching)), worked }]);
    };
    await measure('  at rest', () => sleep(phaseMs));
    const load = live(product);
    await measure('  new rows', () => sleep(phaseMs));
    await page.getByRole('grid').hover();
    await measure('  new rows, scrolled', async () => {
      for (const until = Date.now() + phaseMs; Date.now() < until; await sleep(30)) await page.mouse.wheel(0, 400);
    });
    await measure('  new rows, filtered', async () => {
      for (const until = Date.now() + phaseMs; Date.now() < until;)
        for (const typed of ['m', 'model:glm', 'model:glm ttft:>1s', 'qwen', '']) {
          await field.fill(typed);
          await sleep(300);
        }
    });
    const came = await load.stop();
    table(
      `Logs in a browser (${held}), ${came.toFixed(0)} requests/s`,
      ['longest task', 'of it processor time', 'tasks > 50 ms', 'frames/s', 'heap'],
      results.map(([name, { longest, worked, many, frames, heap }]) => [
        name,
        longest === 0 ? '< 50 ms' : `${longest.toFixed(0)} ms`,
        `≤ ${worked.toFixed(0)} ms`,
        String(many),
        frames.toFixed(0),
        `${heap.toFixed(0)} MB`,
      ]),
    );
    const median = (times: readonly number[]) => `${quantile(times, 0.5).toFixed(2)} ms`;
    table(
      'first token of a short answer',
      ['p50'],
      [
        ['  no window', median(alone)],
        ['  Logs open', median(watched)],
      ],
    );
  } finally {
    await browser.close();
    await product.stop();
    built.remove();
  }
}

interface Work {
  readonly longest: number;
  /** The most processor time that one task has taken: what the clock says is longer where others want the processor. */
  readonly worked: number;
  readonly many: number;
  readonly frames: number;
  readonly heap: number;
}

/** Runs in the page. */
function startWatching(): void {
  const found = { tasks: [] as number[], frames: 0, started: performance.now() };
  Reflect.set(window, 'watched', found);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) found.tasks.push(duration);
  }).observe({ type: 'longtask' });
  const frame = () => {
    found.frames += 1;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** Runs in the page. */
function stopWatching(): Omit<Work, 'worked'> {
  const { tasks, frames, started } = Reflect.get(window, 'watched') as {
    tasks: number[];
    frames: number;
    started: number;
  };
  const memory = Reflect.get(performance, 'memory') as { usedJSHeapSize: number };
  return {
    longest: Math.max(0, ...tasks),
    many: tasks.length,
    frames: (frames * 1_000) / (performance.now() - started),
    heap: memory.usedJSHeapSize / 1e6,
  };
}

/** Requests at a steady pace, whatever becomes of them. */
function live(product: Product): { stop: () => Promise<number> } {
  const started = performance.now();
  const pending = new Set<Promise<unknown>>();
  let sent = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - started) * perSecond) / 1_000;
    for (; sent < due && pending.size < 100; sent++) {
      const asked = product
        .chat({ model: 'local/echo', messages: [{ role: 'user', content: 'Ping' }] })
        .finally(() => pending.delete(asked));
      pending.add(asked);
    }
  }, 5);
  return {
    async stop() {
      clearInterval(timer);
      const rate = ((sent - pending.size) * 1_000) / (performance.now() - started);
      await Promise.allSettled(pending);
      return rate;
    },
  };
}

async function firstTokens(product: Product): Promise<number[]> {
  const times: number[] = [];
  for (let at = 0; at < probes; at++) {
    const started = performance.now();
    await product.chat({ model: 'local/echo', messages: [{ role: 'user', content: 'Ping' }], stream: true });
    times.push(performance.now() - started);
  }
  return times.slice(probes / 3);
}

function withHistory(): string {
  const place = mkdtempSync(path.join(tmpdir(), 'traygate-bench-'));
  const dataDir = path.join(place, 'data');
  mkdirSync(dataDir, { mode: 0o700 });
  saveMonth(dataDir, rows);
  return place;
}
