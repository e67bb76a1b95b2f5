import { expect, test } from './fixtures.ts';
import { barriers, chooseLanguage } from './harness/barriers.ts';
import { askProduct } from './harness/client.ts';
import { collectFaults } from './harness/faults.ts';
import { addTokens, details, header, logRows, rail, tokenTable } from './harness/pages.ts';

test('the palette finds pages, actions, settings in either language, models, tokens and requests', async ({
  product,
  page,
  zai,
}) => {
  await addTokens(page, [zai.users.add().token]);
  await askProduct(product, 'Hello', { model: 'local/echo' });
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  const search = palette.getByRole('combobox');
  const find = async (typed: string) => {
    await page.keyboard.press('ControlOrMeta+k');
    await expect(search).toBeFocused();
    await search.fill(typed);
  };

  await find('logs');
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Logs' })).toBeVisible();
  await expect(palette).toBeHidden();

  for (const typed of ['端口', 'port']) {
    await find(typed);
    await palette
      .getByRole('option')
      .filter({ has: page.getByText('Port', { exact: true }) })
      .click();
    await expect(page).toHaveURL(/#\/settings\/server/u);
    await expect(
      page.getByRole('spinbutton', { name: 'Port' }).or(page.getByLabel('Port', { exact: true })),
    ).toBeVisible();
  }

  await find('GLM-4.7-Think');
  await palette
    .getByRole('option', { name: /GLM-4\.7-Thinking/u })
    .first()
    .click();
  await expect(page).toHaveURL(/#\/providers\/zai\?tab=models/u);

  await find('Z1');
  await page.keyboard.press('Enter');
  await expect(tokenTable(page).getByRole('row', { name: /Z1/u })).toBeVisible();

  await page.evaluate(() => void (location.hash = '/logs'));
  await logRows(page).first().click();
  await details(page).waitFor();
  const id = new URL(page.url().replace('#', '')).pathname.split('/').at(-1) ?? '';
  await page.evaluate(() => void (location.hash = '/home'));
  await find(id);
  await page.keyboard.press('Enter');
  await expect(details(page).getByTestId('verdict')).toBeVisible();

  await find('copy key');
  await page.keyboard.press('Enter');
  await expect.poll(product.clipboard).toBe(await product.clientKey());

  await find('no such thing at all');
  await expect(palette.getByText('Nothing matches.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();

  await find('clear logs');
  await page.keyboard.press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Clear' }).click();
  await page.evaluate(() => void (location.hash = '/logs'));
  await expect(logRows(page)).toHaveCount(0);
});

test('each page has its help, which opens without network and without scripts', async ({
  product,
  page,
  openBrowser,
}) => {
  const context = await (await openBrowser()).newContext();
  const help = await context.newPage();
  const faults = collectFaults(help);
  const asked: string[] = [];
  help.on('request', (request) => asked.push(request.url()));
  for (const [name, title] of [
    ['Home', 'Home'],
    ['Connect', 'Connect'],
    ['Providers', 'Providers'],
    ['Logs', 'Logs'],
    ['Test', 'Testing models'],
    ['Settings', 'Settings'],
  ] as const) {
    await rail(page).getByRole('link', { name }).click();
    const link = page.getByRole('link', { name: `Help for ${name}` });
    await help.goto((await link.getAttribute('href')) ?? '');
    await expect(help.getByRole('heading', { level: 1 })).toContainText(title, { ignoreCase: true });
  }
  expect(asked.filter((url) => !url.startsWith(`${product.baseUrl}/`))).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});

test('the header tells state, addresses, key, scope and providers', async ({ product, page }) => {
  await header(page).getByRole('button', { name: 'Running' }).click();
  const state = page.getByRole('dialog', { name: 'Gateway' });
  await expect(state).toContainText(`127.0.0.1:${product.port}`);
  await page.keyboard.press('Escape');
  await expect(state).toBeHidden();

  await header(page)
    .getByRole('button', { name: /^Base URL/u })
    .click();
  await page.getByRole('menuitem', { name: 'PowerShell' }).click();
  await expect.poll(product.clipboard).toContain(`${product.baseUrl}/v1`);
  await expect(header(page).getByText('This computer only')).toBeAttached();
  await chooseLanguage(page, 'zh-CN');
  await expect(header(page).getByText('仅限本机')).toBeAttached();
});
