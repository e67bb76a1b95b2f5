import { scripts } from '../simulators/zai/simulator.ts';
import { expect, test } from './fixtures.ts';
import { barriers } from './harness/barriers.ts';
import { callProduct } from './harness/call.ts';
import { details } from './harness/pages.ts';
import { visit } from './harness/every-page.ts';

test('one press asks with each kind of credential, and says what works, since when, and where it is in Logs', async ({
  page,
  zai,
}) => {
  await callProduct(page, 'tokens.add', { provider: 'zai', text: zai.users.add().token, check: true });
  await visit(page, '/providers/zai');
  const radar = page.getByTestId('radar');
  await expect(radar).toContainText('Not checked yet.');
  await radar.getByRole('button', { name: 'Check now' }).click();
  for (const kind of ['token', 'guest']) {
    const finding = radar.getByTestId(`radar-${kind}`);
    await expect(finding).toContainText('Answers');
    await expect(finding).toContainText(/First token after .+ \(GLM/u);
  }
  expect(await barriers(page)).toEqual([]);
  await radar.getByTestId('radar-token').getByRole('link', { name: 'Show in Logs' }).click();
  await expect(details(page)).toContainText('Check by Traygate');
});

test('what is broken is named with the one thing to do, and stays after a restart of the page', async ({
  page,
  zai,
}) => {
  zai.answer(scripts.captcha());
  await visit(page, '/providers/zai');
  const radar = page.getByTestId('radar');
  await radar.getByRole('button', { name: 'Check now' }).click();
  const finding = radar.getByTestId('radar-guest');
  await expect(finding).toContainText('Fails');
  await expect(finding).toContainText('Z.AI asks for a captcha, which Traygate never solves.');
  await page.reload();
  await expect(finding).toContainText('Z.AI asks for a captcha');
  await finding.getByText('Exact words').click();
  await expect(finding.getByText('Z.AI asks for a captcha.', { exact: true })).toBeVisible();
  await finding.getByRole('link', { name: 'Go to Z.AI API' }).click();
  await expect(page).toHaveURL(/#\/providers\/zai-api/u);
});

test('how often all are checked by themselves is remembered', async ({ page }) => {
  await visit(page, '/providers/zai');
  await page.getByRole('button', { name: /^Check all providers by itself/u }).click();
  await page.getByRole('menuitemradio', { name: 'Every 6 hours' }).click();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Check all providers by itself: Every 6 hours' })).toBeVisible();
});
