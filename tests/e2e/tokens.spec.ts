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
