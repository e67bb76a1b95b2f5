import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures.ts';
import { askProduct } from './harness/client.ts';
import { addTokens, openAddTokens, tokenTable } from './harness/pages.ts';

test.use({ environment: { ANONYMOUS_MODE: 'false' } });

test('pasting many: counts before saving, whose each one is afterwards', async ({ page, zai }) => {
  const [ada, ben] = [zai.users.add({ name: 'Ada' }), zai.users.add({ name: 'Ben' })];
  const guest = zai.users.add({ name: 'Guest-1', role: 'guest' });
  const sheet = await openAddTokens(page);
  await sheet
    .getByRole('textbox', { name: 'Tokens' })
    .fill(['# mine', ada.token, `"Bearer ${ben.token}"`, ada.token, guest.token, 'short'].join('\n'));
  await expect(sheet.getByTestId('paste-report')).toHaveText('5 read · 3 new · 1 duplicate · 1 not a token');
  await sheet.getByRole('button', { name: 'Add 3 tokens' }).click();

  const results = sheet.getByRole('list', { name: 'Result for each line' });
  await expect(results.getByText('User, added')).toHaveCount(2);
  await expect(results.getByText('Guest, kept out')).toHaveCount(1);
  await expect(results.getByText('Repeated in the text')).toHaveCount(1);
  await expect(results.getByText('Not a token')).toHaveCount(1);
  await sheet.getByRole('button', { name: 'Done' }).click();

  await expect(tokenTable(page).getByRole('row', { name: /Z1/ })).toContainText('User');
  await expect(tokenTable(page).getByRole('row', { name: /Z2/ })).toContainText('User');
  const shown = await page.content();
  for (const { token } of [ada, ben, guest]) expect(shown).not.toContain(token.slice(0, 40));
});

test('undo takes back what was added', async ({ page, zai }) => {
  await addTokens(page, [zai.users.add().token, zai.users.add().token]);
  await expect(page.getByText('2 tokens added.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId('tokens-empty')).toBeVisible();
});

test('removing can be undone', async ({ page, zai }) => {
  await addTokens(page, [zai.users.add().token]);
  await page.getByRole('button', { name: 'Actions for token Z1' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(page.getByTestId('tokens-empty')).toBeVisible();
  await page.getByRole('dialog', { name: '1 token removed.' }).getByRole('button', { name: 'Undo' }).click();
  await expect(tokenTable(page).getByRole('row', { name: /Z1/ })).toBeVisible();
});

test('a token that is switched off answers nothing', async ({ page, product, zai }) => {
  await addTokens(page, [zai.users.add().token]);
  const use = page.getByRole('switch', { name: 'Use token Z1' });
  await use.click();
  await expect(use).not.toBeChecked();
  const refused = await askProduct(product, 'Hello');
  expect(refused.status).toBe(503);
  expect(refused.text).toContain('no_token_');
  await use.click();
  await expect(use).toBeChecked();
  expect(await askProduct(product, 'Hello')).toMatchObject({ status: 200 });
});

test('tokens are still there after a restart', async ({ page, zai }) => {
  await addTokens(page, [zai.users.add({ name: 'Ada' }).token]);
  await page.reload();
  await expect(tokenTable(page).getByRole('row', { name: /Z1/ })).toContainText('User');
});

test('copied without being shown; shown after a question, hidden when another window is in front', async ({
  page,
  product,
  zai,
}) => {
  const { token } = zai.users.add({ name: 'Ada' });
  await addTokens(page, [token]);
  const menu = page.getByRole('button', { name: 'Actions for token Z1' });
  await menu.click();
  await page.getByRole('menuitem', { name: 'Copy' }).click();
  await expect.poll(product.clipboard).toBe(token);
  expect(await page.content()).not.toContain(token.slice(0, 40));

  await menu.click();
  await page.getByRole('menuitem', { name: 'Reveal…' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Show token Z1?' });
  await expect(dialog.getByTestId('revealed')).toBeHidden();
  await dialog.getByRole('button', { name: 'Show it' }).click();
  await expect(dialog.getByTestId('revealed')).toHaveValue(token);
  await expect(dialog).toContainText(/Hidden again in \d+ s\./u);
  await page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await expect(dialog).toBeHidden();
  expect(await page.content()).not.toContain(token.slice(0, 40));
});

test('several at once: switched off and back, and exported by who types the word', async ({ page, shell, zai }) => {
  const tokens = [zai.users.add().token, zai.users.add().token, zai.users.add().token];
  await addTokens(page, tokens);
  await page.getByRole('checkbox', { name: 'Select token Z1' }).check();
  await page.getByRole('checkbox', { name: 'Select token Z3' }).check();
  const bar = page.getByRole('toolbar', { name: 'Selected tokens' });
  await bar.getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByRole('switch', { name: 'Use token Z3' })).not.toBeChecked();
  await page.getByRole('dialog', { name: '2 tokens switched off.' }).getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('switch', { name: 'Use token Z1' })).toBeChecked();
  await expect(page.getByRole('switch', { name: 'Use token Z3' })).toBeChecked();

  await bar.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Export 2 tokens as plain text?' });
  const save = dialog.getByRole('button', { name: 'Save tokens.txt' });
  await dialog.getByRole('textbox').fill('export');
  await expect(save).toBeDisabled();
  await dialog.getByRole('textbox').fill('EXPORT');
  await expect(save).toBeEnabled();
  // On the desktop the dialogue of the system asks where to.
  if (shell === 'desktop') return;
  const [download] = await Promise.all([page.waitForEvent('download'), save.click()]);
  expect(download.suggestedFilename()).toBe('zai-tokens.txt');
  expect(readFileSync(await download.path(), 'utf8')).toBe(`${tokens[0]}\n${tokens[2]}\n`);
});

test('by weight each token has a share, which is kept; columns sort', async ({ page, zai }) => {
  await addTokens(page, [zai.users.add({ name: 'Ada' }).token, zai.users.add({ name: 'Ben' }).token]);
  await expect(page.getByRole('spinbutton', { name: 'Weight of Z2' })).toBeHidden();
  await page.getByRole('button', { name: /^Which token is next/u }).click();
  await page.getByRole('menuitemradio', { name: 'By weight' }).click();
  const weight = page.getByRole('spinbutton', { name: 'Weight of Z2' });
  await weight.fill('7');
  await weight.press('Enter');
  await page.reload();
  await expect(weight).toHaveValue('7');

  const heading = tokenTable(page).getByRole('columnheader', { name: 'Weight' });
  const first = tokenTable(page).getByRole('row').nth(1);
  await heading.getByRole('button').click();
  await expect(heading).toHaveAttribute('aria-sort', 'ascending');
  await expect(first).toContainText('Z1');
  await heading.getByRole('button').click();
  await expect(heading).toHaveAttribute('aria-sort', 'descending');
  await expect(first).toContainText('Z2');
});
