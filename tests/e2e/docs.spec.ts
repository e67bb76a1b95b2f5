import { expect, test } from './fixtures.ts';
import { collectFaults } from './harness/faults.ts';

test('the API docs open in any browser and ask nobody else', async ({ product, openBrowser }) => {
  const context = await (await openBrowser()).newContext();
  const page = await context.newPage();
  const faults = collectFaults(page);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${product.baseUrl}/docs`);
  await expect(page.getByRole('heading', { name: /^Traygate/ })).toBeVisible();
  await expect(page.getByText('/v1/chat/completions').first()).toBeVisible();
  expect(asked.filter((url) => !url.startsWith(`${product.baseUrl}/`) && !url.startsWith('data:'))).toEqual([]);
  expect(faults).toEqual([]);
  await context.close();
});
