/** `traygate://` links, as the system hands them over: to a second process, or as an event. */
import { expect, test } from './fixtures.ts';
import { launchDesktop } from './harness/desktop.ts';
import { end } from './harness/ending.ts';
import { header } from './harness/pages.ts';
import type { Product } from './harness/product.ts';
import { closeWindow, isVisible, runToEnd } from './harness/window.ts';

test.skip(({ shell }) => shell !== 'desktop', 'links of the system are for a program that is installed');

const question = ({ page }: Pick<Product, 'page'>) => page.getByRole('alertdialog', { name: /^A link wants to add/ });
const tokensOf = ({ page }: Product, provider: string) =>
  page.evaluate((id) => window.traygate?.call('tokens.list', { provider: id }), provider);
const added = ({ page }: Product) => page.evaluate(() => window.traygate?.call('providers.added', null));

/** As macOS does it; elsewhere a link is an argument of a second process. */
const follow = ({ app }: Product, link: string) =>
  app?.evaluate(({ app: electron }, url) => electron.emit('open-url', { preventDefault() {} }, url), link);

test('a link to a page opens it, from the tray as well', async ({ product, start, page }) => {
  await closeWindow(product);
  expect(await runToEnd(start, ['traygate://open/logs'])).toMatchObject({ code: 0 });
  await expect.poll(() => isVisible(product)).toBe(true);
  await expect(page).toHaveURL(/#\/logs$/);
});

test('a token is added only when the user says so', async ({ product, start, zai }) => {
  const { token } = zai.users.add({ name: 'Ada' });
  const link = `traygate://add-token?provider=zai&token=${encodeURIComponent(token)}`;
  await runToEnd(start, [link]);
  await expect(question(product)).toContainText(`It ends in ${token.slice(-4)}.`);
  await question(product).getByRole('button', { name: 'Cancel' }).click();
  await expect(question(product)).toBeHidden();
  expect(await tokensOf(product, 'zai')).toMatchObject({ value: [] });

  await runToEnd(start, [link]);
  await question(product).getByRole('button', { name: 'Add', exact: true }).click();
  await expect
    .poll(() => tokensOf(product, 'zai'))
    .toMatchObject({ value: [expect.objectContaining({ role: 'user' })] });
  await expect(product.page).toHaveURL(/#\/providers\/zai$/);
});

test('a provider is named with its address, and added when the user says so', async ({ product }) => {
  const base = encodeURIComponent('https://api.example.com/v1');
  await follow(product, `traygate://add-provider?name=Example&baseUrl=${base}&key=sk-from-a-link`);
  await expect(question(product)).toContainText('https://api.example.com/v1');
  expect(await added(product)).toMatchObject({ value: [] });
  await question(product).getByRole('button', { name: 'Add', exact: true }).click();
  await expect.poll(() => added(product)).toMatchObject({ value: [expect.objectContaining({ name: 'Example' })] });
});

for (const link of [
  'traygate://open/../../etc/passwd',
  'traygate://open/settings/keys?new=1',
  'traygate://add-token?provider=zai',
  'traygate://add-provider?name=X&baseUrl=file:///etc/passwd',
  'traygate://delete-everything',
]) {
  test(`${link} does nothing`, async ({ product, page }) => {
    const before = page.url();
    await follow(product, link);
    // A link that is understood comes after; had the other one asked anything, both would be there.
    await follow(product, 'traygate://open/test');
    await expect(page).toHaveURL(/#\/test$/);
    expect(before).not.toMatch(/#\/test$/);
    await expect(question(product)).toBeHidden();
  });
}

test('what a link wants is asked also when it is the reason of the start', async ({ start }) => {
  const app = await launchDesktop(start, [
    'traygate://add-provider?name=Example&baseUrl=https%3A%2F%2Fapi.example.com',
  ]);
  const page = await app.firstWindow();
  await expect(question({ page })).toContainText('https://api.example.com');
  await end(app.process());
});

test('a link can be the reason of the start', async ({ start }) => {
  const app = await launchDesktop(start, ['--hidden', 'traygate://open/connect']);
  const page = await app.firstWindow();
  await header(page).waitFor();
  await expect(page).toHaveURL(/#\/connect$/);
  await end(app.process());
});
