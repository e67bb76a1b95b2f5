/** A token on its way through all its states, as the provider forces it. */
import type { Page } from '@playwright/test';
import { scripts } from '../simulators/zai/simulator.ts';
import { expect, test } from './fixtures.ts';
import { askProduct } from './harness/client.ts';
import { dismissToast, openAddTokens, tokenTable } from './harness/pages.ts';

test.use({ environment: { ANONYMOUS_MODE: 'false' } });

/** Begins to collect what moves on the page without a hand of the user. */
const watchShifts = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const moved: string[] = [];
    Reflect.set(window, 'moved', moved);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const sources = (Reflect.get(entry, 'sources') ?? []) as { node: Node | null }[];
        moved.push(...sources.map(({ node }) => node?.textContent ?? ''));
      }
    }).observe({ type: 'layout-shift' });
  });
const moved = (page: Page): Promise<string[]> => page.evaluate(() => Reflect.get(window, 'moved') as string[]);

const rowBoxes = (page: Page): Promise<number[][]> =>
  tokenTable(page)
    .getByRole('row')
    .evaluateAll((rows) => {
      const top = rows[0]?.getBoundingClientRect().top ?? 0;
      return rows.map((row) => [row.getBoundingClientRect().top - top, row.clientHeight]);
    });

test('A7: a token forced through every state has its word, icon, countdown and place in the counts, and nothing jumps', async ({
  product,
  page,
  zai,
}) => {
  test.slow();
  const user = zai.users.add({ name: 'Ada' });
  const guest = zai.users.add({ name: 'Guest-7', role: 'guest' });
  const sheet = await openAddTokens(page);
  await sheet.getByRole('textbox', { name: 'Tokens' }).fill(`${user.token}\n${guest.token}`);
  await sheet.getByRole('switch', { name: /^Check/ }).click();
  await sheet.getByRole('button', { name: 'Add 2 tokens' }).click();
  await sheet.getByRole('button', { name: 'Done' }).click();
  await dismissToast(page, '2 tokens added.');

  const row = (alias: string) => tokenTable(page).getByRole('row', { name: new RegExp(alias) });
  const isIn = async (alias: string, state: string | RegExp, icon: string, group: string, count: number) => {
    const chip = row(alias)
      .locator('td', { has: page.locator('svg') })
      .filter({ hasText: state });
    await expect(chip).toBeVisible();
    await expect(chip.locator('svg')).toHaveClass(new RegExp(`lucide-${icon}( |$)`));
    const counted = page
      .getByRole('group', { name: 'Show tokens' })
      .getByRole('button', { name: new RegExp(`^${group} ?${count}$`) });
    await expect(counted).toBeVisible();
    // Whatever is said of a token, the rows stay where they are.
    expect(await rowBoxes(page), `${state}`).toEqual(boxes);
  };
  const check = async (alias: string) => {
    await page.getByRole('button', { name: `Actions for token ${alias}` }).click();
    await page.getByRole('menuitem', { name: 'Check now' }).click();
  };
  const answered = async (prompt: string) => (await askProduct(product, prompt, { stream: true })).status;

  const boxes = await rowBoxes(page);
  await isIn('Z1', 'Unverified', 'circle-question-mark', 'Healthy', 2);
  zai.settings.authsDelay = 1_500;
  await check('Z2');
  await isIn('Z2', 'Checking', 'loader-circle', 'Healthy', 2);
  await isIn('Z2', 'Guest', 'user-round-x', 'Guest', 1);
  await check('Z1');
  await isIn('Z1', 'Healthy', 'circle-check', 'Healthy', 1);
  zai.settings.authsDelay = 0;

  zai.answer(scripts.status(500));
  expect(await answered('fails')).toBeGreaterThanOrEqual(500);
  await isIn('Z1', /Degraded \d/, 'circle-alert', 'Healthy', 1);

  zai.answer(scripts.status(429, { code: 429, message: 'Too Many Requests' }, { 'retry-after': '4' }));
  expect(await answered('too fast')).toBe(429);
  await isIn('Z1', /Cooling 0:0[1-5]/, 'timer', 'Cooling', 1);
  await watchShifts(page);
  const before = await row('Z1').getByText('Cooling').innerText();
  await expect(row('Z1').getByText('Cooling')).not.toHaveText(before);
  zai.answer(scripts.late(2_500));
  // The rest is over when the word says so.
  await expect(row('Z1').getByText(/^Cooling$/)).toBeVisible();
  expect(await moved(page)).toEqual([]);
  const probe = answered('once more');
  await isIn('Z1', 'Probing', 'timer-reset', 'Cooling', 1);
  expect(await probe).toBe(200);
  await isIn('Z1', 'Healthy', 'circle-check', 'Healthy', 1);

  zai.answer(scripts.inband({ code: 1308, detail: 'Usage limit reached' }));
  await answered('used up');
  await isIn('Z1', /Quota used \d+:\d\d/, 'battery-low', 'Cooling', 1);

  const use = page.getByRole('switch', { name: 'Use token Z1' });
  await use.click();
  await isIn('Z1', 'Off', 'circle-off', 'Off', 1);
  await use.click();
  zai.users.remove(user.token);
  await check('Z1');
  await isIn('Z1', 'Invalid', 'circle-x', 'Invalid', 1);
});
