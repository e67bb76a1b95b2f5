import type { Page } from '@playwright/test';
import { scripts } from '../simulators/zai/simulator.ts';
import { expect, test } from './fixtures.ts';
import { barriers, chooseLanguage } from './harness/barriers.ts';
import { ask } from './harness/client.ts';
import { cutTexts } from './harness/cut-text.ts';
import { startDesktop } from './harness/desktop.ts';
import { startHeadless } from './harness/headless.ts';
import { addTokens, go, header } from './harness/pages.ts';

const strip = (page: Page) => page.getByTestId('self-test').getByRole('listitem');
const checklist = (page: Page) => page.getByTestId('checklist');
const done = (page: Page) => checklist(page).locator('li[data-done=true]');

test.describe('by itself', () => {
  test.use({ environment: { SELF_TEST: 'true' } });

  test('A1: four lines turn green, and a client with the copied values gets its first answer', async ({
    product,
    page,
  }) => {
    await expect(page.getByRole('heading', { name: 'Your local API is ready' })).toBeVisible();
    // The budget of the acceptance test, not a measurement.
    await expect(page.locator('[data-testid=self-test] li[data-state=ok]')).toHaveCount(4, { timeout: 8_000 });
    await expect(strip(page).nth(0)).toContainText(`Listens on 127.0.0.1:${product.port}`);
    await expect(strip(page).nth(1)).toContainText('The key works');
    await expect(strip(page).nth(2)).toContainText('Reaches Z.AI');
    await expect(strip(page).nth(3)).toContainText(/A first answer as a guest · first token after/u);
    await expect(done(page)).toHaveCount(0);

    await header(page).getByRole('button', { name: 'Copy base URL' }).click();
    await expect.poll(product.clipboard).toBe(`${product.baseUrl}/v1`);
    const url = await product.clipboard();
    await header(page).getByRole('button', { name: 'Copy key' }).click();
    await expect.poll(product.clipboard).toMatch(/^sk-local-/u);
    expect(await ask(url, await product.clipboard(), 'Hello', { agent: 'curl/8.11.0' })).toMatchObject({ status: 200 });
    await expect(done(page).filter({ hasText: 'Send the first request' })).toBeVisible();
    await expect(done(page).filter({ hasText: 'Set up a client' })).toBeVisible();
  });
});

test.describe('kept out', () => {
  test.use({ environment: { SELF_TEST: 'true' } });
  // Before the product starts, which asks at once.
  test.beforeEach(({ zai }) => zai.answer(scripts.status(405, '<html>blocked</html>')));

  test('a provider that lets no guests in: one sentence, and the way round it', async ({ page }) => {
    const last = strip(page).last();
    await expect(last).toHaveAttribute('data-state', 'failed');
    await expect(last.getByRole('link')).toBeVisible();
    await expect(last.getByRole('button', { name: 'Check again' })).toBeVisible();
  });
});

test.describe('out of reach', () => {
  test.use({ environment: { SELF_TEST: 'true', ZAI_BASE_URL: 'http://127.0.0.1:9' } });

  test('a provider that cannot be reached: a proxy is offered', async ({ page }) => {
    const third = strip(page).nth(2);
    await expect(third).toHaveAttribute('data-state', 'failed');
    await third.getByRole('link', { name: 'Set an outbound proxy' }).click();
    await expect(page).toHaveURL(/#\/settings\/network/u);
  });
});

test('what is done is ticked off, in both languages, and is so after a restart; the list can be sent away', async ({
  start,
  shell,
  openBrowser,
  zai,
}) => {
  test.skip(shell === 'headless' && process.platform === 'win32', 'no signal ends it there');
  const open = async () => {
    if (shell === 'desktop') return startDesktop(start);
    return startHeadless(start, await openBrowser());
  };
  const first = await open();
  const { page } = first;
  await expect(checklist(page)).toContainText('0 of 4 done');
  await checklist(page).getByRole('link', { name: 'Add token' }).click();
  await expect(page.getByRole('dialog', { name: 'Add tokens' })).toBeVisible();
  await page.keyboard.press('Escape');
  await addTokens(page, [zai.users.add().token]);
  await go(page, 'Home');
  await expect(done(page)).toHaveCount(1);
  expect(await barriers(page)).toEqual([]);
  await checklist(page).getByRole('button', { name: 'Send a test request' }).click();
  await expect(done(page)).toHaveCount(2);
  await chooseLanguage(page, 'zh-CN');
  await expect(checklist(page)).toContainText('已完成 2/4');
  expect(await cutTexts(page)).toEqual([]);
  await first.end();

  const second = await open();
  await expect(checklist(second.page)).toContainText('已完成 2/4');
  await checklist(second.page).getByRole('button', { name: '隐藏清单' }).click();
  await expect(checklist(second.page)).toBeHidden();
  await second.end();
  const third = await open();
  await third.page.getByRole('heading', { level: 1 }).waitFor();
  await expect(third.page.getByText('请求', { exact: true }).first()).toBeVisible();
  await expect(checklist(third.page)).toBeHidden();
  await third.end();
});

test.describe('without guests', () => {
  test.use({ environment: { ANONYMOUS_MODE: 'false', SELF_TEST: 'true' } });

  test('nobody is asked, and the way to a token is offered', async ({ page, zai }) => {
    await expect(strip(page).last()).toContainText('Guest mode is off');
    await expect(checklist(page)).toContainText('K2 Think answers you as a guest');
    expect(zai.seen.attempts).toEqual([]);
  });
});
