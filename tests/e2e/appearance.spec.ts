import { expect, test } from './fixtures.ts';
import { barriers, chooseLanguage, chooseTheme, languages } from './harness/barriers.ts';
import { askProduct } from './harness/client.ts';
import { addTokens, dismissToast, logRows } from './harness/pages.ts';

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

for (const language of ['en', 'zh-CN'] as const) {
  test(`no barriers on any page, ${languages[language]}`, async ({ product, page, zai }) => {
    // Ten pages, each read from top to bottom.
    test.slow();
    await addTokens(page, [zai.users.add({ name: 'Ada' }).token]);
    await page.getByRole('dialog', { name: '1 token added.' }).hover();
    expect(await barriers(page), 'toast').toEqual([]);
    await dismissToast(page, '1 token added.');
    await askProduct(product, 'Hello', { model: 'local/echo' });
    await askProduct(product, 'Hello', { model: 'local/error-500' });
    await chooseLanguage(page, language);
    for (const theme of ['light', 'dark'] as const) {
      await chooseTheme(page, theme);
      for (const route of ['/home', '/providers/zai', '/providers/zai?tab=models', '/logs']) {
        await page.evaluate((to) => void (location.hash = to), route);
        await page.getByRole('heading', { level: 1 }).waitFor();
        expect(await barriers(page), `${route} ${theme}`).toEqual([]);
      }
      await page.evaluate(() => void (location.hash = '/providers/longcat-api'));
      await page.getByRole('button', { name: /^(Add provider|添加服务商)$/ }).click();
      await page.getByRole('button', { name: 'OpenRouter' }).waitFor();
      expect(await barriers(page), `services ${theme}`).toEqual([]);
      await page.getByRole('button', { name: 'OpenRouter' }).click();
      await page.getByRole('textbox', { name: /^(Base URL|基础 URL)$/ }).fill('');
      await page.locator('button[type=submit]').click();
      expect(await barriers(page), `a service ${theme}`).toEqual([]);
      await page.keyboard.press('Escape');
      await page.evaluate(() => void (location.hash = '/logs'));
      await logRows(page).first().click();
      await page.getByTestId('verdict').waitFor();
      expect(await barriers(page), `details ${theme}`).toEqual([]);
    }
  });
}
