/** Settings, as a user of either language finds and changes them, with and without a mouse. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { ask } from './harness/client.ts';
import { freePort } from './harness/machine.ts';
import { addTokens, go } from './harness/pages.ts';

const section = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('navigation', { name: /^(Sections|分类)$/ }).getByRole('link', { name });

async function openSection(page: Page, name: string): Promise<void> {
  await go(page, 'Settings');
  await section(page, name).click();
  await page.getByRole('heading', { level: 2, name }).waitFor();
}

test('a setting is saved when it is typed, refused with the reason, and reset', async ({ page }) => {
  await openSection(page, 'Retry and pool');
  const field = page.getByRole('textbox', { name: 'Failures before a token rests' });
  await field.fill('7');
  await field.press('Enter');
  const reset = page.getByRole('button', { name: 'Reset Failures before a token rests to default' });
  await expect(reset).toBeVisible();
  await field.fill('0');
  await field.blur();
  await expect(page.getByRole('alert')).toHaveText('A whole number from 1 to 100.');
  await expect(field).toHaveValue('7');
  await page.reload();
  await expect(field).toHaveValue('7');
  await reset.click();
  await expect(field).toHaveValue('3');
  await expect(reset).toBeHidden();
});

test('what is set from outside is shown, with by what, and cannot be changed', async ({ page, product }) => {
  await openSection(page, 'Server');
  await expect(page.getByLabel('Port', { exact: true })).toBeDisabled();
  await expect(page.getByLabel('Port', { exact: true })).toHaveValue(String(product.port));
  await expect(page.locator('#setting-server_port')).toContainText('--port');
});

test('a key is made, shown once, used, and revoked', async ({ page, product }) => {
  await openSection(page, 'Client keys');
  await page.getByRole('button', { name: 'New key' }).click();
  const form = page.getByRole('dialog', { name: 'New key' });
  await form.getByRole('button', { name: 'Make the key' }).click();
  await expect(form.getByText('A name is needed.')).toBeVisible();
  await form.getByRole('textbox', { name: /^Name/ }).fill('Cursor');
  await form.getByRole('button', { name: 'Make the key' }).click();

  const once = page.getByRole('alertdialog', { name: 'The key Cursor' });
  const key = await once.getByRole('textbox').inputValue();
  await once.getByRole('button', { name: 'Copy the key' }).click();
  await expect.poll(() => product.clipboard()).toBe(key);
  await once.getByRole('button', { name: 'I saved it' }).click();
  await expect(once).toBeHidden();

  const url = `${product.baseUrl}/v1`;
  expect((await ask(url, key, 'Hello', { model: 'local/echo' })).status).toBe(200);
  const row = page.getByRole('table').getByRole('row', { name: /Cursor/ });
  await expect(row.getByRole('cell').first()).toContainText('1 request in 24 h', { timeout: 15_000 });
  expect(await page.locator('body').innerText()).not.toContain(key);

  await row.getByRole('button', { name: 'More for the key Cursor' }).click();
  await page.getByRole('menuitem', { name: 'Revoke…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(row).toBeHidden();
  expect((await ask(url, key, 'Hello', { model: 'local/echo' })).status).toBe(401);
});

test('the default key gets a new value, and the copy button gives that', async ({ page, product }) => {
  const before = await product.clientKey();
  await openSection(page, 'Client keys');
  await page.getByRole('button', { name: 'More for the key Default' }).click();
  await page.getByRole('menuitem', { name: 'New value…' }).click();
  const sheet = page.getByRole('dialog', { name: 'A new value for the key Default?' });
  await sheet.getByRole('radio', { name: 'no longer' }).check();
  await sheet.getByRole('button', { name: 'Make a new value' }).click();
  await expect(sheet).toBeHidden();
  await page.getByRole('button', { name: 'Copy the key Default' }).click();
  await expect.poll(() => product.clipboard()).toMatch(/^sk-local-/);
  await expect.poll(() => product.clipboard()).not.toBe(before);
  const key = await product.clipboard();
  expect((await ask(`${product.baseUrl}/v1`, key, 'Hello', { model: 'local/echo' })).status).toBe(200);
  expect((await ask(`${product.baseUrl}/v1`, before, 'Hello', { model: 'local/echo' })).status).toBe(401);
});

test.describe('with a port that can be changed', () => {
  test.use({ portIsSaved: true });

  test('a setting is found by its name in either language or by what it is about, and the search goes there', async ({
    page,
  }) => {
    await go(page, 'Settings');
    const search = page.getByRole('searchbox', { name: 'Search settings' });
    for (const [typed, label, heading] of [
      ['port', 'Port', 'Server'],
      ['端口', 'Port', 'Server'],
      ['reasoning', 'Thinking', 'Behaviour'],
      ['代理', 'Outbound proxy', 'Network'],
    ] as const) {
      await search.fill(typed);
      await page.getByRole('button', { name: new RegExp(`^${label}\\s*${heading}$`) }).click();
      await expect(page.getByRole('heading', { level: 2, name: heading })).toBeVisible();
      await expect(page.getByLabel(label, { exact: true })).toBeFocused();
      await expect(search).toHaveValue('');
    }
    await search.fill('no such thing');
    await expect(page.getByText('No setting is called that.')).toBeVisible();
  });

  test('A4: it changes while a stream runs, which ends where it began', async ({ page, product }) => {
    const key = await product.clientKey();
    const next = await freePort();
    const prompt = 'REPEAT 1 begun\nWAIT 4000\nREPEAT 1 ended';
    const stream = ask(`${product.baseUrl}/v1`, key, prompt, { model: 'local/script', stream: true });
    await openSection(page, 'Server');
    const field = page.getByLabel('Port', { exact: true });
    await field.fill(String(next));
    await expect(page.getByText('This port is free.')).toBeVisible();
    await field.press('Enter');
    await expect(page.getByRole('banner')).toContainText(`:${next}`);
    expect((await ask(`http://127.0.0.1:${next}/v1`, key, 'Hello', { model: 'local/echo' })).status).toBe(200);
    const { status, text } = await stream;
    expect([status, text.includes('ended'), text.includes('[DONE]')]).toEqual([200, true, true]);
    await expect(page.getByLabel('Port', { exact: true })).toHaveValue(String(next));
  });
});

test('a backup is made, and restored after what it would change has been read', async ({ page, zai }) => {
  await openSection(page, 'Data');
  await page.getByRole('button', { name: 'Back up now' }).click();
  await expect(page.getByText('A backup was made.')).toBeVisible();
  await addTokens(page, [zai.users.add({ name: 'Ada' }).token]);
  await openSection(page, 'Data');
  await page
    .getByRole('row', { name: /by hand/ })
    .getByRole('button', { name: /^Restore/ })
    .click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('1 token goes');
  await dialog.getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByText('The backup was restored.')).toBeVisible();
  await expect(page.getByRole('row', { name: /before a change/ })).toBeVisible();
});

test('A23: two windows change the same setting: the last one wins, and the other one says so', async ({
  page,
  product,
}) => {
  test.skip(product.shell === 'desktop', 'the desktop has one window');
  await openSection(page, 'Retry and pool');
  const second = await product.context.newPage();
  await second.goto(page.url());
  const mine = page.getByRole('textbox', { name: 'Failures before a token rests' });
  const theirs = second.getByRole('textbox', { name: 'Failures before a token rests' });
  await mine.fill('5');
  await mine.press('Enter');
  await expect(theirs).toHaveValue('5');
  await theirs.fill('6');
  await theirs.press('Enter');
  await expect(mine).toHaveValue('6');
  await expect(page.getByText('“Failures before a token rests” was changed in another window.')).toBeVisible();
  await second.close();
});

test('everything by keyboard: to the page, to a section, to a switch', async ({ page }) => {
  await go(page, 'Home');
  await page.keyboard.press('ControlOrMeta+Comma');
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
  await section(page, 'Behaviour').focus();
  await page.keyboard.press('Enter');
  const tools = page.getByRole('switch', { name: 'Tools', exact: true });
  await tools.focus();
  await page.keyboard.press('Space');
  await expect(tools).toHaveAttribute('aria-checked', 'false');
  await page.keyboard.press('ControlOrMeta+f');
  await expect(page.getByRole('searchbox', { name: 'Search settings' })).toBeFocused();
});
