import { expect, test } from './fixtures.ts';
import { barriers, chooseLanguage, chooseTheme } from './harness/barriers.ts';
import { addTokens } from './harness/pages.ts';

test('theme and language change at once and stay', async ({ page }) => {
  const root = page.locator('html');
  const home = page.getByRole('link', { name: '首页', exact: true });
  const colour = () => page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
  await chooseTheme(page, 'light');
  const light = await colour();
  await chooseTheme(page, 'dark');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  expect(await colour()).not.toBe(light);

  await chooseLanguage(page, 'zh-CN');
  await expect(root).toHaveAttribute('lang', 'zh-CN');
  await expect(home).toBeVisible();
  await expect(page).toHaveTitle(/首页/);

  await page.reload();
  await expect(home).toBeVisible();
  await expect(root).toHaveAttribute('data-theme', 'dark');
});

test('a toast, and the sheet of a service with what is wrong in it, have no barriers', async ({ page, zai }) => {
  await addTokens(page, [zai.users.add({ name: 'Ada' }).token]);
  // Read while it stays: half faded out it has no contrast worth measuring.
  const toast = page.getByRole('dialog', { name: '1 token added.' });
  await toast.hover();
  expect(await barriers(page), 'toast').toEqual([]);
  await toast.getByRole('button', { name: 'Dismiss' }).click();
  await expect(toast).toBeHidden();
  await page.getByRole('button', { name: 'Add provider' }).click();
  await page.getByRole('button', { name: 'OpenRouter' }).click();
  await page.getByRole('textbox', { name: 'Base URL' }).fill('');
  await page.locator('button[type=submit]').click();
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    expect(await barriers(page), theme).toEqual([]);
  }
});
