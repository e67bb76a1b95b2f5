/** What is seen when the gateway, or the way to a provider, goes away and comes back. */
import type { ChildProcess } from 'node:child_process';
import type { Page } from '@playwright/test';
import { startZaiSimulator } from '../simulators/zai/simulator.ts';
import { expect, test } from './fixtures.ts';
import { ask, askProduct } from './harness/client.ts';
import { clientKeyOf, startServer } from './harness/headless.ts';
import { go, header, logRows, rail } from './harness/pages.ts';

const banner = (page: Page) => page.getByText(/^Reconnecting…/);
const killed = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });

test.describe('the gateway', () => {
  test.skip(({ shell }) => shell === 'desktop', 'there the window belongs to the program that the gateway runs in');
  test.use({ environment: { ADMIN_PASSWORD: 'a long enough password' } });

  test('A19: killed and started again under the open window it is missed at once, and everything is there once', async ({
    start,
    openBrowser,
  }) => {
    const first = await startServer(start);
    const page = await (await openBrowser()).newPage({ locale: 'en-US' });
    await page.goto(first.signInLink);
    await go(page, 'Logs');
    const url = `http://127.0.0.1:${start.port}/v1`;
    const key = await clientKeyOf(start);
    for (const prompt of ['one', 'two', 'three']) await ask(url, key, prompt, { model: 'local/echo' });
    await expect(logRows(page)).toHaveCount(3);
    // Rows are saved a moment after they have ended.
    await page.waitForTimeout(1_500);

    await killed(first.child);
    await expect(banner(page)).toBeVisible();
    await expect(logRows(page)).toHaveCount(3);
    const second = await startServer(start);
    // A session ends with the process that gave it.
    await page.getByLabel('Sign-in link, code or admin password').fill('a long enough password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(rail(page)).toBeVisible();
    await expect(banner(page)).toBeHidden();
    await go(page, 'Logs');
    await expect(logRows(page)).toHaveCount(3);
    await ask(url, key, 'four', { model: 'local/echo' });
    await expect(logRows(page)).toHaveCount(4);
    await page.close();
    await killed(second.child);
  });
});

test('A20: without a network the window works and says what is wrong, and it is over by itself', async ({
  product,
  page,
  zai,
}) => {
  expect(await askProduct(product, 'Is it there?')).toMatchObject({ status: 200 });
  await zai.close();
  const refused = await askProduct(product, 'And now?');
  expect(refused.status).toBe(502);
  expect(refused.text).toContain('upstream_unreachable');

  await go(page, 'Logs');
  await expect(logRows(page).first()).toContainText('502');
  await go(page, 'Home');
  const told = page.getByRole('region', { name: 'Needs attention' });
  await expect(told).toContainText('Z.AI');
  await expect(header(page).getByRole('button', { name: 'Running' })).toBeVisible();
  expect(await askProduct(product, 'Another one', { model: 'local/echo' })).toMatchObject({ status: 200 });

  const back = await startZaiSimulator({ port: Number(new URL(zai.url).port) });
  await expect.poll(async () => (await askProduct(product, 'Hello again')).status, { timeout: 20_000 }).toBe(200);
  await expect(told.getByText('Z.AI')).toHaveCount(0);
  await back.close();
});
