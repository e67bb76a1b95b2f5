import { expect, test } from './fixtures.ts';
import { startZaiSimulator } from '../simulators/zai/simulator.ts';
import { askProduct } from './harness/client.ts';
import { startHeadless, startServer } from './harness/headless.ts';
import { details, go, header, logRows, rail } from './harness/pages.ts';

test.describe('a server', () => {
  test.skip(({ shell }) => shell === 'desktop', 'the window of the desktop ends with its gateway');

  test('A19: goes away and comes back under the open page: it says so, goes on, and has no row twice', async ({
    start,
    openBrowser,
  }) => {
    const product = await startHeadless(start, await openBrowser());
    const { page } = product;
    await askProduct(product, 'before', { model: 'local/echo' });
    await go(page, 'Logs');
    await expect(logRows(page)).toHaveCount(1);
    await product.end();
    await expect(page.getByText(/^Reconnecting… the gateway itself keeps working/u)).toBeVisible();
    await expect(rail(page)).toBeVisible();

    const again = await startServer(start);
    await expect(page.getByText(/^Reconnecting…/u)).toBeHidden();
    await expect(page.getByRole('heading', { level: 1, name: 'Logs' })).toBeVisible();
    await askProduct(product, 'after', { model: 'local/echo' });
    await expect(logRows(page)).toHaveCount(2);
    const ended = new Promise((resolve) => again.child.once('exit', resolve));
    again.child.kill();
    await ended;
    await page.context().close();
  });

  test('that comes back with another password asks for it', async ({ start, openBrowser }) => {
    const before = { ...start, environment: { ...start.environment, ADMIN_PASSWORD: 'the password of before' } };
    const { page, end } = await startHeadless(before, await openBrowser());
    await expect(header(page).getByRole('button', { name: 'Running' })).toBeVisible();
    await end();
    await expect(page.getByText(/^Reconnecting…/u)).toBeVisible();
    const again = await startServer({
      ...start,
      environment: { ...start.environment, ADMIN_PASSWORD: 'a new password' },
    });
    await page.getByLabel('Sign-in link, code or admin password').fill('a new password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(rail(page)).toBeVisible();
    await expect(page.getByText(/^Reconnecting…/u)).toBeHidden();
    const ended = new Promise((resolve) => again.child.once('exit', resolve));
    again.child.kill();
    await ended;
    await page.context().close();
  });
});

test('A20: without a way out the window works and says whose it is; with one all goes on by itself', async ({
  page,
  product,
  zai,
}) => {
  expect(await askProduct(product, 'Hello')).toMatchObject({ status: 200 });
  const port = Number(new URL(zai.url).port);
  await zai.close();
  const failed = await askProduct(product, 'Hello');
  expect(failed.status).toBeGreaterThanOrEqual(500);
  await go(page, 'Logs');
  await expect(logRows(page).first()).toContainText(String(failed.status));
  await logRows(page).first().click();
  await expect(details(page).getByTestId('verdict')).toContainText(/network|reach|connect/iu);
  await go(page, 'Home');
  await expect(header(page).getByRole('button', { name: 'Running' })).toBeVisible();

  const again = await startZaiSimulator({ port });
  // After what failed it is left alone for a moment.
  await expect.poll(async () => (await askProduct(product, 'Hello')).status, { timeout: 20_000 }).toBe(200);
  await go(page, 'Logs');
  await expect(logRows(page).first()).toContainText('200');
  await again.close();
});
