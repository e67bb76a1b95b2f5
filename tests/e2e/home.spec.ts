import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Locator, Page } from '@playwright/test';
import { scripts } from '../simulators/zai/simulator.ts';
import { expect, test } from './fixtures.ts';
import { barriers, chooseLanguage, chooseTheme, languages } from './harness/barriers.ts';
import { askProduct } from './harness/client.ts';
import { repository } from './harness/machine.ts';
import { addTokens, dismissToast, go } from './harness/pages.ts';
import type { Product } from './harness/product.ts';

const chart = (page: Page, id: string): Locator => page.getByTestId(`chart-${id}`);

/** Three answers, one bad request, one failure of a provider, and one that was broken off. Returns what the answers say of tokens. */
async function askAround(product: Product): Promise<{ input: number; output: number }> {
  const spent = { input: 0, output: 0 };
  for (const prompt of ['one', 'one two three', 'one two']) {
    const { text } = await askProduct(product, prompt, { model: 'local/echo' });
    const { usage } = JSON.parse(text) as { usage: { prompt_tokens: number; completion_tokens: number } };
    spent.input += usage.prompt_tokens;
    spent.output += usage.completion_tokens;
  }
  expect(await askProduct(product, 'x', { model: 'no-such-model' })).toMatchObject({ status: 404 });
  expect((await askProduct(product, 'x', { model: 'local/error-500' })).status).toBeGreaterThanOrEqual(500);
  const signal = AbortSignal.timeout(700);
  await expect(askProduct(product, 'x', { model: 'local/slow', stream: true, signal })).rejects.toThrow();
  return spent;
}

/** Each column of numbers of a table, summed up by its heading. */
async function sums(table: Locator): Promise<Record<string, number>> {
  const heads = await table.getByRole('columnheader').allInnerTexts();
  const rows = await table
    .getByRole('row')
    .filter({ has: table.page().getByRole('cell') })
    .all();
  const found: Record<string, number> = {};
  for (const row of rows)
    for (const [at, text] of (await row.getByRole('cell').allInnerTexts()).entries())
      found[heads[at + 1] ?? ''] = (found[heads[at + 1] ?? ''] ?? 0) + Number(text.replaceAll(',', ''));
  return found;
}

const asTable = async (page: Page, id: string): Promise<Locator> => {
  await chart(page, id)
    .getByRole('button', { name: /view as table/ })
    .click();
  return chart(page, id).getByRole('table');
};

test('charts say in numbers what was really asked, in every window, and so does the file', async ({
  product,
  page,
}) => {
  await go(page, 'Home');
  const spent = await askAround(product);
  const outcomes = { OK: 3, 'Client error': 1, 'Upstream error': 1, Cancelled: 1 };
  const requests = await asTable(page, 'requests');
  // Charts stand still while they are pointed at.
  await page.getByRole('heading', { level: 1 }).hover();
  await expect.poll(() => sums(requests)).toEqual(outcomes);
  expect(await sums(await asTable(page, 'tokens'))).toMatchObject({ In: spent.input, Out: spent.output });
  expect(await sums(await asTable(page, 'errors'))).toMatchObject({ Failed: 2, Finished: 5 });
  await expect(page.getByRole('definition').filter({ hasText: /^6$/ })).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: /^40%$/ })).toBeVisible();

  for (const [name, unit] of [
    ['15 min', 'per 5 s'],
    ['24 h', 'per 15 min'],
    ['7 d', 'per hour'],
    ['30 d', 'per 6 h'],
  ] as const) {
    await page.getByRole('button', { name, exact: true }).click();
    await expect(chart(page, 'requests').getByText(unit, { exact: true })).toBeVisible();
    await expect.poll(() => sums(requests), name).toEqual(outcomes);
  }

  await page.getByRole('button', { name: 'Requests: copy CSV' }).click();
  await expect.poll(() => product.clipboard()).toContain('time,ok,client_error,upstream_error,cancelled');
  const [, ...lines] = (await product.clipboard()).trimEnd().split(/\r?\n/u);
  const counted = lines.map((line) => line.split(',').slice(1).map(Number));
  expect([0, 1, 2, 3].map((at) => counted.reduce((sum, row) => sum + (row[at] ?? 0), 0))).toEqual([3, 1, 1, 1]);

  // The window stays what it was, also after a restart of the page.
  await page.reload();
  await expect(page.getByRole('button', { name: '30 d', exact: true })).toHaveAttribute('aria-pressed', 'true');
});

test('the table of a chart can be saved as a file', async ({ product, page, shell }) => {
  test.skip(shell === 'desktop', 'the dialogue of the system asks where to');
  await askProduct(product, 'Hello', { model: 'local/echo' });
  await go(page, 'Home');
  await expect(page.getByRole('slider', { name: /^Requests/ })).toHaveAttribute('aria-valuetext', /OK 1/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Requests: save as CSV file' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('traygate-requests.csv');
  expect(readFileSync(await download.path(), 'utf8')).toMatch(/^time,ok,.*\r\n\d{4}-\d\d-\d\dT[\d:.]+Z,1,0,0,0\r\n$/u);
});

test('by keyboard: a chart is walked through, stands still meanwhile, and its series can be switched off', async ({
  product,
  page,
}) => {
  await askProduct(product, 'Hello', { model: 'local/echo' });
  await go(page, 'Home');
  const walk = page.getByRole('slider', { name: /^Requests/ });
  await expect(walk).toHaveAttribute('aria-valuetext', /OK 1/);
  await walk.focus();
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  await page.keyboard.press('Home');
  await expect(walk).toHaveAttribute('aria-valuetext', /OK 0, Client error 0/);
  await page.keyboard.press('End');
  await expect(walk).toHaveAttribute('aria-valuetext', /OK 1/);
  const ok = chart(page, 'requests').getByRole('button', { name: 'OK' });
  await ok.press('Enter');
  await expect(ok).toHaveAttribute('aria-pressed', 'false');
  await expect(walk).not.toHaveAttribute('aria-valuetext', /OK/);
  await expect(page.getByText('Live', { exact: true }).first()).toBeVisible();
});

test('each token has its strip, and one that was rejected is asked attention for', async ({ product, page, zai }) => {
  const [good, revoked] = [zai.users.add(), zai.users.add()];
  zai.answer(scripts.status(401, { code: 401, message: 'Unauthorized' }), revoked.token);
  await addTokens(page, [good.token, revoked.token]);
  // They take turns, so that both are asked.
  for (const prompt of ['one', 'two']) expect((await askProduct(product, prompt)).status).toBe(200);
  await go(page, 'Home');
  const health = chart(page, 'health');
  await expect(health.getByRole('img', { name: /Z1: OK/ })).toBeVisible();
  await expect(health.getByRole('img', { name: /Z2: (Degraded|Invalid)/ })).toBeVisible();
  await expect(health.getByRole('link', { name: 'Z.AI · Z1' })).toHaveAttribute('href', /providers\/zai/);
  await expect(page.getByText('Z.AI rejected 1 token. It may have expired.')).toBeVisible();
});

test('A24: the first page is light: what draws the charts comes after it', () => {
  const folder = path.join(repository, 'dist/renderer');
  const html = readFileSync(path.join(folder, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/gu)].map(([, name = '']) => name);
  const files = named.map((name) => readFileSync(path.join(folder, name)));
  expect(files.length).toBeGreaterThan(1);
  expect(files.some((file) => file.includes('u-cursor-x'))).toBe(false);
  expect(files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0)).toBeLessThan(350 * 1024);
});

for (const language of ['en', 'zh-CN'] as const) {
  test(`no barriers on Home, as charts and as tables, ${languages[language]}`, async ({ product, page, zai }) => {
    test.slow();
    await addTokens(page, [zai.users.add().token]);
    await dismissToast(page, '1 token added.');
    await askProduct(product, 'Hello', { stream: true });
    await askProduct(product, 'Hello', { model: 'local/error-500' });
    await go(page, 'Home');
    await chooseLanguage(page, language);
    await page.locator('.uplot').first().waitFor();
    for (const theme of ['light', 'dark'] as const) {
      await chooseTheme(page, theme);
      expect(await barriers(page), theme).toEqual([]);
      const views = page.getByRole('button', { name: /view as table|以表格查看/u });
      for (let left = await views.count(); left > 0; left--) await views.first().click();
      expect(await barriers(page), `tables, ${theme}`).toEqual([]);
      const back = page.getByRole('button', { name: /view as chart|以图表查看/u });
      for (let left = await back.count(); left > 0; left--) await back.first().click();
    }
  });
}
