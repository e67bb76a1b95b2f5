import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { Product } from '../../tests/api/product.ts';
import { findChromium } from '../../tests/chromium.ts';
import { buildProduct } from '../built.ts';
import { saveMonth } from '../../tests/month.ts';
import { quantile } from '../processes/machine.ts';
import { table } from '../table.ts';

const times = 7;
const rows = 50_000;

/** From asking for the page, its files cached or not, to the first paint, to the tiles, and to the last chart. */
export async function home(): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === null) {
    console.log('\nhome: no Chromium was found (npx playwright install chromium)');
    return;
  }
  const built = await buildProduct({ window: true });
  const product = await Product.start({}, built.entry, { home: withHistory() });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const link = /https?:\/\/\S+#\/sign-in\?code=\S+/.exec(product.output)?.[0] ?? product.url;
    const cookies = await signedIn(browser, link);
    const found: Record<'cold' | 'warm', Paint[]> = { cold: [], warm: [] };
    for (let at = 0; at < times; at++) {
      const context = await browser.newContext({ storageState: cookies });
      for (const state of ['cold', 'warm'] as const) {
        const page = await context.newPage();
        await page.goto(`${product.url}/ui/#/home`);
        found[state].push(await painted(page));
        await page.close();
      }
      await context.close();
    }
    const median = (state: 'cold' | 'warm', moment: keyof Paint): string => {
      const all = found[state].map((paint) => paint[moment]);
      return `${quantile(all, 0.5).toFixed(0)} ms`;
    };
    table(
      `Home in a browser, ${rows.toLocaleString('en')} requests behind it, median of ${times}`,
      ['first paint', 'tiles', 'all charts'],
      [
        ['  nothing cached', median('cold', 'first'), median('cold', 'tiles'), median('cold', 'charts')],
        ['  cached', median('warm', 'first'), median('warm', 'tiles'), median('warm', 'charts')],
      ],
    );
  } finally {
    await browser.close();
    await product.stop();
    built.remove();
  }
}

interface Paint {
  readonly first: number;
  readonly tiles: number;
  readonly charts: number;
}
type Browser = Awaited<ReturnType<typeof chromium.launch>>;
type Page = Awaited<ReturnType<Browser['newPage']>>;

async function signedIn(browser: Browser, link: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole('heading', { level: 1 }).waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Milliseconds since the page was asked for, by the page's own clock. */
function painted(page: Page): Promise<Paint> {
  return page.evaluate(async () => {
    const seen = async (selector: string, count: number): Promise<number> => {
      while (document.querySelectorAll(selector).length < count)
        await new Promise((resolve) => {
          requestAnimationFrame(resolve);
        });
      return performance.now();
    };
    const tiles = await seen('main dl dd', 18);
    const charts = await seen('.uplot canvas', 5);
    return { first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN, tiles, charts };
  });
}

function withHistory(): string {
  const place = mkdtempSync(path.join(tmpdir(), 'traygate-bench-'));
  const dataDir = path.join(place, 'data');
  mkdirSync(dataDir, { mode: 0o700 });
  saveMonth(dataDir, rows);
  return place;
}
