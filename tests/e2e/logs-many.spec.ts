/** Logs with everything in it that it can hold, while hundreds of requests a second come in; `npm run bench logs` says how fast. */
import { saveMonth } from '../month.ts';
import { test as base, expect, type Product } from './fixtures.ts';
import { askProduct } from './harness/client.ts';
import { go } from './harness/pages.ts';

const many = 50_000;
const perSecond = 200;

/** Requests at a steady pace until it is stopped, and then how many. */
function keepAsking(product: Product): { stop: () => Promise<number> } {
  const pending = new Set<Promise<unknown>>();
  const started = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - started) * perSecond) / 1_000;
    for (; sent < due && pending.size < 50; sent++) {
      const asked = askProduct(product, 'Ping', { model: 'local/echo' }).finally(() => pending.delete(asked));
      pending.add(asked);
    }
  }, 5);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(pending);
      return sent;
    },
  };
}

const test = base.extend({
  start: async ({ start }, use) => {
    saveMonth(start.dataDir, many);
    await use(start);
  },
});

test.skip(({ shell }) => shell === 'desktop', 'one is enough: it is the same page');

test('A8: fifty thousand rows are filtered and scrolled while two hundred a second come in', async ({
  product,
  page,
}) => {
  test.setTimeout(300_000);
  await go(page, 'Logs');
  const field = page.getByRole('combobox', { name: 'Search requests' });
  // A filter that nothing passes has all rows fetched.
  await field.fill('id:nothing');
  await expect(page.getByText('Nothing matches')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('0 of 50,000 requests')).toBeVisible({ timeout: 60_000 });
  await field.fill('');

  const { stop } = keepAsking(product);
  const rows = page.getByTestId('logs-scroller').getByRole('row');
  await page.getByRole('grid').hover();
  for (const wheel of [400, 4_000, 40_000, 400_000, -400_000]) {
    await page.mouse.wheel(0, wheel);
    await expect(rows.nth(5)).toBeVisible();
    // However many there are, only those in sight are drawn.
    expect(await rows.count()).toBeLessThan(100);
  }
  for (const typed of ['m', 'model:glm', 'model:glm ttft:>1s', 'model:qwen']) {
    await field.fill(typed);
    await expect(rows.nth(5)).toContainText(typed.startsWith('model:') ? new RegExp(typed.slice(6, 9), 'i') : /\d/u);
  }
  const asked = await stop();
  await field.fill('model:echo');
  await expect(page.getByText(new RegExp(`^${asked.toLocaleString('en')} of `))).toBeVisible();
});
