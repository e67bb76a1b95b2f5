import { scripts } from '../simulators/zai/simulator.ts';
import { expect, test } from './fixtures.ts';
import { askProduct } from './harness/client.ts';
import { addTokens, details, go, logRows } from './harness/pages.ts';

test.use({ environment: { ANONYMOUS_MODE: 'false' } });

test('a failover is one row with two attempts, read by keyboard alone', async ({ product, page, zai }) => {
  const [limited, good] = [zai.users.add(), zai.users.add()];
  zai.answer(scripts.status(429, { code: 429, message: 'Too Many Requests' }), limited.token);
  await addTokens(page, [limited.token, good.token]);
  await go(page, 'Logs');
  // Tokens take turns, so one of two requests meets the limited one.
  for (const prompt of ['one', 'two']) expect(await askProduct(product, prompt)).toMatchObject({ status: 200 });
  await expect(logRows(page)).toHaveCount(2);

  await page
    .getByRole('button', { name: 'Retried' })
    .or(page.getByRole('radio', { name: 'Retried' }))
    .click();
  await expect(logRows(page)).toHaveCount(1);
  const grid = page.getByRole('grid');
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(details(page).getByTestId('verdict')).toContainText(/Answered by Z\d after Z\d was rate limited/);
  await expect(details(page).getByText(/^Attempt \d$/)).toHaveText(['Attempt 1', 'Attempt 2']);
  await expect(details(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(details(page)).toBeHidden();
  await expect(grid).toBeFocused();
});

test('a failure says whose fault it was and shows the exact words on request', async ({ product, page, zai }) => {
  zai.answer(scripts.captcha());
  await addTokens(page, [zai.users.add().token]);
  await go(page, 'Logs');
  expect((await askProduct(product, 'Hello')).status).toBeGreaterThanOrEqual(400);
  await logRows(page).first().click();
  await expect(details(page)).toContainText('captcha_required');
  await details(page).getByText('Exact words').first().click();
  await expect(details(page)).toContainText('FRONTEND_CAPTCHA_REQUIRED');
});

test('what was dropped and decided is said in the language of the window', async ({ product, page, zai }) => {
  const { token } = zai.users.add();
  zai.answer(scripts.status(429, { code: 429, message: 'Too Many Requests' }), token);
  await addTokens(page, [token]);
  await go(page, 'Logs');
  expect((await askProduct(product, 'Hello', { fields: { seed: 7, logit_bias: { 1: 1 } } })).status).toBe(429);
  await logRows(page).first().click();
  await expect(details(page)).toContainText('seed was ignored: Z.AI has no such setting.');

  await page.getByRole('button', { name: /^Language/ }).click();
  await page.getByRole('menuitemradio', { name: '简体中文' }).click();
  const chinese = page.getByRole('complementary', { name: '请求详情' });
  await expect(chinese.getByRole('heading', { name: '警告' })).toBeVisible();
  await expect(chinese.getByText('不支持 logit_bias，已忽略。')).toBeVisible();
  await expect(chinese.getByText('已忽略 seed：Z.AI 没有这项设置。')).toBeVisible();
  await expect(chinese.getByText('未重试：没有其他令牌可用。')).toBeVisible();
  // What is folded away are the exact words of others.
  expect(await chinese.innerText()).not.toMatch(/[a-z]+ [a-z]+ [a-z]+/);
});

test('a request in flight is seen live and can be cancelled', async ({ product, page }) => {
  await go(page, 'Logs');
  const reply = askProduct(product, 'WAIT 20000', { model: 'local/script' }).catch((error: unknown) => String(error));
  await logRows(page).first().click();
  await details(page).getByRole('button', { name: 'Cancel request' }).click();
  await expect(logRows(page).first()).toContainText('Cancelled');
  expect(await reply).not.toMatchObject({ status: 200 });
});
