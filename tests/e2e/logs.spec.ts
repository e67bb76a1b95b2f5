import { scripts } from '../simulators/zai/simulator.ts';
import { expect, test } from './fixtures.ts';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { askProduct } from './harness/client.ts';
import { addTokens, details, go, logRows } from './harness/pages.ts';

test.use({ environment: { ANONYMOUS_MODE: 'false' } });

test('a failure says whose fault it was and shows the exact words on request', async ({ product, page, zai }) => {
  zai.answer(scripts.captcha());
  await addTokens(page, [zai.users.add().token]);
  await go(page, 'Logs');
  expect((await askProduct(product, 'Hello')).status).toBeGreaterThanOrEqual(400);
  await logRows(page).first().click();
  await details(page).getByRole('button', { name: 'What happened' }).click();
  await expect(details(page)).toContainText('captcha_required');
  await expect(details(page)).toContainText('FRONTEND_CAPTCHA_REQUIRED');
});

test('what was dropped and decided is said in the language of the window', async ({ product, page, zai }) => {
  const { token } = zai.users.add();
  zai.answer(scripts.status(429, { code: 429, message: 'Too Many Requests' }), token);
  await addTokens(page, [token]);
  await go(page, 'Logs');
  expect((await askProduct(product, 'Hello', { fields: { seed: 7, logit_bias: { 1: 1 } } })).status).toBe(429);
  await logRows(page).first().click();
  await expect(details(page)).toContainText('seed was ignored: Z.AI has no such setting.');

  await page.getByRole('button', { name: /^Language/ }).click();
  await page.getByRole('menuitemradio', { name: '简体中文' }).click();
  const chinese = page.getByRole('complementary', { name: '请求详情' });
  await expect(chinese.getByRole('heading', { name: '警告' })).toBeVisible();
  await expect(chinese.getByText('不支持 logit_bias，已忽略。')).toBeVisible();
  await expect(chinese.getByText('已忽略 seed：Z.AI 没有这项设置。')).toBeVisible();
  await chinese.getByRole('tab', { name: '尝试' }).click();
  await expect(chinese.getByText('未重试：没有其他令牌可用。')).toBeVisible();
  // What is folded away are the exact words of others.
  expect(await chinese.innerText()).not.toMatch(/[a-z]+ [a-z]+ [a-z]+/);
});

test('a request in flight is seen live and can be cancelled', async ({ product, page }) => {
  await go(page, 'Logs');
  const reply = askProduct(product, 'WAIT 20000', { model: 'local/script' }).catch((error: unknown) => String(error));
  await logRows(page).first().click();
  await details(page).getByRole('button', { name: 'Cancel request' }).click();
  await expect(logRows(page).first()).toContainText('Cancelled');
  expect(await reply).not.toMatchObject({ status: 200 });
});

const shownRows = (page: Page) =>
  page
    .getByTestId('logs-scroller')
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell') });
const tab = (page: Page, name: string) => details(page).getByRole('tab', { name });

test('filters with suggestions, by keyboard, and a link to what is shown', async ({ product, page }) => {
  await askProduct(product, 'one', { model: 'local/echo' });
  await askProduct(product, 'two', { model: 'local/error-429' });
  await go(page, 'Logs');
  await expect(shownRows(page)).toHaveCount(2);
  const field = page.getByRole('combobox', { name: 'Search requests' });
  await field.focus();
  await field.pressSequentially('stat');
  await expect(page.getByRole('listbox', { name: 'Filters' }).getByRole('option')).toHaveText([/^status:/]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('status:');
  await field.pressSequentially('>=400');
  await expect(shownRows(page)).toHaveCount(1);
  await expect(shownRows(page)).toContainText('429');
  await expect.poll(() => page.evaluate(() => decodeURIComponent(location.hash))).toContain('status:>=400');
  await field.fill('ttft:soon');
  await expect(page.getByText('Not understood: ttft:soon')).toBeVisible();
  await expect(shownRows(page)).toHaveCount(2);
});

test('paused, the list waits and counts; then it has all', async ({ product, page }) => {
  await askProduct(product, 'one', { model: 'local/echo' });
  await go(page, 'Logs');
  await expect(shownRows(page)).toHaveCount(1);
  await page.getByRole('grid').focus();
  await page.keyboard.press('Space');
  for (const prompt of ['two', 'three']) await askProduct(product, prompt, { model: 'local/echo' });
  await expect(page.getByText('Paused, 2 new.')).toBeVisible();
  await expect(shownRows(page)).toHaveCount(1);
  await page.keyboard.press('Space');
  await expect(shownRows(page)).toHaveCount(3);
});

test('a replay is sent again and marked, and both answers stand side by side', async ({ product, page }) => {
  await askProduct(product, 'Say it again', { model: 'local/echo' });
  await go(page, 'Logs');
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('r');
  await expect(shownRows(page)).toHaveCount(2);
  await expect(details(page).getByText('Replay of')).toBeVisible();
  await expect(shownRows(page).first()).toContainText('Replay');
  await tab(page, 'Response').click();
  await expect(details(page).getByRole('heading', { name: 'First answer' })).toBeVisible();
  await expect(details(page).locator('pre', { hasText: 'Say it again' })).toHaveCount(2);
});

test('columns, density and pins are remembered, and the panel takes its width from the keyboard', async ({
  product,
  page,
}) => {
  await askProduct(product, 'one', { model: 'local/echo' });
  await go(page, 'Logs');
  await page.getByRole('button', { name: 'View' }).click();
  await page.getByRole('checkbox', { name: 'Request id' }).check();
  await page.getByRole('radio', { name: 'Comfortable' }).check();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Request id' })).toHaveCount(1);
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('p');
  await page.keyboard.press('Enter');
  const handle = page.getByRole('separator', { name: 'Width of the details' });
  await handle.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(handle).toHaveAttribute('aria-valuenow', '504');
  await page.reload();
  await expect(handle).toHaveAttribute('aria-valuenow', '504');
  await details(page).getByRole('button', { name: 'Close details' }).click();
  await expect(page.getByRole('columnheader', { name: 'Request id' })).toHaveCount(1);
  await expect(shownRows(page).getByLabel('Pinned')).toBeVisible();
  expect((await shownRows(page).first().boundingBox())?.height).toBe(40);
});

test('nothing about the page is in the way of a screen reader, in any tab', async ({ product, page }) => {
  test.slow();
  await askProduct(product, 'one', { model: 'local/echo', stream: true });
  await askProduct(product, 'two', { model: 'local/error-429' });
  await go(page, 'Logs');
  await logRows(page).first().click();
  for (const name of ['Overview', 'Attempts', 'Request', 'Response', 'Error']) {
    await tab(page, name).click();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
      name,
    ).toEqual([]);
  }
});
