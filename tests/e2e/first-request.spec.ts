import { expect, test } from './fixtures.ts';
import { ask } from './harness/client.ts';
import { addTokens, details, go, header, logRows } from './harness/pages.ts';

test('from a fresh start to an answer in a client, with what the window offers to copy', async ({
  product,
  page,
  zai,
}) => {
  const account = zai.users.add({ name: 'Ada' });

  await header(page).getByRole('button', { name: 'Copy base URL' }).click();
  await expect.poll(product.clipboard).toBe(`${product.baseUrl}/v1`);
  const url = await product.clipboard();
  await header(page).getByRole('button', { name: 'Copy key' }).click();
  await expect.poll(product.clipboard).toMatch(/^sk-local-/);
  const key = await product.clipboard();
  await expect(page.locator('body')).not.toContainText(key.slice(0, -4));

  await addTokens(page, [account.token]);
  await go(page, 'Logs');
  const reply = await ask(url, key, 'Good morning');
  expect(reply).toMatchObject({ status: 200 });
  expect(reply.text).toContain('You said: Good morning');

  const row = logRows(page).first();
  await expect(row).toContainText('200');
  await expect(row).toContainText('GLM-4.5');
  await expect(row).toContainText('Z1');
  await row.click();
  await expect(details(page).getByTestId('verdict')).toContainText('Answered by Z1');
  await details(page).getByRole('button', { name: 'Close details' }).click();
  await expect(details(page)).toBeHidden();
});

test('a wrong key is refused and says so', async ({ product }) => {
  const reply = await ask(`${product.baseUrl}/v1`, 'sk-local-wrong', 'Hello', { model: 'local/echo' });
  expect(reply.status).toBe(401);
  expect(reply.text).toContain('invalid_api_key');
});

test('the window proves the wiring by itself', async ({ page }) => {
  await page.getByRole('button', { name: 'Send a test request' }).click();
  await expect(page.getByText('It works: the gateway answered.')).toBeVisible();
});
