import { request } from 'node:http';
import type { Browser, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { rail } from './harness/pages.ts';

test.skip(
  ({ shell }) => shell !== 'headless',
  'the desktop window is let in without signing in, and has no HTTP administration',
);

/** A browser that has not signed in. */
async function stranger(open: () => Promise<Browser>, url: string): Promise<Page> {
  const context = await (await open()).newContext({ locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}
const signInTitle = (page: Page) => page.getByRole('heading', { name: 'Sign in to Traygate' });

test('the printed link signs in once', async ({ product, openBrowser }) => {
  await expect(rail(product.page)).toBeVisible();
  expect(product.page.url()).not.toContain('code=');
  const page = await stranger(openBrowser, product.signInLink ?? '');
  await expect(signInTitle(page)).toBeVisible();
  await page.context().close();
});

test('the session cookie is out of reach for scripts and for other sites', async ({ product }) => {
  const [cookie] = await product.context.cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/admin/api' });
});

test('without a session nothing is told', async ({ product, openBrowser }) => {
  for (const call of ['state.get', 'clientKey.copy', 'tokens.list']) {
    const response = await fetch(`${product.baseUrl}/admin/api/call/${call}`, {
      method: 'POST',
      headers: { 'x-traygate-window': '1', 'content-type': 'application/json' },
      body: 'null',
    });
    expect(response.status).toBe(401);
  }
  expect((await fetch(`${product.baseUrl}/admin/api/events`)).status).toBe(401);
  const page = await stranger(openBrowser, `${product.baseUrl}/ui/#/logs`);
  await expect(signInTitle(page)).toBeVisible();
  await page.context().close();
});

test('another host name is refused before anything else', async ({ product }) => {
  const status = await new Promise((resolve, reject) => {
    const headers = { host: `rebound.example:${product.port}` };
    request({ host: '127.0.0.1', port: product.port, path: '/ui/', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
  expect(status).toBe(403);
});

test.describe('with ADMIN_PASSWORD', () => {
  test.use({ environment: { ADMIN_PASSWORD: 'a long enough password' } });

  test('the password signs in, another one does not', async ({ product, openBrowser }) => {
    const page = await stranger(openBrowser, `${product.baseUrl}/ui/`);
    const field = page.getByLabel('Sign-in link, code or admin password');
    await field.fill('a wrong password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('That did not work.');
    await field.fill('a long enough password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(rail(page)).toBeVisible();
    await page.context().close();
  });
});

test('signing out ends the session', async ({ product, page }) => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(signInTitle(page)).toBeVisible();
  await page.reload();
  await expect(signInTitle(page)).toBeVisible();
  expect(product.context.pages()).toHaveLength(1);
});

test('SIGTERM ends it with 0', async ({ product }) => {
  test.skip(process.platform === 'win32', 'Windows has no SIGTERM that a program could hear');
  expect(await product.end()).toBe(0);
});
