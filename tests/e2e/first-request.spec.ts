import type { Locator } from '@playwright/test';
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

/** Every eight characters in a row of what makes a key secret. */
const runsOf = (key: string): string[] => {
  const secret = key.replace(/^sk-local-/u, '');
  return Array.from({ length: secret.length - 7 }, (_, at) => secret.slice(at, at + 8));
};

test('A2: wherever URL and key are copied, the server accepts them, and no page shows the key', async ({
  product,
  page,
}) => {
  const key = await product.clientKey();
  const url = `${product.baseUrl}/v1`;
  const main = page.getByRole('main');
  const copied = async (button: Locator, value: string) => {
    await page.evaluate(() => navigator.clipboard.writeText('nothing')).catch(() => undefined);
    await button.first().click();
    await expect.poll(product.clipboard).toBe(value);
  };
  const places: readonly [string, () => Promise<void>][] = [
    [
      '/home',
      async () => {
        await copied(header(page).getByRole('button', { name: 'Copy base URL' }), url);
        await copied(header(page).getByRole('button', { name: 'Copy key' }), key);
        await copied(main.getByRole('button', { name: 'Copy base URL' }), url);
        await copied(main.getByRole('button', { name: 'Copy key' }), key);
      },
    ],
    [
      '/connect/curl',
      async () => {
        await copied(main.getByRole('button', { name: 'Copy OpenAI base URL' }), url);
        await copied(main.getByRole('button', { name: 'Copy key' }), key);
      },
    ],
    ['/settings/keys', () => copied(main.getByRole('button', { name: 'Copy the key Default' }), key)],
  ];
  for (const [route, copy] of places) {
    await page.evaluate((to) => void (location.hash = to), route);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await copy();
    const text = await page.evaluate(() => document.body.innerText);
    expect(
      runsOf(key).filter((run) => text.includes(run)),
      route,
    ).toEqual([]);
  }
  expect(await ask(url, key, 'Hello', { model: 'local/echo' })).toMatchObject({ status: 200 });
});

test('a wrong key is refused and says so', async ({ product }) => {
  const reply = await ask(`${product.baseUrl}/v1`, 'sk-local-wrong', 'Hello', { model: 'local/echo' });
  expect(reply.status).toBe(401);
  expect(reply.text).toContain('invalid_api_key');
});

test('the window proves the wiring by itself', async ({ page }) => {
  // The list of first steps offers it as well.
  await page.getByRole('button', { name: 'Send a test request' }).first().click();
  await expect(page.getByText('It works: the gateway answered.')).toBeVisible();
});
